"""Runs schemas/sql/0029_recordings.sql."""

from callcenter.db.script import run_file

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    run_file("0029_recordings.sql")
