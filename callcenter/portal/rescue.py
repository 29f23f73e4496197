"""One rescue at the desk: safety first, the place, who would come, and its way to the safe car."""

from typing import Any
from uuid import UUID

from callcenter.db import events
from callcenter.phones import masked
from callcenter.places.intake import Intake
from callcenter.portal.attempt import attempt
from callcenter.portal.picture import picture_of
from callcenter.portal.rescue_verbs import VERBS, RescueForm
from callcenter.routing import reading
from callcenter.routing.candidates import Spot, need_of, preview
from callcenter.stations import repository as stations
from callcenter.tickets import repository
from callcenter.tickets.car import car_of
from callcenter.tickets.model import UNDER_DISPATCH, Ticket
from callcenter.tickets.particulars import RescueParticulars
from callcenter.tickets.words import safety_words
from callcenter.web.call import Call
from callcenter.web.html import Html, Redirect
from callcenter.web.installation import Installation
from callcenter.web.links import SignedLinks
from callcenter.web.pages import render
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])
SHOWN_EVENTS = 100


class RescuePath(QueryModel):
    """The rescue in the address."""

    ticket_id: UUID


class LanguageQuery(QueryModel):
    """Only the language."""

    lang: str = ""


@routes.get("/desk/rescues/{ticket_id}", permission=Permission.TICKETS_READ)
async def rescue_page(call: Call, path: RescuePath, query: LanguageQuery) -> Html:
    """The rescue as it stands."""
    return await _page(call, path.ticket_id)


@routes.post("/desk/rescues/{ticket_id}", permission=Permission.DISPATCH_WRITE)
async def act(call: Call, path: RescuePath, form: RescueForm) -> Html | Redirect:
    """One button: done, or refused in words on the same page."""
    if problem := await attempt(call, VERBS[form.action](call, path.ticket_id, form)):
        return await _page(call, path.ticket_id, problem, form)
    return Redirect(f"/desk/rescues/{path.ticket_id}")


async def _page(
    call: Call, ticket_id: UUID, problem: str | None = None, form: RescueForm | None = None
) -> Html:
    ticket = await repository.get(call.tx, ticket_id)
    rescue = await reading.rescue(call.tx, ticket_id)
    places = await repository.places_of(call.tx, ticket_id)
    place = next((p for p in places if p.id == ticket.place_id), None)
    choice = await _would_come(call, ticket, place or (places[-1] if places else None))
    named = {c.station_id for c in (*choice.ranked, *choice.passed_over)} if choice else set()
    asked = {o.station_id for o in rescue.offers} | {d.station_id for d in rescue.dispatches}
    known = {s: await stations.get(call.tx, s) for s in named | asked}
    sql, connection = repository.SQL, call.tx.connection
    answers = await sql.answers_of(connection, ticket_id=ticket_id)
    return render(
        call,
        "rescue.html",
        status=409 if problem else 200,
        problem=problem,
        form=form,
        ticket=ticket,
        told=RescueParticulars.model_validate(ticket.particulars),
        car=await car_of(call.tx, ticket),
        phone=_phone(call, ticket),
        safety=safety_words(call.language, danger=ticket.danger, expressway=ticket.expressway),
        emergencies=await sql.emergencies_of(connection, ticket_id=ticket_id),
        rescue=rescue,
        places=list(reversed(places)),
        place=place,
        sample_place=None if places else _sample_place(call, ticket),
        near=call.part(Intake).near(place.lat, place.lon) if place else None,
        answers=answers,
        choice=choice,
        stations=known,
        picture=picture_of(place, choice, rescue, known, call.part(Intake).gazetteer),
        timeline=list(reversed(await events.timeline(call.tx, ticket_id)))[:SHOWN_EVENTS],
        notes=await sql.notes_of(connection, ticket_id=ticket_id),
        under_dispatch=ticket.stage in UNDER_DISPATCH,
        now=await call.tx.now(),
        owner_url=f"/o/{call.part(SignedLinks).make('owner', ticket_id)}",
    )


async def _would_come(call: Call, ticket: Ticket, place: Any) -> Any:
    if place is None:
        return None
    need = await need_of(call.tx, ticket, place.province)
    spot = Spot(place.lat, place.lon, place.province)
    rung, choice = await preview(call.tx, spot, need, call.settings.routing)
    return reading.preview_out(rung.value, choice, limit=4)


def _sample_place(call: Call, ticket: Ticket) -> str | None:
    """What the demo's sample caller would say."""
    installed = call.part(Installation)
    is_his = ticket.caller_phone is not None and ticket.caller_phone == installed.sample_caller
    return installed.sample_place if is_his else None


def _phone(call: Call, ticket: Ticket) -> str:
    if ticket.caller_phone is None:
        return ""
    full = call.actor.may(Permission.PHONES_READ)
    return ticket.caller_phone if full else masked(ticket.caller_phone)
