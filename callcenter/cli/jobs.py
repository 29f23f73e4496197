"""`callcenter jobs`: what the worker has given up, and to have it tried again."""

from pathlib import Path

import typer

from callcenter.cli.database import Data, Url, in_transaction
from callcenter.db.parked import parked_jobs, run_parked_again

app = typer.Typer(help="搁置的任务 / jobs given up", no_args_is_help=True)


@app.command(name="list")
def list_jobs(database_url: Url = None, data_dir: Data = Path(".data")) -> None:
    """列出搁置的任务。 What was given up, and why."""
    for job in in_transaction(parked_jobs, database_url, data_dir):
        typer.echo(f"{job.parked_at:%Y-%m-%d %H:%M:%S}  {job.name}  {job.error}")


@app.command()
def retry(database_url: Url = None, data_dir: Data = Path(".data")) -> None:
    """原因排除后,全部重新执行。 Run all of them again, once the cause is gone."""
    typer.echo(in_transaction(run_parked_again, database_url, data_dir))
