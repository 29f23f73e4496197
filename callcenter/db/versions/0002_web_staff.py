"""Runs schemas/sql/0002_web_staff.sql."""

from callcenter.db.script import run_file

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run_file("0002_web_staff.sql")
