"""A list as a file: page by page out of the database, no more than people can look through."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from callcenter.clock import CHINA
from callcenter.db.events import Fact, record
from callcenter.db.transaction import Tx
from callcenter.web.sheets.errors import ExportTooLarge
from callcenter.web.sheets.write import Cell, Format, written
from callcenter.web.wire import QueryModel

MAX_ROWS = 50_000
AT_ONCE = 1_000
"""Rows of one page."""
SOMETHING = "*"


@dataclass(frozen=True)
class Export:
    """What a file holds. `fact` makes of the count of its rows what is recorded."""

    name: str
    headings: Sequence[str]
    pages: AsyncIterator[list[Sequence[Cell]]]
    fact: Callable[[int], Fact]


async def exported(tx: Tx, export: Export, how: Format, actor: str) -> tuple[bytes, int]:
    """The file, and how many rows it holds; recorded. Raises ExportTooLarge before it holds too
    many."""
    rows: list[Sequence[Cell]] = []
    async for page in export.pages:
        rows += page
        if len(rows) > MAX_ROWS:
            raise ExportTooLarge(rows=MAX_ROWS)
    data = await asyncio.to_thread(written, how, export.headings, rows)
    await record(tx, export.fact(len(rows)), actor=actor)
    return data, len(rows)


def filters_said(query: QueryModel, words: Collection[str] = ()) -> dict[str, str]:
    """The filters that were set, for the event log: codes and ids as they are; of what was typed
    (`words`: names, ends of numbers) only that it was there."""
    given = query.model_dump(mode="json", exclude_defaults=True, exclude={"cursor", "limit"})
    return {name: SOMETHING if name in words else str(value) for name, value in given.items()}


def china_time(at: datetime | None) -> str:
    """As clocks in China show it, to the second; nothing for no time."""
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S") if at else ""
