"""Runs schemas/sql/0007_live_lists.sql."""

from callcenter.db.script import run_file

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    run_file("0007_live_lists.sql")
