"""Runs schemas/sql/0027_agents_phone.sql."""

from callcenter.db.script import run_file

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    run_file("0027_agents_phone.sql")
