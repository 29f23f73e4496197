"""Runs schemas/sql/0019_station_phone.sql."""

from callcenter.db.script import run_file

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    run_file("0019_station_phone.sql")
