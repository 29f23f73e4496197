"""Runs schemas/sql/0032_care.sql."""

from callcenter.db.script import run_file

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    run_file("0032_care.sql")
