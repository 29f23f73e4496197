"""A car's visits: told twice, corrected, taken back; whoever reckons from them is told."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from callcenter.customers import service as customers
from callcenter.customers.visits import service as visits
from callcenter.customers.visits.model import VisitKind, VisitSource
from callcenter.customers.visits.service import Told
from callcenter.db.database import Database
from tests.db.cast import with_control
from tests.service import Client, Refused, Service, add_station

TOLD_TWICE_IS_TWO = """
create function forget_order() returns trigger language plpgsql as
    $$ begin new.work_order := gen_random_uuid()::text; return new; end $$;
create trigger forget_order before insert on visits for each row execute function forget_order();
"""
"""No two visits have the same work order, so that none is known already."""


async def a_car(agent: Client) -> str:
    made = await agent.post("/api/v1/vehicles", {"plate": "辽A12345", "delivered_on": "2022-05-01"})
    return f"/api/v1/vehicles/{made['id']}/visits"


def said(visited_on: str, km: int | None, **more: Any) -> dict[str, Any]:
    return {"visited_on": visited_on, "kind": "maintenance", "odometer_km": km} | more


async def test_a_car_s_visits_are_a_timeline_with_its_odometer(service: Service):
    agent = await service.agent()
    async with service.database.transaction() as tx:
        station = await add_station(tx, "SY1")
    path = await a_car(agent)
    await agent.post(path, said("2023-05-02", 14_980, amount=812.4, station_id=str(station.id)))
    await agent.post(path, said("2022-11-01", 7_650, kind="first_service"))
    await agent.post(path, said("2024-05-06", 29_400, work_order="W-77 "))
    items = (await agent.get(path))["items"]
    assert [(one["visited_on"], one["odometer_km"], one["kind"]) for one in items] == [
        ("2024-05-06", 29_400, "maintenance"),
        ("2023-05-02", 14_980, "maintenance"),
        ("2022-11-01", 7_650, "first_service"),
    ]
    assert [one["odometer_doubt"] for one in items] == [None, None, None]
    assert (items[1]["amount"], items[1]["station_id"]) == (812.4, str(station.id))
    assert (items[0]["work_order"], items[0]["source"]) == ("W-77", "desk")


@pytest.mark.parametrize(
    ("km", "doubt", "of_the_next"),
    [
        (20_000, None, None),
        (None, None, None),
        (9_000, "odometer_back", None),
        (200_000, "odometer_ahead", "odometer_back"),
        (45_000, "odometer_ahead", "odometer_back"),
    ],
)
async def test_an_odd_odometer_is_doubted_and_kept(
    service: Service, km: int | None, doubt: str | None, of_the_next: str | None
):
    agent = await service.agent()
    path = await a_car(agent)
    await agent.post(path, said("2023-05-02", 10_000))
    await agent.post(path, said("2024-05-02", 30_000))
    made = await agent.post(path, said("2023-11-01", km))
    assert (made["odometer_km"], made["odometer_doubt"]) == (km, doubt)
    newest = (await agent.get(path))["items"][0]
    assert newest["odometer_doubt"] == of_the_next


async def test_more_than_two_drivers_can_drive_is_doubted(service: Service):
    agent = await service.agent()
    path = await a_car(agent)
    await agent.post(path, said("2024-05-02", 30_000))
    assert (await agent.post(path, said("2024-05-04", 32_001)))["odometer_doubt"] == "odometer_fast"
    assert (await agent.post(path, said("2024-05-05", 32_500)))["odometer_doubt"] is None


async def test_told_again_it_is_the_same_visit_and_with_other_figures_nobody_s(service: Service):
    agent = await service.agent()
    path = await a_car(agent)
    first = await agent.post(path, said("2024-05-02", 30_000, amount=500))
    assert (await agent.post(path, said("2024-05-02", 30_000, amount=500)))["id"] == first["id"]
    with pytest.raises(Refused) as other:
        await agent.post(path, said("2024-05-02", 3_000, amount=500))
    assert (other.value.status, other.value.code) == (409, "visit_told_otherwise")
    fixed = await agent.patch(
        f"/api/v1/visits/{first['id']}", {"odometer_km": 3_000}, version=first["version"]
    )
    assert (fixed["odometer_km"], fixed["amount"]) == (3_000, 500)
    with pytest.raises(Refused) as stale:
        await agent.patch(f"/api/v1/visits/{first['id']}", {"odometer_km": 4}, version=1)
    assert stale.value.status == 412
    async with service.database.reading() as tx:
        kinds = await tx.connection.fetch(
            "select facts ->> 'visit_id' as visit from events where kind = 'visit.recorded'"
        )
    assert [row["visit"] for row in kinds] == [first["id"]] * 2, "once told, once corrected"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (said(str(date.today() + timedelta(days=2)), 10), "visit_ahead"),
        (said("2024-05-02", 10, station_id=str(uuid4())), "visit_station_unknown"),
    ],
)
async def test_a_visit_that_cannot_be_is_refused(service: Service, body: dict[str, Any], code: str):
    agent = await service.agent()
    with pytest.raises(Refused) as no:
        await agent.post(await a_car(agent), body)
    assert (no.value.status, no.value.code) == (422, code)


async def test_a_car_that_is_not_there_has_no_visits(service: Service):
    agent = await service.agent()
    for ask in (
        agent.get(f"/api/v1/vehicles/{uuid4()}/visits"),
        agent.post(f"/api/v1/vehicles/{uuid4()}/visits", said("2024-05-02", 1)),
        agent.patch(f"/api/v1/visits/{uuid4()}", {"odometer_km": 4}, version=1),
    ):
        with pytest.raises(Refused) as no:
            await ask
        assert no.value.status == 404


async def test_a_wrong_day_and_kind_are_corrected(service: Service):
    agent = await service.agent()
    path = await a_car(agent)
    one = await agent.post(path, said("2024-05-02", 30_000, amount=500))
    changes = {"visited_on": "2024-04-02", "kind": "repair"}
    fixed = await agent.patch(f"/api/v1/visits/{one['id']}", changes, version=1)
    assert fixed == one | changes | {"version": 2}
    assert (await agent.get(path))["items"] == [fixed]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"visited_on": str(date.today() + timedelta(days=2))}, 422, "visit_ahead"),
        ({"visited_on": "1949-12-31"}, 422, "invalid"),
        ({"visited_on": None}, 422, "invalid"),
        ({"kind": "wash"}, 422, "invalid"),
        ({"visited_on": "2024-01-02"}, 409, "visit_known"),
    ],
)
async def test_what_is_no_correction_is_refused(
    service: Service, change: dict[str, Any], status: int, code: str
):
    agent = await service.agent()
    path = await a_car(agent)
    await agent.post(path, said("2024-01-02", 20_000))
    one = await agent.post(path, said("2024-05-02", 30_000))
    with pytest.raises(Refused) as no:
        await agent.patch(f"/api/v1/visits/{one['id']}", change, version=1)
    assert (no.value.status, no.value.code) == (status, code)
    assert (await agent.get(path))["items"][0] == one


async def test_one_that_was_not_so_is_taken_back_as_it_was_read_and_once(service: Service):
    agent = await service.agent()
    path = await a_car(agent)
    one = await agent.post(path, said("2024-05-02", 30_000))
    visit = f"/api/v1/visits/{one['id']}"
    await agent.patch(visit, {"amount": 100}, version=1)
    with pytest.raises(Refused) as stale:
        await agent.delete(visit, version=1)
    assert stale.value.status == 412
    assert len((await agent.get(path))["items"]) == 1
    await agent.delete(visit, version=2)
    assert (await agent.get(path))["items"] == []
    with pytest.raises(Refused) as gone:
        await agent.delete(visit, version=2)
    assert (gone.value.status, gone.value.code) == (404, "visit_not_found")
    async with service.database.reading() as tx:
        told = await tx.connection.fetch(
            "select facts ->> 'visit_id' from events where kind = 'visit.taken_back'"
        )
    assert [row[0] for row in told] == [one["id"]]
    again = await agent.post(path, said("2024-05-02", 30_000))
    assert again["id"] != one["id"], "told again it is a new one"


@with_control(sabotage=TOLD_TWICE_IS_TWO)
async def test_of_many_who_tell_one_visit_at_once_one_writes_it(
    database: Database, owner: Any, sabotage: str | None
):
    async with database.transaction() as tx:
        car = await customers.add_vehicle(tx, "desk", {"plate": "辽A12345"})
    if sabotage:
        await owner.execute(sabotage)
    told = Told(car.id, date(2024, 5, 2), VisitKind.REPAIR, VisitSource.DESK, 30_000)

    async def tell(_: int) -> UUID:
        return (await database.run(lambda tx: visits.record_visit(tx, "desk", told))).id

    answers = await asyncio.gather(*map(tell, range(6)))
    async with database.reading() as tx:
        rows = await tx.connection.fetch("select id from visits")
        events = await tx.connection.fetchval(
            "select count(*) from events where kind = 'visit.recorded'"
        )
    assert {*answers} == {row["id"] for row in rows}
    assert (len(rows), events) == (1, 1)
