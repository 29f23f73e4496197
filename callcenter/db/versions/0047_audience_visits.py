"""Runs schemas/sql/0047_audience_visits.sql."""

from callcenter.db.script import run_file

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    run_file("0047_audience_visits.sql")
