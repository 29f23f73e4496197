"""Runs schemas/sql/0046_import_indexes.sql."""

from callcenter.db.script import run_file

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    run_file("0046_import_indexes.sql")
