"""Runs schemas/sql/0003_customers_stations.sql."""

from callcenter.db.script import run_file

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run_file("0003_customers_stations.sql")
