"""One rescue at the desk: safety first, the place, who would come, and its way to the safe car."""

from uuid import UUID

from callcenter.phones import masked
from callcenter.portal.attempt import Refused, attempt
from callcenter.portal.rescue_form import Notice, RescueForm
from callcenter.portal.rescue_verbs import VERBS, permission_for
from callcenter.portal.rescue_view import RescueQuery, told, where
from callcenter.portal.same_breakdown import same
from callcenter.portal.tow_view import tow_view
from callcenter.routing.towing import tows
from callcenter.routing.towing.tows import travels_of
from callcenter.tickets import repository
from callcenter.tickets.car import car_of
from callcenter.tickets.errors import NotARescue
from callcenter.tickets.model import Kind, Ticket
from callcenter.tickets.particulars import RescueParticulars
from callcenter.tickets.words import safety_words
from callcenter.web.call import Call
from callcenter.web.html import Html, Redirect
from callcenter.web.links import SignedLinks
from callcenter.web.pages import render
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])


class RescuePath(QueryModel):
    """The rescue in the address."""

    ticket_id: UUID


@routes.get("/desk/rescues/{ticket_id}", permission=Permission.TICKETS_READ)
async def rescue_page(call: Call, path: RescuePath, query: RescueQuery) -> Html:
    """The rescue as it stands."""
    return await _page(call, path.ticket_id, query)


@routes.post("/desk/rescues/{ticket_id}", permission=Permission.TICKETS_WRITE)
async def act(
    call: Call, path: RescuePath, query: RescueQuery, form: RescueForm
) -> Html | Redirect:
    """One button: done, or refused in words on the same page. Those that move a dispatch are not
    shown to experts, and not done for them."""
    call.require(permission_for(form.action))
    done = await attempt(call, VERBS[form.action](call, path.ticket_id, form))
    if done is None:
        return Redirect(f"/desk/rescues/{path.ticket_id}")
    return await _page(call, path.ticket_id, query, done, form)


async def _page(
    call: Call,
    ticket_id: UUID,
    query: RescueQuery,
    said: Refused | Notice | None = None,
    form: RescueForm | None = None,
) -> Html:
    ticket = await repository.get(call.tx, ticket_id)
    if ticket.kind is not Kind.RESCUE:
        raise NotARescue
    refused = said if isinstance(said, Refused) else None
    seen = await where(call, ticket, query, form)
    twice = await same(call, ticket)
    return render(
        call,
        "rescue.html",
        status=refused.status if refused else 200,
        problem=refused.words if refused else None,
        notice=None if refused else said,
        form=form,
        ticket=ticket,
        particulars=RescueParticulars.model_validate(ticket.particulars),
        car=await car_of(call.tx, ticket),
        phone=_phone(call, ticket),
        may_dispatch=call.actor.may(Permission.DISPATCH_WRITE),
        may_take=call.actor.may(Permission.ALARMS_TAKE),
        safety=safety_words(call.language, danger=ticket.danger, expressway=ticket.expressway),
        now=await call.tx.now(),
        owner_url=f"/o/{call.part(SignedLinks).make('owner', ticket_id)}",
        towed=await tow_view(call, await tows.latest(call.tx, ticket_id), with_others=True),
        by_station=False,
        travels=await travels_of(call.tx, ticket_id),
        **seen,
        **twice,
        **await told(call, (ticket, *(one.ticket for one in twice["goes_on_for"])), seen["places"]),
    )


def _phone(call: Call, ticket: Ticket) -> str:
    if ticket.caller_phone is None:
        return ""
    full = call.actor.may(Permission.PHONES_READ)
    return ticket.caller_phone if full else masked(ticket.caller_phone)
