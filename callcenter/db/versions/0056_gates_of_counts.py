"""Runs schemas/sql/0056_gates_of_counts.sql."""

from callcenter.db.script import run_file

revision = "0056"
down_revision = "0055"


def upgrade() -> None:
    run_file("0056_gates_of_counts.sql")
