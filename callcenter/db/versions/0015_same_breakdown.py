"""Runs schemas/sql/0015_same_breakdown.sql."""

from callcenter.db.script import run_file

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    run_file("0015_same_breakdown.sql")
