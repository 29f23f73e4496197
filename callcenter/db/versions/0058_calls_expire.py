"""Runs schemas/sql/0058_calls_expire.sql."""

from callcenter.db.script import run_file

revision = "0058"
down_revision = "0056"


def upgrade() -> None:
    run_file("0058_calls_expire.sql")
