"""Runs schemas/sql/0013_stations_by_file.sql."""

from callcenter.db.script import run_file

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    run_file("0013_stations_by_file.sql")
