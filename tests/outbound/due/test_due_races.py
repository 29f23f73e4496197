"""A visit that comes in while cars are scored is not lost; a night that died is taken over."""

import asyncio
import os
import signal
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from benchmarks.made_fleet import Made, make_fleet
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.due import repository, service
from callcenter.outbound.due.intervals import ServicePlans
from callcenter.outbound.due.repository import ALL, FIRST, SQL, Told
from callcenter.outbound.due.score import NO_FLEET
from tests.conftest import Server
from tests.forked import PROCESSES
from tests.outbound.due.fleet_in import write_fleet
from tests.outbound.due.test_rescoring import a_car, came

EVER = datetime(2300, 1, 1, tzinfo=UTC)
CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
GUARDED = pytest.mark.parametrize(
    "guarded", [pytest.param(True, id="guarded"), pytest.param(False, id="control", marks=CONTROL)]
)


async def one_that_came(database: Database) -> UUID:
    async with database.transaction() as tx:
        car = await a_car(tx, date.today() - timedelta(days=700))
        await came(tx, car, 300, 9_000)
    return car


async def visits_scored(database: Database, car: UUID) -> int:
    async with database.transaction() as tx:
        row = await SQL.due_of(tx.connection, vehicle_id=car)
    return int(row["visits"])


async def comes_again(database: Database, car: UUID) -> None:
    async with database.transaction() as tx:
        await came(tx, car, 1, 19_000)


@GUARDED
async def test_the_night_does_not_overwrite_what_a_visit_has_said(
    database: Database, guarded: bool
) -> None:
    car = await one_that_came(database)
    await database.run(lambda tx: service.rescore(tx, car))

    async def page(tx: Tx) -> repository.Cars:
        return await repository.cars_from(tx, FIRST, date.today(), part=ALL, limit=10)

    read = await database.run(page)
    await comes_again(database, car)
    await database.run(lambda tx: service.rescore(tx, car))
    told = service.scored(read, ServicePlans(), NO_FLEET)
    told = told if guarded else replace(told, read_at=EVER)
    await database.run(lambda tx: service.keep_by_night(tx, told, date.today()))
    assert await visits_scored(database, car) == 2


@GUARDED
async def test_of_two_who_score_a_car_the_later_one_knows_more(
    database: Database, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    car = await one_that_came(database)
    has_read, may_write = asyncio.Event(), asyncio.Event()
    keep = repository.keep

    async def slowly(tx: Tx, told: Told) -> None:
        if not has_read.is_set():
            has_read.set()
            await may_write.wait()
        await keep(tx, told)

    async def waits_for_nobody(_: Any, id: UUID) -> None:
        return None

    monkeypatch.setattr(repository, "keep", slowly)
    if not guarded:
        monkeypatch.setattr(SQL, "wait_for_car", waits_for_nobody)
    slow = asyncio.create_task(database.run(lambda tx: service.rescore(tx, car)))
    await has_read.wait()
    await comes_again(database, car)
    quick = asyncio.create_task(database.run(lambda tx: service.rescore(tx, car)))
    await asyncio.wait([quick], timeout=0.5)
    may_write.set()
    await asyncio.gather(slow, quick)
    assert await visits_scored(database, car) == 2


def dies_in_the_second_page(dsn: str) -> None:
    """A night in a process of its own, killed when it has kept one page."""
    service.AT_ONCE = 20
    kept: list[int] = []
    keep = repository.keep_changed

    async def keep_once(tx: Tx, told: Told, **unless: Any) -> None:
        await keep(tx, told, **unless)
        kept.append(1)
        if len(kept) == 2:
            os.kill(os.getpid(), signal.SIGKILL)

    repository.keep_changed = keep_once  # type: ignore[assignment]

    async def night() -> None:
        await service.rescore_all(await Database.open(dsn, min_size=1, max_size=3))

    asyncio.run(night())


@GUARDED
async def test_a_night_that_was_killed_is_taken_over_and_done(
    server: Server,
    dbname: str,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    guarded: bool,
) -> None:
    monkeypatch.setattr(service, "FROM_HOUR", 0)
    async with database.transaction() as tx:
        cars = await write_fleet(tx, make_fleet(Made(cars=70, seed=6)))
    process = PROCESSES.Process(target=dies_in_the_second_page, args=(server.app_dsn(dbname),))
    process.start()
    await asyncio.to_thread(process.join, 60)
    assert process.exitcode == -signal.SIGKILL
    async with database.transaction() as tx:
        assert await tx.connection.fetchval("select count(*) from due_dates") == 20
    await service.rescore_tonight(database)
    async with database.transaction() as tx:
        assert await tx.connection.fetchval("select count(*) from due_dates") == 20, "at work yet?"
        if guarded:
            await tx.connection.execute(
                "update due_rescorings set begun_at = now() - interval '11 minutes'"
            )
    await service.rescore_tonight(database)
    async with database.transaction() as tx:
        assert await tx.connection.fetchval("select count(*) from due_dates") == len(cars)
        assert await tx.connection.fetchval("select ended_at is not null from due_rescorings")
