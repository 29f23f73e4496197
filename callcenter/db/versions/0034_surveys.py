"""Runs schemas/sql/0034_surveys.sql."""

from callcenter.db.script import run_file

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    run_file("0034_surveys.sql")
