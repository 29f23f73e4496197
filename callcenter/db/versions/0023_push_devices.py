"""Runs schemas/sql/0023_push_devices.sql."""

from callcenter.db.script import run_file

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    run_file("0023_push_devices.sql")
