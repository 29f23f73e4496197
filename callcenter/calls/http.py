"""Routes of calls: the carrier's words, and the desk's."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from callcenter.calls import export_http, samples, service
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
    SampleCaller,
    SampleCallers,
    call_out,
)
from callcenter.customers import service as customers
from callcenter.customers.model import Owner
from callcenter.customers.wire import owner_out
from callcenter.phones import caller_of
from callcenter.tickets import repository as tickets
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
    return await _with_owners(call, phone_call)


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
        items=await _outs(call, found[: query.limit]),
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
    return await _out(call, await service.answer(call.tx, call.actor.id, path.call_id, staff_id))


@routes.post("/api/v1/calls/{call_id}/end", permission=WRITE, problems=(409,))
async def end(call: Call, path: CallPath, body: CallEnding) -> CallOut:
    """The line is closed."""
    return await _out(call, await service.end(call.tx, call.actor.id, path.call_id, body.reason))


@routes.post("/api/v1/calls/{call_id}/tickets", permission=WRITE, status=201, problems=(409,))
async def open_ticket(call: Call, path: CallPath, body: TicketDraft) -> TicketOut:
    """Open a ticket out of this call."""
    ticket = await service.open_ticket(call.tx, call.actor.id, path.call_id, draft_fields(body))
    return ticket_out(ticket, phones=_phones(call))


@routes.put("/api/v1/calls/{call_id}/ticket", permission=WRITE, problems=(409,))
async def attach(call: Call, path: CallPath, body: CallTicket) -> CallOut:
    """The call is about a ticket there is already; one that has another keeps it."""
    return await _out(
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


async def _with_owners(call: Call, phone_call: PhoneCall) -> RingingOut:
    found = await customers.find_by_phone(call.tx, phone_call.caller) if phone_call.caller else []
    owners = [owner_out(owner, phones=_phones(call)) for owner in found]
    names = {owner.id: owner.name for owner in found}
    return RingingOut(
        call=_written(call, phone_call, names),
        owners=owners,
        tickets=await _already(call, phone_call, found),
    )


async def _already(call: Call, phone_call: PhoneCall, owners: Sequence[Owner]) -> list[TicketOut]:
    if not call.actor.may(Permission.TICKETS_READ):
        return []
    found = await tickets.live_of_caller(
        call.tx,
        phone_call.caller,
        [owner.id for owner in owners],
        [vehicle.id for owner in owners for vehicle in owner.vehicles],
    )
    return [ticket_out(ticket, phones=_phones(call)) for ticket in found]


async def _out(call: Call, phone_call: PhoneCall) -> CallOut:
    return (await _outs(call, [phone_call]))[0]


async def _outs(call: Call, found: Sequence[PhoneCall]) -> list[CallOut]:
    names = await customers.names_by_phone(call.tx, [one.caller for one in found if one.caller])
    return [_written(call, one, names.get(one.caller or "", {})) for one in found]


def _written(call: Call, phone_call: PhoneCall, owners: Mapping[UUID, str]) -> CallOut:
    return call_out(phone_call, phones=_phones(call), owners=owners)


def _phones(call: Call) -> bool:
    return call.actor.may(Permission.PHONES_READ)


routes += export_http.routes
