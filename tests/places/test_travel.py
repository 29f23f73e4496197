"""Travel times from a router on loopback: what is used of an answer, and what is not."""

import time
from typing import Any

import pytest

from callcenter.places.travel.osrm import Osrm
from callcenter.places.travel.router import Point, travel_seconds
from callcenter.places.travel.valhalla import Valhalla
from tests.routers import SPOILT, FakeRoads, served

HERE = (41.8, 123.4)
ORIGINS = [(41.9, 123.4), (42.0, 123.5), (42.1, 123.6)]
ENGINES = pytest.mark.parametrize("engine", [Osrm, Valhalla])


async def ask(engine: Any, roads: FakeRoads, *, within_s: float = 0.3) -> list[float | None]:
    async with served(roads) as url:
        return await travel_seconds(engine(url), HERE, ORIGINS, within_s=within_s)


def by_latitude(point: Point) -> float:
    return (point[0] - 41) * 1000


@ENGINES
async def test_one_call_from_all_stations_to_the_car(engine: Any) -> None:
    roads = FakeRoads(seconds=by_latitude)
    assert await ask(engine, roads, within_s=5) == pytest.approx([900, 1000, 1100])
    (asked,) = roads.asked
    assert asked["sources"] == ORIGINS
    assert asked["destinations"] == [HERE]


@ENGINES
async def test_where_there_is_no_way_nothing_is_known(engine: Any) -> None:
    roads = FakeRoads(seconds=lambda point: None if point == ORIGINS[1] else 60.0)
    assert await ask(engine, roads, within_s=5) == [60.0, None, 60.0]


@ENGINES
async def test_a_station_far_from_every_road_is_not_believed(engine: Any) -> None:
    roads = FakeRoads(snapped_m=lambda point: 5000.0 if point == ORIGINS[0] else 3.0)
    assert await ask(engine, roads, within_s=5) == [None, 60.0, 60.0]


@ENGINES
async def test_a_car_far_from_every_road_makes_all_unknown(engine: Any) -> None:
    roads = FakeRoads(snapped_m=lambda point: 5000.0 if point == HERE else 3.0)
    assert await ask(engine, roads, within_s=5) == [None, None, None]


@ENGINES
@pytest.mark.parametrize("spoil", SPOILT)
async def test_nonsense_is_no_answer(engine: Any, spoil: Any) -> None:
    assert await ask(engine, FakeRoads(spoil=spoil), within_s=5) == [None, None, None]


@ENGINES
async def test_a_slow_router_is_not_waited_for(engine: Any) -> None:
    async with served(FakeRoads(silent_s=3)) as url:
        began = time.perf_counter()
        told = await travel_seconds(engine(url), HERE, ORIGINS, within_s=0.3)
        took = time.perf_counter() - began
    assert told == [None, None, None]
    assert 0.29 < took < 1.5


@ENGINES
async def test_a_router_that_is_not_there_is_no_answer(engine: Any) -> None:
    told = await travel_seconds(engine("http://127.0.0.1:9"), HERE, ORIGINS, within_s=5)
    assert told == [None, None, None]


async def test_nobody_to_measure_is_not_asked() -> None:
    roads = FakeRoads()
    async with served(roads) as url:
        assert await travel_seconds(Osrm(url), HERE, [], within_s=5) == []
    assert roads.asked == []
