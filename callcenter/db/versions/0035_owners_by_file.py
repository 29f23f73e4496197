"""Runs schemas/sql/0035_owners_by_file.sql."""

from callcenter.db.script import run_file

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    run_file("0035_owners_by_file.sql")
