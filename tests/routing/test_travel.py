"""The ladder with a router beside it: the quickest is asked first, and no router holds it up."""

import contextlib
import time
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.routing.choose import Choice, Considered, PassedOver, Travel, by_travel_time
from callcenter.settings import RoutingSettings, TravelSettings
from tests.flows.desk import located_rescue, reasons
from tests.routers import FakeRoads, Point, cut_short, failing, served
from tests.service import SHENYANG, Service, offer_for, open_rescue, running


def station(number: int) -> Considered:
    return Considered(UUID(int=number), number * 1000.0, ())


@given(st.lists(st.one_of(st.none(), st.integers(1, 5)), max_size=12))
def test_those_measured_change_places_among_themselves_only(times: list[int | None]) -> None:
    ranked = [station(number) for number in range(len(times))]
    known = {
        ranked[at].station_id: Travel(float(seconds), "osrm")
        for at, seconds in enumerate(times)
        if seconds
    }
    order = by_travel_time(ranked, known)
    assert [c.station_id for c in order if not c.travel] == [
        c.station_id for c in ranked if c.station_id not in known
    ]
    for at, (before, after) in enumerate(zip(ranked, order, strict=True)):
        assert (times[at] is None) == (after.travel is None)
        assert after.travel or after == before
    measured = [(c.travel.seconds, c.distance_m) for c in order if c.travel]
    assert measured == sorted(measured)


def test_a_nearer_one_that_could_come_is_said_to_take_longer() -> None:
    near, far, barred = (
        station(1),
        station(9),
        Considered(UUID(int=5), 5000.0, (PassedOver.OFF_DUTY,)),
    )
    choice = Choice((far,), (near, barred, far))
    told = {c.station_id: c.reasons for c in choice.passed_over(1)}
    assert told == {
        near.station_id: (PassedOver.SLOWER_BY_ROAD,),
        barred.station_id: (PassedOver.OFF_DUTY,),
    }


def over_the_river(point: Point) -> float:
    """Who lies nearest has the longest way."""
    return 2000.0 if point[0] - SHENYANG[0] < 0.02 else 300.0


@contextlib.asynccontextmanager
async def beside(roads: FakeRoads, database: Database, intake: Intake) -> AsyncIterator[Service]:
    """The service with this router set."""
    async with served(roads) as url:
        settings = RoutingSettings(travel=TravelSettings(url=url))
        async with running(database, intake, routing=settings) as service:
            yield service


async def first_asked(service: Service) -> tuple[str, float]:
    """Which of two stations has the offer, and how long it took after the confirmation."""
    agent = await service.agent()
    near, far = await service.station("NEAR", 1), await service.station("FAR", 9)
    ticket_id = await located_rescue(agent)
    began = time.perf_counter()
    while True:
        for name, client in (("NEAR", near), ("FAR", far)):
            page = await client.get("/api/v1/offers", open="true")
            if page["items"]:
                return name, time.perf_counter() - began
        assert time.perf_counter() - began < 20, ticket_id


async def test_the_quickest_is_asked_first_and_a_no_needs_no_router(
    database: Database, intake: Intake
) -> None:
    roads = FakeRoads(seconds=over_the_river)
    async with beside(roads, database, intake) as service:
        agent = await service.agent()
        near, far = await service.station("NEAR", 1), await service.station("FAR", 9)
        ticket_id = await located_rescue(agent)
        offer = await offer_for(far, ticket_id)
        assert (await reasons(agent, ticket_id))[str(near.station_id)] == ["slower_by_road"]
        rescue = await agent.get(f"/api/v1/rescues/{ticket_id}")
        told = {c["station_id"]: c for c in rescue["choices"][-1]["candidates"]}
        for client, seconds in ((near, 2000.0), (far, 300.0)):
            one = told[str(client.station_id)]
            assert (one["seconds"], one["method"]) == (seconds, "osrm")
        await far.post(f"/api/v1/offers/{offer['id']}/decline", {"reason": "too_far"})
        await offer_for(near, ticket_id)
    assert len(roads.asked) == 1


