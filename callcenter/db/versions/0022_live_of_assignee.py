"""Runs schemas/sql/0022_live_of_assignee.sql."""

from callcenter.db.script import run_file

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    run_file("0022_live_of_assignee.sql")
