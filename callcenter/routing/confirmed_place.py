"""The place counts now: the ladder begins, or looks again because the place has moved."""

from uuid import UUID

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.places.distance import distance_m
from callcenter.routing import repository
from callcenter.routing.candidates import Spot, nearest, need_of
from callcenter.routing.carriageway import crosses_over, tell_way
from callcenter.routing.choose import Reach, Rung, choose
from callcenter.routing.clocks import NEARER_STATION
from callcenter.routing.events import PlaceMoved
from callcenter.routing.ladder import begin_round
from callcenter.routing.ladder_alarms import sound
from callcenter.routing.model import Ladder
from callcenter.routing.offers import withdraw_open_offers
from callcenter.routing.travel import measure_then_ask
from callcenter.settings import RoutingSettings
from callcenter.stations import repository as stations
from callcenter.tickets import repository as tickets
from callcenter.tickets import service as ticket_verbs
from callcenter.tickets.model import UNDER_DISPATCH, Stage, Ticket
from callcenter.tickets.repository import TicketPlace

SQL = repository.SQL


async def place_confirmed(tx: Tx, ticket_id: UUID, settings: RoutingSettings) -> None:
    """The place counts now: begin to ask, or look again when it has moved."""
    ticket = await tickets.lock(tx, ticket_id)
    assert ticket.place_id is not None
    place = await tickets.get_place(tx, ticket_id, ticket.place_id)
    ladder = await repository.get_ladder(tx, ticket_id)
    assert place is not None
    if ticket.stage is Stage.OPENED:
        await ticket_verbs.move(tx, "system", ticket, Stage.DISPATCHING)
        await begin_round(tx, ticket, place.id, settings, since=place.confirmed_at)
        await measure_then_ask(tx, ticket_id, settings)
    elif ladder is None or ticket.stage not in UNDER_DISPATCH:
        return
    # A smaller correction leaves the ladder's place: many small ones add up to a move.
    elif await _moved_m(tx, ladder, place) > settings.place_moved_m:
        await _place_moved(tx, ticket, ladder, place, settings)
    elif await crosses_over(tx, place):
        await _place_moved(tx, ticket, ladder, place, settings, other_carriageway=True)
    else:
        await tell_way(tx, ticket_id, place)


async def _moved_m(tx: Tx, ladder: Ladder, place: TicketPlace) -> float:
    before = await tickets.get_place(tx, ladder.ticket_id, ladder.place_id)
    assert before is not None
    return distance_m((before.lat, before.lon), (place.lat, place.lon))


async def _place_moved(
    tx: Tx,
    ticket: Ticket,
    ladder: Ladder,
    place: TicketPlace,
    settings: RoutingSettings,
    *,
    other_carriageway: bool = False,
) -> None:
    """More than 300 m, or the other side of an expressway: open offers are void and the choice is
    made again; a station that has accepted is told, and the desk learns when it is no longer the
    one that would be chosen."""
    held_by = await repository.live_dispatch(tx, ticket.id)
    fact = PlaceMoved(
        ticket_id=ticket.id,
        place_id=place.id,
        dispatch_id=held_by.id if held_by else None,
        other_carriageway=other_carriageway,
    )
    await record(
        tx,
        fact,
        actor="system",
        ticket_id=ticket.id,
        station_id=held_by.station_id if held_by else None,
    )
    if held_by is None:
        await withdraw_open_offers(tx, "system", ticket.id, "place_moved")
        await begin_round(tx, ticket, place.id, settings)
        if ladder.held:
            # A person stopped the asking; only a person lets it go on.
            await SQL.set_held(tx.connection, ticket_id=ticket.id, held=True)
        await measure_then_ask(tx, ticket.id, settings)
        return
    await SQL.set_ladder_place(tx.connection, ticket_id=ticket.id, place_id=place.id)
    if await _is_somebody_nearer(tx, ticket, ladder, place, held_by.station_id):
        await sound(tx, ticket, NEARER_STATION, "place_moved", occasion=str(place.id))


async def _is_somebody_nearer(
    tx: Tx, ticket: Ticket, ladder: Ladder, place: TicketPlace, holder: UUID
) -> bool:
    """Whether another station would be chosen now, on whatever rung the holder was found."""
    station = await stations.get(tx, holder)
    away_m = distance_m((station.lat, station.lon), (place.lat, place.lon))
    asked = await repository.asked_stations(tx, ladder)
    spot = Spot(place.lat, place.lon, place.province)
    need = await need_of(tx, ticket, place.province)
    reach = Reach({Rung.NEAR: away_m}, frozenset())
    # Two, since the holder may be the first.
    around = await nearest(tx, spot, need, Rung.NEAR, reach, count=2, asked=asked)
    choice = choose(around.candidates, need, Rung.NEAR, reach)
    return any(c.distance_m < away_m and c.station_id != holder for c in choice.ranked)
