"""Runs schemas/sql/0062_promises_in_time.sql."""

from callcenter.db.script import run_file

revision = "0062"
down_revision = "0060"


def upgrade() -> None:
    run_file("0062_promises_in_time.sql")
