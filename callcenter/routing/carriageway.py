"""The side of the road the car stands on: a correction of it counts like another place, and the
station learns which way to come from."""

from uuid import UUID

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.routing import repository
from callcenter.routing.events import WayTold
from callcenter.tickets import repository as tickets
from callcenter.tickets.repository import TicketPlace


async def crosses_over(tx: Tx, place: TicketPlace) -> bool:
    """Whether the car was believed on the opposite side of the same road until now."""
    here, before = place.on_road, await _last_with_a_side(tx, place)
    if here is None or before is None or before.on_road is None:
        return False
    return here.is_other_carriageway(before.on_road)


async def tell_way(tx: Tx, ticket_id: UUID, place: TicketPlace) -> None:
    """The direction is known now and was not before: whoever is asked or under way is told."""
    if place.on_road is None or place.on_road.towards is None:
        return
    before = await _last_with_a_side(tx, place)
    if before is not None and before.on_road == place.on_road:
        return
    held_by = await repository.live_dispatch(tx, ticket_id)
    told = [held_by] if held_by else await repository.open_offers(tx, ticket_id)
    for one in told:
        offer_id = held_by.offer_id if held_by else one.id
        fact = WayTold(ticket_id=ticket_id, place_id=place.id, offer_id=offer_id)
        await record(tx, fact, actor="system", ticket_id=ticket_id, station_id=one.station_id)


async def _last_with_a_side(tx: Tx, place: TicketPlace) -> TicketPlace | None:
    """The place that counted last before this one and told the direction."""
    confirmed = [
        (one.confirmed_at, one)
        for one in await tickets.places_of(tx, place.ticket_id)
        if one.id != place.id and one.confirmed_at and one.on_road and one.on_road.towards
    ]
    return max(confirmed, key=lambda pair: pair[0], default=(None, None))[1]
