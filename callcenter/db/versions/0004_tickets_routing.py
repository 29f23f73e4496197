"""Runs schemas/sql/0004_tickets_routing.sql."""

from callcenter.db.script import run_file

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run_file("0004_tickets_routing.sql")