@pytest.mark.parametrize(
    "roads",
    [
        pytest.param(FakeRoads(over_the_river, spoil=failing), id="500"),
        pytest.param(FakeRoads(over_the_river, spoil=cut_short), id="broken"),
        pytest.param(FakeRoads(seconds=lambda _: None), id="no way"),
        pytest.param(FakeRoads(over_the_river, snapped_m=lambda _: 5000.0), id="far snap"),
    ],
)
async def test_without_a_good_answer_the_nearest_is_asked(
    database: Database, intake: Intake, roads: FakeRoads
) -> None:
    async with beside(roads, database, intake) as service:
        assert (await first_asked(service))[0] == "NEAR"
    assert len(roads.asked) == 1


async def test_a_router_that_hangs_holds_no_offer_up(database: Database, intake: Intake) -> None:
    roads = FakeRoads(over_the_river, silent_s=10)
    async with beside(roads, database, intake) as service:
        name, took = await first_asked(service)
        assert name == "NEAR"
        # 0.3 s of waiting, and what a loaded machine needs beside it.
        assert took < 3.0
    assert len(roads.asked) == 1


async def test_who_would_come_is_told_with_the_way_by_road_and_without_a_router_by_distance(
    database: Database, intake: Intake
) -> None:
    roads = FakeRoads(seconds=over_the_river)
    here = {"lat": SHENYANG[0], "lon": SHENYANG[1]}
    async with beside(roads, database, intake) as service:
        agent = await service.agent()
        near, far = await service.station("NEAR", 1), await service.station("FAR", 9)
        told = await agent.get("/api/v1/routing/preview", **here)
        assert [(one["station_id"], one["seconds"]) for one in told["ranked"]] == [
            (str(far.station_id), 300.0),
            (str(near.station_id), 2000.0),
        ]
        # Silent, the router holds nothing up: the nearest is first, and nothing is said of roads.
        roads.silent_s = 30.0
        began = time.perf_counter()
        told = await agent.get("/api/v1/routing/preview", **here)
        assert time.perf_counter() - began < 10
        assert [(one["station_id"], one["seconds"]) for one in told["ranked"]] == [
            (str(near.station_id), None),
            (str(far.station_id), None),
        ]


async def test_the_desk_knows_the_ways_before_the_place_counts_and_asks_no_router_afterwards(
    database: Database, intake: Intake
) -> None:
    roads = FakeRoads(seconds=over_the_river)
    async with beside(roads, database, intake) as service:
        agent = await service.agent()
        near, far = await service.station("NEAR", 1), await service.station("FAR", 9)
        ticket_id = (await open_rescue(agent))["id"]
        body = {"lat": SHENYANG[0], "lon": SHENYANG[1]}
        place = await agent.post(f"/api/v1/tickets/{ticket_id}/places", body)
        for seconds in (300.0, 250.0):
            desk = await agent.get(f"/api/v1/rescues/{ticket_id}/desk")
            ranked = desk["choice"]["ranked"]
            assert ranked[0] == ranked[0] | {"station_id": str(far.station_id), "seconds": seconds}
            assert ranked[1]["station_id"] == str(near.station_id)
            roads.seconds = lambda _: 250.0 if _[0] - SHENYANG[0] > 0.02 else 2000.0
        path = f"/api/v1/tickets/{ticket_id}/places/{place['id']}/confirmation"
        await agent.post(path, {"reason": None})
        await offer_for(far, ticket_id)
        asked = len(roads.asked)
        # Who has an open offer is not asked again: the other one, by the way that is kept.
        desk = await agent.get(f"/api/v1/rescues/{ticket_id}/desk")
        assert [one["seconds"] for one in desk["choice"]["ranked"]] == [2000.0]
        assert len(roads.asked) == asked
