"""Routes of calls: the carrier's words, and the desk's."""

from callcenter.calls import export_http, service
from callcenter.calls.model import Call as PhoneCall
from callcenter.calls.wire import (
    CallEnding,
    CallOut,
    CallPage,
    CallPath,
    CallQuery,
    CallTicket,
    Ringing,
    RingingOut,
    call_out,
)
from callcenter.customers import service as customers
from callcenter.customers.wire import owner_out
from callcenter.phones import caller_of
from callcenter.tickets.http import draft_fields
from callcenter.tickets.wire import TicketDraft, TicketOut, ticket_out
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["calls"])
READ, WRITE = Permission.CALLS_READ, Permission.CALLS_WRITE


@routes.post("/api/v1/calls", permission=WRITE, status=201)
async def ring(call: Call, body: Ringing) -> RingingOut:
    """The phone rings: who is it, and which cars are his?"""
    number, words = caller_of(body.caller)
    phone_call = await service.ring(call.tx, call.actor.id, body.carrier_ref, number, words)
    return await _with_owners(call, phone_call)


@routes.get("/api/v1/calls", permission=READ)
async def list_calls(call: Call, query: CallQuery) -> CallPage:
    """Calls, newest first."""
    found = await service.listed(
        call.tx, limit=query.limit + 1, live=query.live, before=read_cursor(query.cursor)
    )
    last = found[query.limit - 1] if len(found) > query.limit else None
    return CallPage(
        items=[_out(call, c) for c in found[: query.limit]],
        next_cursor=write_cursor(last.ringing_at, last.id) if last else None,
    )


@routes.get("/api/v1/calls/{call_id}", permission=READ)
async def get_call(call: Call, path: CallPath) -> RingingOut:
    """One call, with the owners its number belongs to."""
    return await _with_owners(call, await service.get(call.tx, path.call_id))


@routes.post("/api/v1/calls/{call_id}/answer", permission=WRITE, problems=(409,))
async def answer(call: Call, path: CallPath) -> CallOut:
    """A person has picked up."""
    staff_id = call.actor.staff_id
    return _out(call, await service.answer(call.tx, call.actor.id, path.call_id, staff_id))


@routes.post("/api/v1/calls/{call_id}/end", permission=WRITE, problems=(409,))
async def end(call: Call, path: CallPath, body: CallEnding) -> CallOut:
    """The line is closed."""
    return _out(call, await service.end(call.tx, call.actor.id, path.call_id, body.reason))


@routes.post("/api/v1/calls/{call_id}/tickets", permission=WRITE, status=201, problems=(409,))
async def open_ticket(call: Call, path: CallPath, body: TicketDraft) -> TicketOut:
    """Open a ticket out of this call."""
    ticket = await service.open_ticket(call.tx, call.actor.id, path.call_id, draft_fields(body))
    return ticket_out(ticket, phones=_phones(call))


@routes.put("/api/v1/calls/{call_id}/ticket", permission=WRITE, problems=(409,))
async def attach(call: Call, path: CallPath, body: CallTicket) -> CallOut:
    """The call is about a ticket there is already; one that has another keeps it."""
    return _out(call, await service.attach(call.tx, call.actor.id, path.call_id, body.ticket_id))


async def _with_owners(call: Call, phone_call: PhoneCall) -> RingingOut:
    found = await customers.find_by_phone(call.tx, phone_call.caller) if phone_call.caller else []
    owners = [owner_out(owner, phones=_phones(call)) for owner in found]
    return RingingOut(call=_out(call, phone_call), owners=owners)


def _out(call: Call, phone_call: PhoneCall) -> CallOut:
    return call_out(phone_call, phones=_phones(call))


def _phones(call: Call) -> bool:
    return call.actor.may(Permission.PHONES_READ)


routes += export_http.routes
