"""Cars are scored from what is on record: one when it has been here, all of them at night."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from benchmarks.made_fleet import Fleet, Made, make_fleet
from callcenter.composition import all_subscriptions
from callcenter.customers.visits import service as visits
from callcenter.customers.visits.model import VisitKind, VisitSource
from callcenter.db.database import Database
from callcenter.db.events import StoredEvent, read_after
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.due.reactions import RESCORE, work
from callcenter.outbound.due.repository import SQL
from callcenter.outbound.due.service import rescore, rescore_all, rescore_tonight
from tests.outbound.due.fleet_in import PLANS, write_fleet

DESK = "staff:desk"


@pytest.fixture(scope="module")
def fleet() -> Fleet:
    return make_fleet(Made(cars=400, seed=77))


async def a_car(tx: Tx, delivered_on: date | None, model: str = "S5") -> UUID:
    car, owner = new_id(), new_id()
    await tx.connection.execute(
        "insert into vehicles (id, model, delivered_on) values ($1, $2, $3)",
        car,
        model,
        delivered_on,
    )
    await tx.connection.execute(
        "insert into owners (id, name, province) values ($1, '某', 'LN')", owner
    )
    await tx.connection.execute(
        "insert into owner_vehicles (owner_id, vehicle_id) values ($1, $2)", owner, car
    )
    return car


async def came(tx: Tx, car: UUID, days_ago: int, km: int | None, kind: str = "maintenance") -> None:
    await visits.record_visit(
        tx,
        DESK,
        visits.Told(
            vehicle_id=car,
            visited_on=date.today() - timedelta(days=days_ago),
            kind=VisitKind(kind),
            source=VisitSource.DESK,
            odometer_km=km,
        ),
    )


async def due(tx: Tx, car: UUID) -> dict[str, Any] | None:
    row = await SQL.due_of(tx.connection, vehicle_id=car)
    return dict(row) if row else None


async def test_a_car_that_was_never_here_is_due_by_its_delivery(tx: Tx) -> None:
    car = await a_car(tx, date.today() - timedelta(days=30))
    await rescore(tx, car)
    found = await due(tx, car)
    assert found is not None
    assert (found["next_service"], found["visits"], found["last_km"]) == ("first_service", 0, None)
    assert found["due_p10"] < found["due_p50"] < found["due_p90"]
    assert found["still_ours"] > 0.9


async def test_who_drives_much_comes_sooner_and_by_distance(tx: Tx) -> None:
    found = {}
    for km_a_day, each in ((20, 360), (100, 100)):
        car = await a_car(tx, date.today() - timedelta(days=1_500))
        for days_ago in range(1_500 - each // 2, 0, -each):
            await came(tx, car, days_ago, (1_500 - days_ago) * km_a_day)
        await rescore(tx, car)
        found[km_a_day] = await due(tx, car)
    often, seldom = found[100], found[20]
    assert often is not None
    assert seldom is not None
    assert often["due_p50"] < seldom["due_p50"]
    assert (often["because"], seldom["because"]) == ("distance", "time")
    assert abs(often["km_per_day"] - 100) < 15
    assert abs(seldom["km_per_day"] - 20) < 4


async def test_nothing_is_said_of_a_car_without_any_day_to_count_from(tx: Tx) -> None:
    car = await a_car(tx, None)
    await came(tx, car, 40, 8_000, "repair")
    await rescore(tx, car)
    assert await due(tx, car) is None


async def test_a_car_that_is_gone_is_due_no_more(tx: Tx) -> None:
    car = await a_car(tx, date.today() - timedelta(days=30))
    await rescore(tx, car)
    assert await due(tx, car)
    await tx.connection.execute("update vehicles set gone_on = current_date where id = $1", car)
    await rescore(tx, car)
    assert await due(tx, car) is None


async def test_a_visit_that_is_recorded_moves_the_day(database: Database) -> None:
    assert RESCORE in all_subscriptions()["visit.recorded"]
    async with database.transaction() as tx:
        car = await a_car(tx, date.today() - timedelta(days=300))
        await came(tx, car, 90, 7_000)
        await rescore(tx, car)
        before = await due(tx, car)
    async with database.transaction() as tx:
        await came(tx, car, 1, 10_500)
    (event,) = [
        one
        for one in await _events(database)
        if one.facts.get("vehicle_id") == str(car) and one.kind == "visit.recorded"
    ][-1:]
    await database.run(lambda tx: work().reactions[RESCORE](tx, event))
    async with database.transaction() as tx:
        after = await due(tx, car)
    assert before is not None
    assert after is not None
    assert after["visits"] == before["visits"] + 1
    assert after["due_p50"] > before["due_p50"]


async def test_all_cars_are_scored_by_what_the_fleet_teaches(
    database: Database, fleet: Fleet
) -> None:
    async with database.transaction() as tx:
        await tx.connection.execute(
            "insert into service_plans (version, plans, made_by) values (1, $1, 'test')",
            PLANS.model_dump_json(),
        )
        cars = await write_fleet(tx, fleet)
    steps: list[tuple[int, int]] = []
    assert await rescore_all(database, lambda done, total: steps.append((done, total))) == len(cars)
    assert steps[-1] == (len(cars), len(cars))
    async with database.transaction() as tx:
        rows = await tx.connection.fetch("select * from due_dates")
        learnt = await SQL.learnt(tx.connection)
        written = max(row["scored_at"] for row in rows)
    assert len(rows) == len(cars)
    assert '"models"' in learnt
    assert {row["because"] for row in rows} == {"time", "distance"}

    await rescore_all(database)
    async with database.transaction() as tx:
        again = await tx.connection.fetch("select * from due_dates where scored_at > $1", written)
    assert again == [], "what says the same is not written anew"


async def test_one_car_alone_is_scored_as_among_all(database: Database, fleet: Fleet) -> None:
    async with database.transaction() as tx:
        cars = await write_fleet(tx, fleet)
    await rescore_all(database)
    async with database.transaction() as tx:
        before = await tx.connection.fetch("select * from due_dates order by vehicle_id")
        for car in cars[:40]:
            await rescore(tx, car)
        after = await tx.connection.fetch("select * from due_dates order by vehicle_id")
    assert [dict(row) for row in after] == [dict(row) for row in before]


async def test_the_night_is_begun_once_by_whoever_comes_first(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.transaction() as tx:
        await a_car(tx, date.today() - timedelta(days=30))
    night = datetime.now(UTC).replace(hour=20)

    async def now(_: Tx) -> datetime:
        return night

    monkeypatch.setattr(Tx, "now", now)
    await rescore_tonight(database)
    await rescore_tonight(database)
    async with database.transaction() as tx:
        (row,) = await tx.connection.fetch("select * from due_rescorings")
        assert (row["cars"], row["ended_at"] is not None) == (1, True)
        await tx.connection.execute("delete from due_dates")
    await rescore_tonight(database)
    async with database.transaction() as tx:
        assert await tx.connection.fetchval("select count(*) from due_dates") == 0, "not twice"
        await tx.connection.execute(
            "update due_rescorings set ended_at = null, begun_at = now() - interval '1 hour'"
        )
    await rescore_tonight(database)
    async with database.transaction() as tx:
        assert await tx.connection.fetchval("select count(*) from due_dates") == 1, "taken over"


async def _events(database: Database) -> list[StoredEvent]:
    async with database.transaction() as tx:
        return list(await read_after(tx.connection, "0-0", 500))
