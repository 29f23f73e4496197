"""Runs schemas/sql/0041_inbound_texts.sql."""

from callcenter.db.script import run_file

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    run_file("0041_inbound_texts.sql")
