"""Runs schemas/sql/0043_dialling_set.sql."""

from callcenter.db.script import run_file

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    run_file("0043_dialling_set.sql")
