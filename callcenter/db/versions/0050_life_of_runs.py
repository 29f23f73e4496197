"""Runs schemas/sql/0050_life_of_runs.sql."""

from callcenter.db.script import run_file

revision = "0050"
down_revision = "0049"


def upgrade() -> None:
    run_file("0050_life_of_runs.sql")
