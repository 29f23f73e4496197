"""Who would come: the choice beforehand, that asks nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.places.travel.router import Point, travel_seconds
from callcenter.routing import repository
from callcenter.routing.candidates import MEASURED, Spot, gather, nearest, need_of, reach_of
from callcenter.routing.choose import Choice, Need, Rung, Travel, by_travel_time, choose
from callcenter.routing.travel import router_of
from callcenter.settings import RoutingSettings
from callcenter.stations import repository as stations
from callcenter.tickets import repository as tickets
from callcenter.tickets.model import Stage, Ticket
from callcenter.tickets.repository import TicketPlace

PREVIEWED = 10
NOBODY_HOLDS_IT = frozenset({Stage.OPENED, Stage.DISPATCHING, Stage.HANDED_OVER})


async def preview(
    tx: Tx, spot: Spot, need: Need, settings: RoutingSettings, *, at: datetime | None = None
) -> tuple[Rung, Choice]:
    """Who would be asked at this place with these needs and at this time (now, when not given):
    the first rung that has somebody, the first ten of it; where a router is set, all that it
    would measure."""
    count = MEASURED if settings.travel.url else PREVIEWED
    reach = reach_of(settings, spot.province)
    widest_km = max(reach.within_m.values()) / 1000
    then = await gather(tx, spot, widest_km, at=at) if at else None
    for rung in reach.within_m:
        if then is None:
            near = (await nearest(tx, spot, need, rung, reach, count=count)).candidates
        else:
            near = then
        choice = choose(near, need, rung, reach)
        if choice.ranked:
            return rung, choice
    everyone = await gather(tx, spot, widest_km) if then is None else then
    return Rung.ALARM, choose(everyone, need, Rung.NEAR, reach)


async def preview_by_road(
    database: Database,
    spot: Spot,
    need: Need,
    settings: RoutingSettings,
    *,
    at: datetime | None = None,
) -> tuple[Rung, Choice]:
    """As `preview`, the quickest first where a router is set and answers in its time: it is asked
    between two transactions, and what it says is not kept."""

    async def look(tx: Tx) -> tuple[Rung, Choice, dict[UUID, Point]]:
        rung, choice = await preview(tx, spot, need, settings, at=at)
        return rung, choice, await _origins(tx, choice)

    rung, choice, origins = await database.run(look, readonly=True)
    return rung, quickest_first(choice, await _measured(settings, (spot.lat, spot.lon), origins))


async def ways_so_far(
    database: Database, ticket_id: UUID, settings: RoutingSettings
) -> dict[UUID, Travel]:
    """The ways to the place that a rescue has so far, as a router tells them now; none without a
    router, nor where they are kept already or somebody holds the rescue."""

    async def look(tx: Tx) -> tuple[Point, dict[UUID, Point]] | None:
        ticket = await tickets.get(tx, ticket_id)
        place = place_so_far(ticket, await tickets.places_of(tx, ticket_id))
        if place is None or ticket.stage not in NOBODY_HOLDS_IT:
            return None
        if await repository.times_to(tx, place.id):
            return None
        need = await need_of(tx, ticket, place.province)
        _, choice = await preview(tx, Spot(place.lat, place.lon, place.province), need, settings)
        return (place.lat, place.lon), await _origins(tx, choice)

    if settings.travel.url is None:
        return {}
    seen = await database.run(look, readonly=True)
    return await _measured(settings, *seen) if seen else {}


def place_so_far(ticket: Ticket, places: Sequence[TicketPlace]) -> TicketPlace | None:
    """The place that counts, else the newest one that is proposed."""
    counts = next((one for one in places if one.id == ticket.place_id), None)
    return counts or next((one for one in reversed(places) if one.state == "proposed"), None)


def quickest_first(choice: Choice, times: Mapping[UUID, Travel]) -> Choice:
    """The choice with the ways that were measured."""
    return replace(choice, ranked=tuple(by_travel_time(choice.ranked, times)))


async def _origins(tx: Tx, choice: Choice) -> dict[UUID, Point]:
    able = [one.station_id for one in choice.ranked[:MEASURED]]
    known = await stations.by_ids(tx, able)
    return {one: (known[one].lat, known[one].lon) for one in able}


async def _measured(
    settings: RoutingSettings, here: Point, origins: Mapping[UUID, Point]
) -> dict[UUID, Travel]:
    router = router_of(settings.travel)
    if router is None:
        return {}
    within_s = settings.travel.within_s
    seconds = await travel_seconds(router, here, list(origins.values()), within_s=within_s)
    told = zip(origins, seconds, strict=True)
    return {one: Travel(s, router.name) for one, s in told if s is not None}
