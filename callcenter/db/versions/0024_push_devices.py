"""Runs schemas/sql/0024_push_devices.sql."""

from callcenter.db.script import run_file

revision = "0024"
down_revision = "0020"


def upgrade() -> None:
    run_file("0024_push_devices.sql")
