"""`callcenter outbound`: what the worker does at night, now."""

from pathlib import Path

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from callcenter.cli.database import Data, Url, on_database
from callcenter.db.database import Database
from callcenter.outbound.due.service import rescore_all

app = typer.Typer(help="外呼与提醒 / reminders and calls to owners", no_args_is_help=True)


@app.callback()
def outbound() -> None:
    """外呼与提醒。 Reminders and calls to owners."""


@app.command()
def rescore(database_url: Url = None, data_dir: Data = Path(".data")) -> None:
    """重新推算全部车辆的下次保养时间(平时由后台在每晚两点后进行);保养计划更改或导入大量记录后可手动执行。

    Reckon anew when each car is due; the worker does it each night from two o'clock on. By hand
    after a new service plan, or many imported visits."""
    with _bar() as bar:
        task = bar.add_task("推算 scoring", total=None)

        async def everything(database: Database) -> int:
            return await rescore_all(
                database, lambda done, total: bar.update(task, completed=done, total=total)
            )

        cars = on_database(everything, database_url, data_dir)
    typer.echo(f"已推算 scored: {cars} 辆车 cars")


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        transient=True,
    )
