"""Runs schemas/sql/0020_exports.sql."""

from callcenter.db.script import run_file

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    run_file("0020_exports.sql")
