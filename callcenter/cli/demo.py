"""`callcenter demo`: a demo as large as the real thing, into an empty installation."""

import asyncio
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from callcenter.cli.database import Data, Url, migrated
from callcenter.cli.remembered import refuse_forgotten, remember
from callcenter.cli.stopping import INTERRUPTED, stop_on_signals, unless
from callcenter.demo import large
from callcenter.places.intake import Intake
from callcenter.supervision import CannotStart, only_one

MOST_OWNERS = 1_000_000
WORDS = {
    "stations": "服务站 stations",
    "owners": "车主与车辆 owners, cars",
    "tickets": "工单与来电 tickets, calls",
    "indexes": "索引 indexes",
    "tidying": "整理 tidying",
}

Owners = Annotated[int, typer.Option(help="车主数 / owners", min=1, max=MOST_OWNERS)]


def demo(
    owners: Owners = 500_000, database_url: Url = None, data_dir: Data = Path(".data")
) -> None:
    """载入大型演示数据,只载入空的安装:每百位车主 120 辆车、62 张工单、约一千条往来记录。

    Load a large demo, only where nothing is: for each hundred owners 120 cars, 62 tickets and
    about a thousand lines of history."""
    began = time.monotonic()
    try:
        finished = asyncio.run(_load(owners, database_url, data_dir.absolute()))
    except CannotStart as reason:
        typer.echo(str(reason), err=True)
        raise typer.Exit(1) from None
    if not finished:
        typer.echo(
            "已停止;索引还没有做完的话,什么也没有写入。 "
            "Stopped; unless the indexes were done, nothing was written.",
            err=True,
        )
        raise typer.Exit(INTERRUPTED)
    typer.echo(
        f"已载入 loaded: {time.monotonic() - began:.0f} s. callcenter run --data-dir {data_dir}"
    )


async def _load(owners: int, database_url: str | None, data_dir: Path) -> bool:
    """False when it was told to stop."""
    stop = stop_on_signals(lambda: typer.echo("\n正在停止… Stopping …", err=True))
    if database_url is None:
        refuse_forgotten(data_dir)
    with only_one(data_dir), _bar() as bar:
        tasks = {
            name: bar.add_task(words, total=None, visible=name == "stations")
            for name, words in WORDS.items()
        }

        def told(what: str, done: int, total: int) -> None:
            bar.update(tasks[what], completed=done, total=total, visible=True)

        async def everything() -> bool:
            async with migrated(database_url, data_dir) as addresses:
                intake = await asyncio.to_thread(Intake.load, data_dir)
                await large.load(addresses.owner, intake.gazetteer, owners, told)
            if database_url:
                remember(data_dir, database_url)
            return True

        return await unless(stop, everything()) or False


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
