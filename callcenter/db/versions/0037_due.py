"""Runs schemas/sql/0037_due.sql."""

from callcenter.db.script import run_file

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    run_file("0037_due.sql")
