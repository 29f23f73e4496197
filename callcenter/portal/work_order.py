"""The work order of a rescue (派工单) on a sheet of A4: what people at the road need in hand."""

from dataclasses import dataclass

import segno
from markupsafe import Markup

from callcenter.phones import masked
from callcenter.portal.tow_view import tow_view
from callcenter.routing import reading
from callcenter.routing.rescue_wire import RescuePath
from callcenter.routing.towing import tows
from callcenter.routing.wire import DispatchOut
from callcenter.stations import repository as stations
from callcenter.stations.model import Station, Truck
from callcenter.tickets import repository
from callcenter.tickets.car import car_of
from callcenter.tickets.errors import NotARescue
from callcenter.tickets.model import Kind, Ticket
from callcenter.tickets.particulars import RescueParticulars
from callcenter.tickets.words import safety_words
from callcenter.web.call import Call
from callcenter.web.html import Html
from callcenter.web.pages import render
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])


class LanguageQuery(QueryModel):
    """Only the language."""

    lang: str = ""


@dataclass(frozen=True)
class Sent:
    """Who goes: the last dispatch of the rescue, its station and its truck."""

    dispatch: DispatchOut
    station: Station
    truck: Truck | None


@routes.get("/work-orders/{ticket_id}", permission=Permission.TICKETS_READ)
async def work_order(call: Call, path: RescuePath, query: LanguageQuery) -> Html:
    """As it stands now, to be printed; the telephone is masked for who need not see it."""
    ticket = await repository.get(call.tx, path.ticket_id)
    if ticket.kind is not Kind.RESCUE:
        raise NotARescue
    places = await repository.places_of(call.tx, ticket.id)
    place = next((one for one in places if one.id == ticket.place_id), None)
    return render(
        call,
        "work_order.html",
        ticket=ticket,
        particulars=RescueParticulars.model_validate(ticket.particulars),
        car=await car_of(call.tx, ticket),
        phone=_phone(call, ticket),
        place=place,
        safety=safety_words(call.language, danger=ticket.danger, expressway=ticket.expressway),
        sent=await _sent(call, ticket),
        towed=await tow_view(call, await tows.latest(call.tx, ticket.id), with_others=False),
        now=await call.tx.now(),
        code=code_of(f"{call.settings.base_url}/console/rescues/{ticket.id}"),
    )


def code_of(address: str) -> Markup:
    """The address as a QR code. It opens nothing for who is not signed in: paper gets lost."""
    # Without a size of its own, so that the sheet's style may say how large it is.
    return Markup(segno.make(address, error="m").svg_inline(border=4, omitsize=True))


async def _sent(call: Call, ticket: Ticket) -> Sent | None:
    dispatches = (await reading.rescue(call.tx, ticket.id)).dispatches
    if not dispatches:
        return None
    last = max(dispatches, key=lambda one: one.accepted_at)
    station = await stations.get(call.tx, last.station_id)
    truck = next((one for one in station.trucks if one.id == last.truck_id), None)
    return Sent(last, station, truck)


def _phone(call: Call, ticket: Ticket) -> str:
    if ticket.caller_phone is None:
        return ""
    full = call.actor.may(Permission.PHONES_READ)
    return ticket.caller_phone if full else masked(ticket.caller_phone)
