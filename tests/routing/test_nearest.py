"""The first that is asked is the nearest by the geodesic, at the rings' edges and far north too:
what the database answers against every station measured one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from geopy.distance import geodesic
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callcenter.db.transaction import Tx
from callcenter.places.model import Datum, Position, Source
from callcenter.routing import confirmed_place, repository
from callcenter.settings import PlacesSettings, RoutingSettings
from callcenter.tickets import location
from callcenter.tickets import service as tickets
from callcenter.tickets.location import NamedPlace
from callcenter.tickets.model import Kind
from tests.service import add_station

RULES = RoutingSettings()
RINGS_KM = (RULES.near_ring_km, RULES.wide_ring_km, RULES.province_ring_km)
RUNGS = ("near", "wide", "neighbours")
EDGES_KM = [ring + metres / 1000 for ring in RINGS_KM for metres in (-10, -1, 1, 10)]

Point = tuple[float, float]


@dataclass(frozen=True)
class Away:
    """So far, in that direction."""

    km: float
    bearing: float

    def of(self, place: Point) -> Point:
        there = geodesic(kilometers=self.km).destination(place, self.bearing)
        return there.latitude, there.longitude


places = st.tuples(st.floats(18, 53.5), st.floats(74, 135))
bearings = st.one_of(st.sampled_from(range(0, 360, 45)), st.floats(0, 360))
anywhere = st.builds(Away, st.floats(0.01, 420), bearings)
at_an_edge = st.builds(Away, st.sampled_from(EDGES_KM), bearings)
networks = st.lists(st.one_of(anywhere, at_an_edge), min_size=1, max_size=8)


def nearest(place: Point, stations: Sequence[Point]) -> tuple[int, str] | None:
    """The index of the nearest within the smallest ring that has one, and the ring's rung."""
    measured = [geodesic(place, station).kilometers for station in stations]
    for ring_km, rung in zip(RINGS_KM, RUNGS, strict=True):
        if min(measured) <= ring_km:
            return measured.index(min(measured)), rung
    return None


async def asked(tx: Tx, place: Point, stations: Sequence[Point]) -> tuple[int, str] | None:
    """The index of the station that is asked first for a rescue at this place, and the rung."""
    ids = []
    for number, (lat, lon) in enumerate(stations):
        station = await add_station(tx, f"S{number}", lat=lat, lon=lon)
        ids.append(station.id)
    ticket = await tickets.open_ticket(
        tx, "test", kind=Kind.RESCUE, particulars={"fault": "flat_tyre"}
    )
    position = Position(*place, None, None, Source.AGENT_PIN, Datum.WGS84)
    named = NamedPlace(position, province="LN")
    proposed = await location.propose_place(tx, "test", ticket.id, named, PlacesSettings())
    await location.confirm_place(tx, "test", ticket.id, proposed.id, "test")
    await confirmed_place.place_confirmed(tx, ticket.id, RULES)
    offers = await repository.open_offers(tx, ticket.id)
    return (ids.index(offers[0].station_id), offers[0].rung) if offers else None


@settings(
    max_examples=120,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(place=places, network=networks)
async def test_the_first_asked_is_the_nearest_measured_one_by_one(
    tx: Tx, place: Point, network: list[Away]
):
    stations = [away.of(place) for away in network]
    undone = tx.connection.transaction()
    await undone.start()
    try:
        assert await asked(tx, place, stations) == nearest(place, stations)
    finally:
        await undone.rollback()


async def test_in_the_far_north_no_box_is_too_small_whatever_the_direction(tx: Tx):
    mohe = (53.48, 122.37)
    for ring_km, rung in zip(RINGS_KM, RUNGS, strict=True):
        for bearing in range(0, 360, 30):
            stations = [Away(ring_km - 0.001, bearing).of(mohe)]
            undone = tx.connection.transaction()
            await undone.start()
            assert await asked(tx, mohe, stations) == (0, rung), (ring_km, bearing)
            await undone.rollback()


async def test_a_sphere_would_send_the_wrong_one(tx: Tx):
    """A degree of longitude is longer, one of latitude shorter than on the globe of a school."""
    place = (41.8, 123.43)
    north, east = Away(40.00, 0).of(place), Away(40.05, 90).of(place)
    assert await asked(tx, place, [east, north]) == (1, "near")
