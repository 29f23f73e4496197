"""Runs schemas/sql/0049_promised_calls.sql."""

from callcenter.db.script import run_file

revision = "0049"
down_revision = "0048"


def upgrade() -> None:
    run_file("0049_promised_calls.sql")
