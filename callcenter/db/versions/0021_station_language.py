"""Runs schemas/sql/0021_station_language.sql."""

from callcenter.db.script import run_file

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    run_file("0021_station_language.sql")
