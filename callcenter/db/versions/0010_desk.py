"""Runs schemas/sql/0010_desk.sql."""

from callcenter.db.script import run_file

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    run_file("0010_desk.sql")
