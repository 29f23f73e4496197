"""Runs schemas/sql/0011_caller_words.sql."""

from callcenter.db.script import run_file

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    run_file("0011_caller_words.sql")
