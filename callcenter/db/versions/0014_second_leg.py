"""Runs schemas/sql/0014_second_leg.sql."""

from callcenter.db.script import run_file

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    run_file("0014_second_leg.sql")
