"""Runs schemas/sql/0060_likely_refusals.sql."""

from callcenter.db.script import run_file

revision = "0060"
down_revision = "0059"


def upgrade() -> None:
    run_file("0060_likely_refusals.sql")
