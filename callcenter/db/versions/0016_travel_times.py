"""Runs schemas/sql/0016_travel_times.sql."""

from callcenter.db.script import run_file

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    run_file("0016_travel_times.sql")
