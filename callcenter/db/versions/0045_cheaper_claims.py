"""Runs schemas/sql/0045_cheaper_claims.sql."""

from callcenter.db.script import run_file

revision = "0045"
down_revision = "0043"


def upgrade() -> None:
    run_file("0045_cheaper_claims.sql")
