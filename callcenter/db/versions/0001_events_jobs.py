"""The event log and the job queue."""

from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment

from callcenter.db.script import run_file, run_text

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_file("0001_events_jobs.sql")
    run_text(QueryBuilderEnvironment().build_install_query())
