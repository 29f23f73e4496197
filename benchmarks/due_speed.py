"""How long it takes to score all cars of a database, and one after a visit."""

import asyncio
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil

from benchmarks.figures import progress, spread_ms, words_of
from benchmarks.made_fleet import DAYS, KINDS, MODELS, Fleet, Made, make_fleet
from callcenter.db import migrations
from callcenter.db.bulk import bulk_load, tidy
from callcenter.db.database import Database
from callcenter.db.embedded import EmbeddedPostgres
from callcenter.ids import new_id
from callcenter.outbound.due.service import rescore, rescore_all

TABLES = ("owners", "vehicles", "owner_vehicles", "visits")
MADE_ONCE = 5_000
ONE_AT_A_TIME = 200
PROVINCES = ("BJ", "TJ", "HE", "SX", "NM", "LN", "JL", "HL", "SH", "JS", "ZJ", "AH")


async def speed(cars: int) -> dict[str, Any]:
    """On an installation of its own, made for this and removed again; fsync on."""
    with tempfile.TemporaryDirectory(prefix="cc-due-") as folder:
        postgres = EmbeddedPostgres(Path(folder))
        await postgres.start()
        try:
            await migrations.upgrade(postgres.owner_dsn(), postgres.app_role)
            ids = await _fill(postgres.owner_dsn(), cars)
            database = await Database.open(postgres.app_dsn(), min_size=2, max_size=4)
            try:
                return await _timed(database, ids, postgres.pid)
            finally:
                await database.close()
        finally:
            await postgres.stop()


async def _timed(database: Database, ids: list[UUID], postmaster: int) -> dict[str, Any]:
    took, ours, theirs = [], [], []
    for _ in range(2):
        began, own, others = time.perf_counter(), time.process_time(), _processor_s(postmaster)
        await rescore_all(database)
        took.append(time.perf_counter() - began)
        ours.append(time.process_time() - own)
        theirs.append(_processor_s(postmaster) - others)
    each = []
    for car in ids[:: max(len(ids) // ONE_AT_A_TIME, 1)]:
        began = time.perf_counter()
        await database.run(lambda tx, car=car: rescore(tx, car))  # type: ignore[misc]
        each.append(time.perf_counter() - began)
    spread = spread_ms(each)
    return {
        "all_s": round(took[0], 1),
        "again_s": round(took[1], 1),
        "processor_s": [round(one, 1) for one in ours],
        "processor_of_postgres_s": [round(one, 1) for one in theirs],
        "one": words_of(spread),
        "one_p99_ms": spread["p99"],
    }


def _processor_s(postmaster: int) -> float:
    """Of all processes of the server so far; what ended ones had used is their parent's."""
    family = psutil.Process(postmaster)
    spent = [family.cpu_times(), *(one.cpu_times() for one in family.children())]
    ended = spent[0].children_user + spent[0].children_system
    return float(sum(one.user + one.system for one in spent) + ended)


async def _fill(owner_dsn: str, cars: int) -> list[UUID]:
    """The same fleet again and again, each time with cars of its own."""
    fleet = await asyncio.to_thread(make_fleet, Made(cars=min(MADE_ONCE, cars), seed=9))
    ids: list[UUID] = []
    with progress() as bar:
        task = bar.add_task("cars", total=cars)
        async with bulk_load(owner_dsn, TABLES) as load:
            await load.set_aside()
            while len(ids) < cars:
                ids += await _copy(load, fleet)
                bar.update(task, completed=len(ids))
            await load.make_again(lambda *_: None)
    await tidy(owner_dsn, TABLES, lambda *_: None)
    return ids


async def _copy(load: Any, fleet: Fleet) -> list[UUID]:
    owners = [new_id() for _ in fleet.model]
    cars = [new_id() for _ in fleet.model]
    await load.copy(
        "owners",
        ("id", "name", "province"),
        [(one, "某", PROVINCES[at]) for one, at in zip(owners, fleet.region, strict=True)],
    )
    await load.copy(
        "vehicles",
        ("id", "model", "energy", "delivered_on"),
        [
            (car, MODELS[at][0], MODELS[at][1], _day(int(day)))
            for car, at, day in zip(cars, fleet.model, fleet.delivered, strict=True)
        ],
    )
    await load.copy(
        "owner_vehicles", ("owner_id", "vehicle_id"), list(zip(owners, cars, strict=True))
    )
    visits = fleet.visits
    columns = ("id", "vehicle_id", "visited_on", "kind", "odometer_km", "work_order", "source")
    await load.copy(
        "visits",
        columns,
        [
            (
                new_id(),
                cars[car],
                _day(int(day)),
                KINDS[kind],
                int(km) if 0 <= km <= 5_000_000 else None,
                str(at),
                "file",
            )
            for at, (car, day, km, kind) in enumerate(
                zip(visits.car, visits.day, visits.km, visits.kind, strict=True)
            )
        ],
    )
    return cars


def _day(number: int) -> date:
    return date.today() - timedelta(days=DAYS - number)
