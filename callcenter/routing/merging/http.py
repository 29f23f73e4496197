"""Routes of the same breakdown reported twice: proposed, merged, told apart, undone."""

from callcenter.routing.merging import service as merging
from callcenter.routing.merging.sides import side_by_side
from callcenter.routing.merging.wire import MergeDraft, MergeOut, NotTheSame, SameBreakdownOut
from callcenter.routing.rescue_wire import RescuePath
from callcenter.routing.wire import WithReason, of
from callcenter.tickets import merges
from callcenter.tickets import repository as tickets
from callcenter.tickets.errors import NotARescue
from callcenter.tickets.model import Kind
from callcenter.tickets.wire import TicketOut, ticket_out
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["dispatch"])
WRITE = Permission.DISPATCH_WRITE
PATH = "/api/v1/rescues/{ticket_id}"


@routes.get(f"{PATH}/same-breakdown", permission=Permission.DISPATCH_READ, problems=(409,))
async def same_breakdown(call: Call, path: RescuePath) -> SameBreakdownOut:
    """Rescues that may be the same breakdown as this one, and what was merged into it."""
    ticket = await tickets.get(call.tx, path.ticket_id)
    if ticket.kind is not Kind.RESCUE:
        raise NotARescue
    return await side_by_side(call, ticket)


@routes.post(f"{PATH}/merges", permission=WRITE, status=201, problems=(404, 409))
async def merge(call: Call, path: RescuePath, body: MergeDraft) -> MergeOut:
    """This rescue goes on for another one, too: that one's stations and its caller are told."""
    done = await merging.merge(
        call.tx,
        call.actor.id,
        path.ticket_id,
        body.merged_id,
        reason=body.reason,
        turned_back=body.turned_back,
    )
    return of(MergeOut, done)


@routes.post(f"{PATH}/merge-undoing", permission=WRITE, problems=(409,))
async def undo_merge(call: Call, path: RescuePath, body: WithReason) -> TicketOut:
    """The rescue was not the same after all: it comes back, and stations are asked again."""
    ticket = await merging.undo_merge(
        call.tx, call.actor.id, path.ticket_id, body.reason, call.settings.routing
    )
    return ticket_out(ticket, phones=call.actor.may(Permission.PHONES_READ))


@routes.post(f"{PATH}/not-the-same", permission=WRITE, problems=(404, 409))
async def tell_apart(call: Call, path: RescuePath, body: NotTheSame) -> SameBreakdownOut:
    """These are two breakdowns: they are not proposed again."""
    await merges.tell_apart(call.tx, call.actor.id, path.ticket_id, body.other_id)
    return await same_breakdown(call, path)
