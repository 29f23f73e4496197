"""Runs schemas/sql/0018_shift_handover.sql."""

from callcenter.db.script import run_file

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    run_file("0018_shift_handover.sql")
