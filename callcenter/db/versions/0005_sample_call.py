"""Runs schemas/sql/0005_sample_call.sql."""

from callcenter.db.script import run_file

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    run_file("0005_sample_call.sql")
