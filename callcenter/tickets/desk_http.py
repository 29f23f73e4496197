"""Routes of the desk beside the ticket itself: the search, and who else has a ticket open."""

from callcenter.customers.wire import owner_out, vehicle_out
from callcenter.tickets import readers, search
from callcenter.tickets.desk_wire import Presence, ReaderList, ReaderOut, SearchOut, SearchQuery
from callcenter.tickets.wire import TicketPath, ticket_out
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["tickets"])
READ = Permission.TICKETS_READ
PRESENCE = "/api/v1/tickets/{ticket_id}/presence"


@routes.get("/api/v1/search", permission=READ)
async def find(call: Call, query: SearchQuery) -> SearchOut:
    """Tickets, owners and cars by the few signs somebody types."""
    found = await search.find(call.tx, query.q)
    phones = call.actor.may(Permission.PHONES_READ)
    may_read = call.actor.may(Permission.CUSTOMERS_READ)
    return SearchOut(
        owners=[owner_out(owner, phones=phones) for owner in found.owners] if may_read else [],
        vehicles=[vehicle_out(vehicle) for vehicle in found.vehicles] if may_read else [],
        tickets=[ticket_out(ticket, phones=phones) for ticket in found.tickets],
        more=found.more,
    )


@routes.put(PRESENCE, permission=READ)
async def stay(call: Call, path: TicketPath, body: Presence) -> ReaderList:
    """I have this ticket open, still; who else? A machine is nobody's colleague and only asks."""
    me = call.actor.staff_id
    if me is not None:
        await readers.stay(call.tx, path.ticket_id, me, editing=body.editing)
    others = [
        ReaderOut(**vars(one))
        for one in await readers.readers_of(call.tx, path.ticket_id)
        if one.staff_id != me
    ]
    return ReaderList(items=others, beat_s=readers.BEAT_S)


@routes.delete(PRESENCE, permission=READ)
async def leave(call: Call, path: TicketPath) -> None:
    """I have closed it."""
    if call.actor.staff_id is not None:
        await readers.leave(call.tx, path.ticket_id, call.actor.staff_id)
