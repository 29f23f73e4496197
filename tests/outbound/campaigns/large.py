"""A campaign that begins in pieces, and workers that die between two of them."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns import first_touches, repository, runs
from callcenter.outbound.campaigns.model import Campaign, CampaignKind, Run
from callcenter.outbound.campaigns.runs import Frozen
from tests.outbound.campaigns.life import AllCars, campaign, his_car
from tests.outbound.campaigns.rows import touches

OWNERS, SLICE = 5, 2
TO_A_SLICE = 4
"""Transactions before the first: what is due, what was left, the run itself, what it leaves."""


class Killed(BaseException):
    """As with -9: nothing behind it is done."""


class Doomed(Database):
    """Of a worker that dies behind so many of its transactions."""

    def __init__(self, whole: Database, behind: int) -> None:
        super().__init__(whole.pool, whole.dsn, whole.subscriptions)
        self.left = behind

    async def run(self, work: Callable[[Tx], Awaitable[Any]], **how: Any) -> Any:
        if self.left == 0:
            raise Killed
        self.left -= 1
        return await super().run(work, **how)


class Slow(AllCars):
    """A large house: it takes until it is told to go on."""

    def __init__(self) -> None:
        self.under_way, self.goes_on = asyncio.Event(), asyncio.Event()

    async def freeze(self, tx: Tx, campaign: Campaign, run_id: UUID) -> Frozen:
        frozen = await super().freeze(tx, campaign, run_id)
        self.under_way.set()
        await self.goes_on.wait()
        return frozen


async def large(database: Database, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    """One that is due for more owners than are taken at once."""
    monkeypatch.setattr(first_touches, "AT_ONCE", SLICE)
    for number in range(OWNERS):
        await his_car(database, f"+861380013800{number}")
    return await campaign(database, CampaignKind.WIN_BACK)


async def killed(database: Database, slices: int) -> None:
    """The worker that begins it, behind so many slices."""
    with pytest.raises(Killed):
        await runs.begin_due(Doomed(database, TO_A_SLICE + slices), AllCars())


async def write(database: Database, statement: str, *values: object) -> None:
    await database.run(lambda tx: tx.connection.execute(statement, *values))


async def all_runs(database: Database) -> list[Run]:
    async with database.reading() as tx:
        rows = await tx.connection.fetch("select * from campaign_runs order by number")
    return [repository.run_of(row) for row in rows]


async def told(database: Database) -> list[int]:
    """With how many owners runs are said to have begun."""
    kind = "campaign.run_begun"
    async with database.reading() as tx:
        rows = await tx.connection.fetch("select facts from events where kind = $1", kind)
    return [json.loads(row["facts"])["owners"] for row in rows]


async def spoken_to(database: Database) -> list[UUID]:
    """The owner of each first touch."""
    return [row["owner_id"] for row in await touches(database) if row["step"] == 0]


async def stand(database: Database) -> set[tuple[str, str]]:
    """State and reason of all touches."""
    return {(row["state"], row["reason"]) for row in await touches(database)}
