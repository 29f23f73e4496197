"""Scoring: one car when it has been here, all cars each night."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

from callcenter.clock import CHINA
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.due import repository
from callcenter.outbound.due.ahead import one_ahead
from callcenter.outbound.due.history import day_number
from callcenter.outbound.due.intervals import ServicePlans
from callcenter.outbound.due.repository import ALL, SQL, Cars, Told
from callcenter.outbound.due.score import NO_FLEET, Fleet, learn, score

FROM_HOUR = 2
"""Of China's night: all cars are scored anew from here on."""
AT_ONCE = 5_000
LEARNS_FROM = 25_000
SAME_DAYS, SAME_CHANCE = 1, 0.02
"""By night, what moves no further stays as it was said."""
Step = Callable[[int, int], None]


async def rescore(tx: Tx, vehicle_id: UUID) -> None:
    """One car, by what the last night has learnt; a car that is gone is due no more."""
    await SQL.wait_for_car(tx.connection, id=vehicle_id)
    cars = await repository.one_car(tx, vehicle_id, await today(tx))
    if cars.rows[0]["gone_on"] is not None:
        await SQL.forget_due(tx.connection, ids=[vehicle_id], read_at=None)
        return
    plans, fleet = await repository.plans_of(tx), await repository.fleet_of(tx)
    await repository.keep(tx, scored(cars, plans, fleet))


async def rescore_all(database: Database, step: Step = lambda *_: None) -> int:
    """All cars now; how many. The fleet teaches first what is usual, then each car is scored."""
    day = await database.run(today)
    await database.run(lambda tx: SQL.begin_rescoring(tx.connection, day=day, again=True))
    return await _rescore(database, day, step)


async def rescore_tonight(database: Database) -> None:
    """All cars, once a night, by whichever worker comes first; one that died is taken over."""

    async def begun(tx: Tx) -> date | None:
        now = (await tx.now()).astimezone(CHINA)
        if now.hour < FROM_HOUR:
            return None
        row = await SQL.begin_rescoring(tx.connection, day=now.date(), again=False)
        return row["day"] if row else None

    if day := await database.run(begun):
        await _rescore(database, day, lambda *_: None)


async def _rescore(database: Database, day: date, step: Step) -> int:
    plans = await database.run(repository.plans_of)
    total = await database.run(lambda tx: SQL.count_cars(tx.connection))
    fleet = await _learn(database, plans, day, total)
    done = 0
    async with aclosing(one_ahead(_judged(database, day, plans, fleet))) as judged:
        async for cars, one in judged:
            await database.run(partial(keep_by_night, one=one, day=day))
            done += cars
            step(done, total)

    async def end(tx: Tx) -> None:
        await SQL.forget_gone(tx.connection)
        await SQL.end_rescoring(tx.connection, day=day, cars=done)

    await database.run(end)
    return done


async def keep_by_night(tx: Tx, one: Told, day: date) -> None:
    """A page of the night of this day, which is under way as long as pages are kept."""
    await SQL.still_rescoring(tx.connection, day=day)
    await repository.keep_changed(tx, one, days=SAME_DAYS, still_ours_by=SAME_CHANCE)


async def _judged(
    database: Database, day: date, plans: ServicePlans, fleet: Fleet
) -> AsyncGenerator[tuple[int, Told], None]:
    """Page by page: while one is written the next is scored and the one behind it read."""
    async with aclosing(one_ahead(_pages(database, day, ALL))) as pages:
        async for cars in pages:
            yield len(cars.rows), await asyncio.to_thread(scored, cars, plans, fleet)


async def _pages(database: Database, day: date, part: int) -> AsyncGenerator[Cars, None]:
    since = repository.FIRST
    while True:
        ask = partial(repository.cars_from, since=since, today=day, part=part, limit=AT_ONCE)
        cars = await database.run(ask, readonly=True)
        if not cars.rows:
            return
        yield cars
        since = UUID(int=cars.ids[-1].int + 1)


async def _learn(database: Database, plans: ServicePlans, day: date, total: int) -> Fleet:
    part = min(ALL, ALL * LEARNS_FROM // max(total, 1) + 1)
    several = [cars async for cars in _pages(database, day, part)]
    fleet = await asyncio.to_thread(_learnt, several, plans, day) if several else NO_FLEET
    kept = json.dumps(fleet.as_json())
    await database.run(lambda tx: SQL.keep_learnt(tx.connection, day=day, fleet=kept))
    return fleet


def _learnt(several: list[Cars], plans: ServicePlans, day: date) -> Fleet:
    cars = repository.joined(several)
    models, regions = cars.names()
    read, _ = cars.of(replace(NO_FLEET, models=tuple(models), regions=tuple(regions)))
    return learn(read, cars.plan(plans), models=models, regions=regions, today=day_number(day))


def scored(cars: Cars, plans: ServicePlans, fleet: Fleet) -> Told:
    """What is to be said of these cars."""
    read, visits = cars.of(fleet)
    scores = score(read, cars.plan(plans), fleet, day_number(cars.today))
    return repository.told(cars, scores, visits)


async def today(tx: Tx) -> date:
    """In China."""
    return (await tx.now()).astimezone(CHINA).date()
