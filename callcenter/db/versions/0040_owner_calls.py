"""Runs schemas/sql/0040_owner_calls.sql."""

from callcenter.db.script import run_file

revision = "0040"
down_revision = "0038"


def upgrade() -> None:
    run_file("0040_owner_calls.sql")
