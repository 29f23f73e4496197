"""Runs schemas/sql/0009_roster_and_plates.sql."""

from callcenter.db.script import run_file

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    run_file("0009_roster_and_plates.sql")
