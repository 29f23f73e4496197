"""Runs schemas/sql/0036_audiences.sql."""

from callcenter.db.script import run_file

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    run_file("0036_audiences.sql")
