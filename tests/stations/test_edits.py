"""Two who edit at once, and two trucks of one plate."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

import callcenter
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.stations import service as stations
from callcenter.web.errors import VersionStale
from tests.service import Refused, Service, add_station
from tests.stations.cast import path_of

CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
MIGRATION = Path(callcenter.__file__).parents[1] / "schemas/sql/0009_roster_and_plates.sql"


async def told(ask: Awaitable[Any]) -> tuple[int, str]:
    """The status and code of an answer."""
    try:
        await ask
    except Refused as refusal:
        return refusal.status, str(refusal.code)
    return 200, ""


def edit_by(edit: Any, as_read: Any) -> Callable[[Tx], Awaitable[Any]]:
    """An edit of what was read once, however often it is made."""
    return lambda tx: edit(tx, "test", as_read, {})


async def test_of_edits_at_the_same_time_one_counts_and_the_others_are_told_so(service: Service):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    for _ in range(5):
        now = await agent.get(path_of(station))
        (truck,) = now["trucks"]
        for path, changes, version in (
            (path_of(station), {"address": "x"}, now["version"]),
            (f"/api/v1/trucks/{truck['id']}", {"in_service": True}, truck["version"]),
        ):
            edits = (agent.patch(path, changes, version=version) for _ in range(8))
            answers = Counter(await asyncio.gather(*map(told, edits)))
            assert answers == {(200, ""): 1, (412, "version_stale"): 7}


async def test_who_read_before_another_s_commit_is_told_the_new_version(database: Database):
    station = await database.run(lambda tx: add_station(tx, "NEAR"))
    (truck,) = station.trucks
    for edit, as_read in ((stations.edit_station, station), (stations.edit_truck, truck)):
        change = edit_by(edit, as_read)
        await database.run(change)
        with pytest.raises(VersionStale) as refusal:
            await database.run(change)
        assert refusal.value.facts == {"version": 2}


@pytest.mark.parametrize(
    "guarded", [pytest.param(True, id="guarded"), pytest.param(False, id="control", marks=CONTROL)]
)
async def test_a_plate_belongs_to_one_truck_in_service(
    service: Service, owner: asyncpg.Connection, guarded: bool
):
    if not guarded:
        await owner.execute("drop index one_truck_per_plate")
    agent = await service.agent()
    ours, theirs = await service.station("OURS", 1), await service.station("THEIRS", 2)
    truck = await agent.post(path_of(ours, "/trucks"), {"plate": "辽A12345"})
    (other,) = (await agent.get(path_of(theirs)))["trucks"]
    taken = (409, "truck_plate_taken")
    assert await told(agent.post(path_of(theirs, "/trucks"), {"plate": "辽a·123 45"})) == taken
    path = f"/api/v1/trucks/{other['id']}"
    assert await told(agent.patch(path, {"plate": "辽A12345"}, version=1)) == taken
    # Sold: its plate is free, and it cannot come back beside its new bearer.
    sold = f"/api/v1/trucks/{truck['id']}"
    await agent.patch(sold, {"in_service": False}, version=1)
    await agent.patch(path, {"plate": "辽A12345"}, version=1)
    assert await told(agent.patch(sold, {"in_service": True}, version=2)) == taken


async def test_trucks_of_one_plate_from_before_keep_serving(
    database: Database, owner: asyncpg.Connection
):
    await owner.execute(
        "drop index one_truck_per_plate; alter table duty_roster drop column removed_at"
    )
    async with database.transaction() as tx:
        for code in ("A", "B", "C"):
            await add_station(tx, code)
    await owner.execute("update trucks set plate = '辽A 12345' where plate = 'B0'")
    await owner.execute("update trucks set plate = '辽A12345' where plate in ('A0', 'C0')")
    await owner.execute(MIGRATION.read_text(encoding="utf-8"))
    rows = await owner.fetch("select plate, in_service from trucks order by id")
    assert [row["in_service"] for row in rows] == [True] * 3
    plates = [row["plate"] for row in rows]
    assert plates[0] == "辽A12345"
    assert plates[1].startswith("辽A 12345 #")
    assert plates[2].startswith("辽A12345 #")


async def test_what_a_workshop_takes_in_and_a_truck_can_lift_is_said_and_unsaid(service: Service):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    before = await agent.get(path_of(station))
    unsaid = {"brands": [], "keeps_overnight": False, "language": "zh"}
    assert {name: before[name] for name in unsaid} == unsaid
    said = {"brands": ["Yunchi"], "keeps_overnight": True, "language": "en"}
    after = await agent.patch(path_of(station), said, version=before["version"])
    assert {name: after[name] for name in said} == said
    truck = await agent.post(path_of(station, "/trucks"), {"plate": "辽A7", "height_cm": 195})
    assert (truck["capacity_kg"], truck["height_cm"]) == (None, 195)
    path = f"/api/v1/trucks/{truck['id']}"
    truck = await agent.patch(path, {"capacity_kg": 2500, "height_cm": None}, version=1)
    assert (truck["capacity_kg"], truck["height_cm"]) == (2500, None)


async def test_resumed_twice_is_told_once(service: Service):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    path = path_of(station, "/suspension")
    await agent.post(path, {"reason": "audit"})
    first, second = await agent.delete(path), await agent.delete(path)
    assert first == second
    async with service.database.reading() as tx:
        told = "select count(*) from events where kind = 'station.resumed'"
        assert await tx.connection.fetchval(told) == 1
    with pytest.raises(Refused, match="station_not_found"):
        await agent.delete(f"/api/v1/stations/{uuid4()}/suspension")
