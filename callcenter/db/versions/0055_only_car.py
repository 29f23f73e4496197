"""Runs schemas/sql/0055_only_car.sql."""

from callcenter.db.script import run_file

revision = "0055"
down_revision = "0052"


def upgrade() -> None:
    run_file("0055_only_car.sql")
