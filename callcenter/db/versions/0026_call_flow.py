"""Runs schemas/sql/0026_call_flow.sql."""

from callcenter.db.script import run_file

revision = "0026"
down_revision = "0024"


def upgrade() -> None:
    run_file("0026_call_flow.sql")
