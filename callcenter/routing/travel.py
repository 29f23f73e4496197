"""Before the ladder asks about a new place, a router may measure who would be there first.

The call stands in an errand of the worker, never in a transaction; the times are kept by place, so
that the later steps (a no, silence) use them without the network.
"""

from typing import Any
from uuid import UUID

from callcenter.db.database import Database
from callcenter.db.enqueue import Job, enqueue
from callcenter.db.jobs import Errand
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.places.travel.osrm import Osrm
from callcenter.places.travel.router import Point, Router, travel_seconds
from callcenter.places.travel.valhalla import Valhalla
from callcenter.routing import repository
from callcenter.routing.candidates import MEASURED, Spot, nearest, need_of, reach_of
from callcenter.routing.choose import reasons_against
from callcenter.routing.ladder import ask_next
from callcenter.settings import RoutingSettings, TravelSettings
from callcenter.stations import repository as stations
from callcenter.tickets import repository as tickets

SQL = repository.SQL
MEASURE_AND_ASK = "routing.measure_and_ask"


async def measure_then_ask(tx: Tx, ticket_id: UUID, settings: RoutingSettings) -> None:
    """Ask at once; where a router is set, by way of the errand that measures before."""
    if settings.travel.url is None:
        await ask_next(tx, ticket_id, settings)
        return
    job = Job(MEASURE_AND_ASK, {"ticket_id": str(ticket_id)}, f"{MEASURE_AND_ASK}:{new_id()}")
    await enqueue(tx, [job])


def router_of(settings: TravelSettings) -> Router | None:
    """The router that is set, None without an address."""
    if settings.url is None:
        return None
    return Osrm(settings.url) if settings.engine == "osrm" else Valhalla(settings.url)


def measurer(settings: RoutingSettings) -> Errand:
    """Measure, write down, ask. Whatever the router does, the asking follows; run again after a
    crash it measures again and asks nobody twice."""
    router = router_of(settings.travel)

    async def measure_and_ask(database: Database, payload: dict[str, Any]) -> None:
        ticket_id = UUID(payload["ticket_id"])
        if router is not None:
            await _measure(database, ticket_id, router, settings)
        await database.run(lambda tx: ask_next(tx, ticket_id, settings))

    return measure_and_ask


async def _measure(
    database: Database, ticket_id: UUID, router: Router, settings: RoutingSettings
) -> None:
    found = await database.run(lambda tx: _who_may_come(tx, ticket_id, settings))
    if found is None:
        return
    place_id, here, origins = found
    ids = list(origins)
    times = await travel_seconds(
        router, here, list(origins.values()), within_s=settings.travel.within_s
    )
    known = {one: time for one, time in zip(ids, times, strict=True) if time is not None}
    if known:
        await database.run(lambda tx: repository.keep_times(tx, place_id, known, router.name))


async def _who_may_come(
    tx: Tx, ticket_id: UUID, settings: RoutingSettings
) -> tuple[UUID, Point, dict[UUID, Point]] | None:
    """The ladder's place and the nearest stations of the first rung that has any, at most 20."""
    ladder = await repository.get_ladder(tx, ticket_id)
    if ladder is None:
        return None
    place = await tickets.get_place(tx, ticket_id, ladder.place_id)
    assert place is not None
    need = await need_of(tx, await tickets.get(tx, ticket_id), place.province)
    reach = reach_of(settings, place.province)
    asked = await repository.asked_stations(tx, ladder)
    for rung in reach.within_m:
        spot = Spot(place.lat, place.lon, place.province)
        around = await nearest(tx, spot, need, rung, reach, count=MEASURED, asked=asked)
        able = [
            candidate.station_id
            for candidate in around.candidates
            if not reasons_against(candidate, need, rung, reach)
        ][:MEASURED]
        if able:
            known = await stations.candidates_by_id(tx, able)
            return place.id, (place.lat, place.lon), {s.id: (s.lat, s.lon) for s in known}
    return None
