"""Runs schemas/sql/0052_runs_by_habit.sql."""

from callcenter.db.script import run_file

revision = "0052"
down_revision = "0051"


def upgrade() -> None:
    run_file("0052_runs_by_habit.sql")
