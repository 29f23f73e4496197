"""Scoring: one car when it has been here, all cars each night."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

from callcenter.clock import CHINA
from callcenter.customers.errors import VehicleNotFound
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.due import repository
from callcenter.outbound.due.history import Ints, day_number
from callcenter.outbound.due.intervals import ServicePlans
from callcenter.outbound.due.repository import SQL, Cars
from callcenter.outbound.due.score import NO_FLEET, Fleet, Scores, learn, score

FROM_HOUR = 2
"""Of China's night: all cars are scored anew from here on."""
AT_ONCE = 10_000
LEARNS_FROM = 25_000
ALL = 256
BEFORE_ALL = UUID(int=0)
Step = Callable[[int, int], None]


async def rescore(tx: Tx, vehicle_id: UUID) -> None:
    """One car, by what the last night has learnt; a car that is gone is due no more."""
    row = await SQL.one_car(tx.connection, id=vehicle_id)
    if row is None:
        raise VehicleNotFound
    if row["gone_on"] is not None:
        await SQL.forget_due(tx.connection, ids=[vehicle_id])
        return
    cars = await repository.with_visits(tx, [row], await today(tx))
    plans, fleet = await repository.plans_of(tx), await repository.fleet_of(tx)
    await repository.keep(tx, cars, *_scored(cars, plans, fleet))


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
    done, after = 0, BEFORE_ALL
    while cars := await _read(database, after, day):
        scores = await asyncio.to_thread(_scored, cars, plans, fleet)
        await database.run(partial(_keep, cars=cars, scored=scores))
        done, after = done + len(cars.rows), cars.rows[-1]["id"]
        step(done, total)

    async def end(tx: Tx) -> None:
        await SQL.forget_gone(tx.connection)
        await SQL.end_rescoring(tx.connection, day=day, cars=done)

    await database.run(end)
    return done


async def _keep(tx: Tx, cars: Cars, scored: tuple[Scores, Ints]) -> None:
    await repository.keep(tx, cars, *scored)


async def _read(database: Database, after: UUID, day: date, part: int = ALL) -> Cars | None:
    async def read(tx: Tx) -> Cars | None:
        rows = await SQL.cars_behind(tx.connection, after=after, part=part, limit=AT_ONCE)
        return await repository.with_visits(tx, rows, day) if rows else None

    return await database.run(read, readonly=True)


async def _learn(database: Database, plans: ServicePlans, day: date, total: int) -> Fleet:
    part = min(ALL, ALL * LEARNS_FROM // max(total, 1) + 1)
    several, after = [], BEFORE_ALL
    while cars := await _read(database, after, day, part):
        several.append(cars)
        after = cars.rows[-1]["id"]
    fleet = await asyncio.to_thread(_learnt, several, plans, day)
    kept = json.dumps(fleet.as_json())
    await database.run(lambda tx: SQL.keep_learnt(tx.connection, day=day, fleet=kept))
    return fleet


def _learnt(several: list[Cars], plans: ServicePlans, day: date) -> Fleet:
    cars = repository.joined(several, day)
    models, regions = cars.names()
    read, _ = cars.of(replace(NO_FLEET, models=tuple(models), regions=tuple(regions)))
    return learn(read, cars.plan(plans), models=models, regions=regions, today=day_number(day))


def _scored(cars: Cars, plans: ServicePlans, fleet: Fleet) -> tuple[Scores, Ints]:
    read, visits = cars.of(fleet)
    return score(read, cars.plan(plans), fleet, day_number(cars.today)), visits


async def today(tx: Tx) -> date:
    """In China."""
    return (await tx.now()).astimezone(CHINA).date()
