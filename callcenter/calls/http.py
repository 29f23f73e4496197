"""Routes of calls: the carrier's words, and the desk's."""

from callcenter.calls import contacts, export_http, samples, service
from callcenter.calls.agents import http as agents
from callcenter.calls.as_seen import call_as_seen, calls_as_seen, ringing_as_seen
from callcenter.calls.control import http as control
from callcenter.calls.queue import http as queue
from callcenter.calls.wire import (
    CallEnding,
    CallOut,
    CallPage,
    CallPath,
    CallQuery,
    CallTicket,
    Ringing,
    RingingOut,
    SampleCaller,
    SampleCallers,
)
from callcenter.phones import caller_of
from callcenter.tickets.http import draft_fields
from callcenter.tickets.wire import TicketDraft, TicketOut, ticket_out
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.installation import Installation
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["calls"])
READ, WRITE = Permission.CALLS_READ, Permission.CALLS_WRITE


@routes.post("/api/v1/calls", permission=WRITE, status=201)
async def ring(call: Call, body: Ringing) -> RingingOut:
    """The phone rings: who is it, and which cars are his?"""
    number, words = caller_of(body.caller)
    phone_call = await service.ring(call.tx, call.actor.id, body.carrier_ref, number, words)
    return await ringing_as_seen(call, phone_call)


@routes.get("/api/v1/calls", permission=READ)
async def list_calls(call: Call, query: CallQuery) -> CallPage:
    """Calls, newest first."""
    found = await service.listed(
        call.tx,
        limit=query.limit + 1,
        before=read_cursor(query.cursor),
        **query.asked(),
    )
    last = found[query.limit - 1] if len(found) > query.limit else None
    return CallPage(
        items=await calls_as_seen(call, found[: query.limit]),
        next_cursor=write_cursor(last.ringing_at, last.id) if last else None,
    )


@routes.get("/api/v1/calls/{call_id}", permission=READ)
async def get_call(call: Call, path: CallPath) -> RingingOut:
    """One call, with the owners its number belongs to."""
    return await ringing_as_seen(call, await service.get(call.tx, path.call_id))


@routes.post("/api/v1/calls/{call_id}/answer", permission=WRITE, problems=(409,))
async def answer(call: Call, path: CallPath) -> CallOut:
    """A person has picked up; a call of ours is dialled now, and answered when it is connected."""
    staff_id = call.actor.staff_id
    taken = await contacts.pick_up(call.tx, call.actor.id, path.call_id, staff_id)
    return await call_as_seen(call, taken)


@routes.post("/api/v1/calls/{call_id}/end", permission=WRITE, problems=(409,))
async def end(call: Call, path: CallPath, body: CallEnding) -> CallOut:
    """The line is closed."""
    rules = call.settings.queue
    ended = await contacts.end(call.tx, call.actor.id, path.call_id, body.reason, rules)
    return await call_as_seen(call, ended)


@routes.post("/api/v1/calls/{call_id}/tickets", permission=WRITE, status=201, problems=(409,))
async def open_ticket(call: Call, path: CallPath, body: TicketDraft) -> TicketOut:
    """Open a ticket out of this call."""
    ticket = await service.open_ticket(call.tx, call.actor.id, path.call_id, draft_fields(body))
    return ticket_out(ticket, phones=call.actor.may(Permission.PHONES_READ))


@routes.put("/api/v1/calls/{call_id}/ticket", permission=WRITE, problems=(409,))
async def attach(call: Call, path: CallPath, body: CallTicket) -> CallOut:
    """The call is about a ticket there is already; one that has another keeps it."""
    return await call_as_seen(
        call, await service.attach(call.tx, call.actor.id, path.call_id, body.ticket_id)
    )


@routes.get("/api/v1/sample-callers", permission=WRITE)
async def list_sample_callers(call: Call) -> SampleCallers:
    """Numbers that may ring in the demo; elsewhere none, since every number may be somebody's."""
    if not call.settings.demo:
        return SampleCallers(items=[])
    return SampleCallers(
        items=[
            SampleCaller(who="known", number=samples.SAMPLE_CALLER),
            SampleCaller(who="shared", number=samples.SHARED_PHONE),
            SampleCaller(who="unknown", number=samples.UNKNOWN_CALLER),
        ],
        place=call.part(Installation).sample_place,
    )


routes += [*export_http.routes, *agents.routes, *queue.routes, *control.routes]
