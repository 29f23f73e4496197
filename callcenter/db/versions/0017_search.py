"""Runs schemas/sql/0017_search.sql."""

from callcenter.db.script import run_file

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    run_file("0017_search.sql")
