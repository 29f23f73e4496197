"""Runs schemas/sql/0038_followed_messages.sql."""

from callcenter.db.script import run_file

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    run_file("0038_followed_messages.sql")
