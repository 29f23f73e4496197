"""Runs schemas/sql/0006_tier.sql."""

from callcenter.db.script import run_file

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    run_file("0006_tier.sql")
