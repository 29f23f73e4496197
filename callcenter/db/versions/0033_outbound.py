"""Runs schemas/sql/0033_outbound.sql."""

from callcenter.db.script import run_file

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    run_file("0033_outbound.sql")
