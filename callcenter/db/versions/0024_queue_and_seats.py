"""Runs schemas/sql/0024_queue_and_seats.sql."""

from callcenter.db.script import run_file

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    run_file("0024_queue_and_seats.sql")
