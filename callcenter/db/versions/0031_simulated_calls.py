"""Runs schemas/sql/0031_simulated_calls.sql."""

from callcenter.db.script import run_file

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    run_file("0031_simulated_calls.sql")
