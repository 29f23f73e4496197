"""Runs schemas/sql/0008_drill_messages.sql."""

from callcenter.db.script import run_file

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    run_file("0008_drill_messages.sql")
