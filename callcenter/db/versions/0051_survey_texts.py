"""Runs schemas/sql/0051_survey_texts.sql."""

from callcenter.db.script import run_file

revision = "0051"
down_revision = "0050"


def upgrade() -> None:
    run_file("0051_survey_texts.sql")
