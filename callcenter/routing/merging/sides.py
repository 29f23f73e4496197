"""Two rescues side by side: what may be the same breakdown, and what is one already."""

from callcenter.places.intake import Intake
from callcenter.routing.merging import service as merging
from callcenter.routing.merging.wire import MergeOut, ProposalOut, SameBreakdownOut, SideOut
from callcenter.routing.model import Dispatch
from callcenter.routing.repository import live_dispatch
from callcenter.routing.wire import of
from callcenter.stations import repository as stations
from callcenter.tickets import merges, proposals
from callcenter.tickets import repository as tickets
from callcenter.tickets.car import car_of
from callcenter.tickets.model import ENDED, Ticket
from callcenter.tickets.particulars import RescueParticulars
from callcenter.tickets.proposals import Proposal
from callcenter.tickets.repository import TicketPlace
from callcenter.web.call import Call


async def side_by_side(call: Call, ticket: Ticket) -> SameBreakdownOut:
    """This rescue beside each that may be the same, and beside those merged into it."""
    found = await proposals.proposals_for(call.tx, ticket)
    shown = found[: proposals.MOST_PROPOSED]
    goes_on = await tickets.lives_on_in(call.tx, ticket)
    joined = await tickets.goes_on_for(call.tx, ticket.id)
    return SameBreakdownOut(
        this=await _side(call, ticket),
        goes_on_in=goes_on.id,
        goes_on=await _side(call, goes_on) if goes_on.id != ticket.id else None,
        goes_on_for=[await _side(call, one) for one in joined],
        proposals=[await _proposal(call, ticket, one) for one in shown],
        merges=[of(MergeOut, one) for one in await merges.merges_into(call.tx, ticket.id)],
    )


async def _proposal(call: Call, ticket: Ticket, one: Proposal) -> ProposalOut:
    other = one.ticket
    are_live = ticket.stage not in ENDED and other.stage not in ENDED
    mine = merging.how_far(ticket, await live_dispatch(call.tx, ticket.id))
    theirs = merging.how_far(other, await live_dispatch(call.tx, other.id))
    metres = one.likeness.metres
    return of(
        ProposalOut,
        other,
        side=await _side(call, other),
        this_may_go_on=are_live and mine >= theirs,
        other_may_go_on=are_live and theirs >= mine,
        ticket_id=other.id,
        score=round(one.likeness.score, 2),
        signs=list(one.likeness.signs),
        distance_m=None if metres is None else round(metres, 1),
        seconds_apart=one.likeness.apart.total_seconds(),
    )


async def _side(call: Call, ticket: Ticket) -> SideOut:
    places = await tickets.places_of(call.tx, ticket.id)
    place = next((p for p in places if p.id == ticket.place_id), places[-1] if places else None)
    car, held_by = await car_of(call.tx, ticket), await live_dispatch(call.tx, ticket.id)
    station_zh, station_en = await _station_of(call, held_by)
    return of(
        SideOut,
        ticket,
        ticket_id=ticket.id,
        fault=RescueParticulars.model_validate(ticket.particulars).fault,
        car=car.model,
        plate=car.plate,
        where=place.words if place else "",
        near=_near(call, place) if place else "",
        dispatch_id=held_by.id if held_by else None,
        dispatch_stage=held_by.stage if held_by else None,
        station_zh=station_zh,
        station_en=station_en,
    )


async def _station_of(call: Call, held_by: Dispatch | None) -> tuple[str, str]:
    if held_by is None:
        return "", ""
    station = await stations.get(call.tx, held_by.station_id)
    return station.name_zh, station.name_en


def _near(call: Call, place: TicketPlace) -> str:
    town = call.part(Intake).near(place.lat, place.lon)
    return town.en if call.language == "en" or not town.zh else town.zh
