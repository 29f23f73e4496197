"""Runs schemas/sql/0059_runs_in_pieces.sql."""

from callcenter.db.script import run_file

revision = "0059"
down_revision = "0058"


def upgrade() -> None:
    run_file("0059_runs_in_pieces.sql")
