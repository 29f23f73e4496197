"""How figures are taken and shown: percentiles, the steady beat, one table or one JSON object."""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

Row = tuple[str, str, str]
"""What, the figure, the aim (empty: none)."""


def spread_ms(seconds: Sequence[float]) -> dict[str, float]:
    """p50, p90, p95, p99 and max in milliseconds."""
    ordered = sorted(seconds)
    if not ordered:
        return {}

    def at(part: float) -> float:
        return round(ordered[min(int(len(ordered) * part), len(ordered) - 1)] * 1000, 1)

    return {"p50": at(0.5), "p90": at(0.9), "p95": at(0.95), "p99": at(0.99), "max": at(1.0)}


def words_of(spread: Mapping[str, float]) -> str:
    """The spread on one line."""
    return " / ".join(f"{spread[name]:g}" for name in ("p50", "p90", "p99", "max")) + " ms"


async def beats(per_second: float, count: int) -> AsyncIterator[tuple[int, float]]:
    """(number, when it was due) at a steady rate: late work never slows the beat down."""
    # Not the loop's own clock: uvloop's counts whole milliseconds.
    began = time.perf_counter()
    for number in range(count):
        due = began + number / per_second
        if (pause := due - time.perf_counter()) > 0:
            await asyncio.sleep(pause)
        yield number, due


def progress() -> Progress:
    """A bar on standard error, so that standard output holds the figures only."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    return {"cores": os.cpu_count(), "load_before": round(os.getloadavg()[0], 2)}


def show(title: str, rows: Sequence[Row], told: Mapping[str, Any], *, as_json: bool) -> None:
    """The table for a person, or one JSON object and nothing else."""
    if as_json:
        print(json.dumps(told))
        return
    table = Table("", "", "目标 aim", title=title)
    for row in rows:
        table.add_row(*row)
    Console().print(table)
