"""The same breakdown twice, on a rescue's page: what may be one, side by side; what is one."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from callcenter.places.gazetteer import KnownPlace
from callcenter.places.intake import Intake
from callcenter.portal.rescue_form import RescueForm
from callcenter.routing.merging import service as merging
from callcenter.routing.model import Dispatch
from callcenter.routing.repository import live_dispatch
from callcenter.stations import repository as stations
from callcenter.stations.model import Station
from callcenter.tickets import merges, proposals, repository
from callcenter.tickets.car import Car, car_of
from callcenter.tickets.errors import TicketNotFound
from callcenter.tickets.model import ENDED, Ticket
from callcenter.tickets.repository import TicketPlace
from callcenter.tickets.same_breakdown import Likeness
from callcenter.web.call import Call


@dataclass(frozen=True)
class Side:
    """One of two rescues, with what tells them apart."""

    ticket: Ticket
    car: Car
    place: TicketPlace | None
    near: KnownPlace | None
    held_by: Dispatch | None
    station: Station | None


@dataclass(frozen=True)
class Pair:
    """This rescue and one that may be the same breakdown. `this_may_go_on` and `other_may_go_on`:
    which way round they may be merged."""

    this: Side
    other: Side
    likeness: Likeness
    this_may_go_on: bool
    other_may_go_on: bool


async def same(call: Call, ticket: Ticket) -> dict[str, Any]:
    """What may be the same breakdown, and what was merged with it."""
    found = await proposals.proposals_for(call.tx, ticket)
    this = await _side(call, ticket)
    goes_on_in = await repository.lives_on_in(call.tx, ticket)
    return {
        "pairs": [
            _pair(this, await _side(call, p.ticket), p.likeness)
            for p in found[: proposals.MOST_PROPOSED]
        ],
        "goes_on_in": goes_on_in if goes_on_in.id != ticket.id else None,
        "goes_on_for": [
            await _side(call, one) for one in await repository.goes_on_for(call.tx, ticket.id)
        ],
    }


def _pair(this: Side, other: Side, likeness: Likeness) -> Pair:
    are_live = this.ticket.stage not in ENDED and other.ticket.stage not in ENDED
    mine = merging.how_far(this.ticket, this.held_by)
    theirs = merging.how_far(other.ticket, other.held_by)
    return Pair(this, other, likeness, are_live and mine >= theirs, are_live and theirs >= mine)


async def _side(call: Call, ticket: Ticket) -> Side:
    places = await repository.places_of(call.tx, ticket.id)
    place = next((p for p in places if p.id == ticket.place_id), places[-1] if places else None)
    held_by = await live_dispatch(call.tx, ticket.id)
    return Side(
        ticket,
        await car_of(call.tx, ticket),
        place,
        call.part(Intake).near(place.lat, place.lon) if place else None,
        held_by,
        await stations.get(call.tx, held_by.station_id) if held_by else None,
    )


async def merge_other(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    """This rescue goes on for the other one."""
    await _merge(call, ticket_id, await _other(call, form), form)


async def merge_into(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    """The other rescue goes on for this one."""
    await _merge(call, await _other(call, form), ticket_id, form)


async def _merge(call: Call, survivor_id: UUID, merged_id: UUID, form: RescueForm) -> None:
    await merging.merge(
        call.tx,
        call.actor.id,
        survivor_id,
        merged_id,
        reason=form.reason or "desk",
        turned_back=form.dispatch_id,
    )


async def tell_apart(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    """They are two breakdowns."""
    await merges.tell_apart(call.tx, call.actor.id, ticket_id, await _other(call, form))


async def undo_merge(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    """They are two after all: on the merged one's page, or on that of the one that goes on."""
    merged_id = form.other_id or ticket_id
    await merging.undo_merge(
        call.tx, call.actor.id, merged_id, form.reason or "desk", call.settings.routing
    )


async def _other(call: Call, form: RescueForm) -> UUID:
    """By a button of a proposal, or by the number a caller tells."""
    if form.other_id is not None:
        return form.other_id
    found = await repository.search(call.tx, limit=1, number=form.number.strip())
    if not found:
        raise TicketNotFound
    return found[0].id
