"""Runs schemas/sql/0030_duty_calls.sql."""

from callcenter.db.script import run_file

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    run_file("0030_duty_calls.sql")
