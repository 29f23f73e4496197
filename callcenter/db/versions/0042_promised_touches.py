"""Runs schemas/sql/0042_promised_touches.sql."""

from callcenter.db.script import run_file

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    run_file("0042_promised_touches.sql")
