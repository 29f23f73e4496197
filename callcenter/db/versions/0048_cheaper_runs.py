"""Runs schemas/sql/0048_cheaper_runs.sql."""

from callcenter.db.script import run_file

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    run_file("0048_cheaper_runs.sql")
