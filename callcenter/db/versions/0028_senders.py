"""Runs schemas/sql/0028_senders.sql."""

from callcenter.db.script import run_file

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    run_file("0028_senders.sql")
