"""Which workshops lie near a place, and when they have room."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.clock import CHINA
from callcenter.db.database import Database
from callcenter.places.distance import WGS84, distance_m
from callcenter.stations import repository as stations
from callcenter.stations import service as station_verbs
from callcenter.stations.bookings import near, service
from callcenter.stations.bookings.near import RINGS_KM
from tests.service import SHENYANG, Service, add_station
from tests.stations.test_bookings import RULE, at, book, world


async def names(database: Database, count: int, known: UUID | None = None) -> list[str]:
    async with database.transaction() as tx:
        found = await near.nearest(tx, *SHENYANG, count, await tx.now(), known)
        for one in found:
            here = (one.station.lat, one.station.lon)
            assert one.distance_m == pytest.approx(distance_m(SHENYANG, here))
        return [one.station.code for one in found]


async def test_the_nearest_that_take_bookings_come_first_and_the_known_one_before_them(
    database: Database,
):
    async with database.transaction() as tx:
        far = await add_station(tx, "FAR", 900, workshop_hours=RULE)
        for code, km in (("THIRD", 60), ("FIRST", -3), ("SECOND", 25), ("FOURTH", 400)):
            await add_station(tx, code, km, workshop_hours=RULE)
        await add_station(tx, "TOW", 1, kind="tow_partner")
        none = await add_station(tx, "NONE", 2)
        await service.set_capacity(tx, "test", none.id, 0)
        out = await add_station(tx, "OUT", 2)
        await station_verbs.suspend(tx, "test", out.id, reason="audit", until=None)
    assert await names(database, 2) == ["FIRST", "SECOND"]
    assert await names(database, 9) == ["FIRST", "SECOND", "THIRD", "FOURTH", "FAR"]
    assert await names(database, 2, far.id) == ["FAR", "FIRST", "SECOND"]
    assert await names(database, 2, out.id) == ["FIRST", "SECOND"]


async def test_each_comes_with_its_next_free_times(database: Database):
    station, cars = await world(database, 2, per_hour=1)
    await book(database, station, cars[0], at(9))
    await book(database, station, cars[1], at(10))
    async with database.transaction() as tx:
        await add_station(tx, "SY002", 5, workshop_hours=RULE)
        found = await near.nearest(tx, *SHENYANG, 5, at(0))
        first, second = ([f"{f.starts_at:%H:%M}" for f in _in_china(one.free)] for one in found)
        later = await near.nearest(tx, *SHENYANG, 1, at(0, days=3))
    assert (first, second) == (["08:30", "11:00", "12:00"], ["08:30", "09:00", "10:00"])
    assert later[0].free[0].starts_at == at(8, 30, days=3)


@given(
    lat=st.floats(-90, 90),
    lon=st.floats(-180, 180),
    ring=st.sampled_from(RINGS_KM[:-1]),
    bearing=st.floats(0, 360),
)
def test_a_box_holds_all_that_lies_within_its_reach(
    lat: float, lon: float, ring: float, bearing: float
):
    there_lon, there_lat, _ = WGS84.fwd(lon, lat, bearing, ring * 999)
    south, north, west, east = stations.box_around(lat, lon, ring)
    # China lies far from the poles and from the date line: there a box ends.
    if abs(lat) < 80 and west > -180 and east < 180:
        assert south <= there_lat <= north
        assert west <= there_lon <= east


async def test_the_desk_asks_for_a_place(service: Service):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    asked = {"lat": SHENYANG[0], "lon": SHENYANG[1]}
    (found,) = (await agent.post("/api/v1/workshops/nearest", asked))["items"]
    assert (found["station_id"], found["code"]) == (str(station.station_id), "NEAR")
    assert 900 < found["distance_m"] < 1100
    assert len(found["free"]) == 3
    car = await agent.post("/api/v1/vehicles", {"plate": "辽A12345"})
    draft = {"vehicle_id": car["id"], "wanted": "maintenance"}
    at_station = {"station_id": str(station.station_id), "starts_at": found["free"][0]["starts_at"]}
    made = await agent.post("/api/v1/bookings", draft | at_station)
    assert made["state"] == "booked"


def _in_china(free: Any) -> list[Any]:
    return [replace(one, starts_at=one.starts_at.astimezone(CHINA)) for one in free]
