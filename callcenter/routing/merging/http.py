"""Routes of the same breakdown reported twice: proposed, merged, told apart, undone."""

from callcenter.routing.merging import service as merging
from callcenter.routing.merging.wire import (
    MergeDraft,
    MergeOut,
    NotTheSame,
    ProposalOut,
    SameBreakdownOut,
)
from callcenter.routing.rescue_wire import RescuePath
from callcenter.routing.wire import WithReason, of
from callcenter.tickets import merges, proposals
from callcenter.tickets import repository as tickets
from callcenter.tickets.proposals import Proposal
from callcenter.tickets.wire import TicketOut, ticket_out
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["dispatch"])
WRITE = Permission.DISPATCH_WRITE
PATH = "/api/v1/rescues/{ticket_id}"


@routes.get(f"{PATH}/same-breakdown", permission=Permission.DISPATCH_READ)
async def same_breakdown(call: Call, path: RescuePath) -> SameBreakdownOut:
    """Rescues that may be the same breakdown as this one, and what was merged into it."""
    ticket = await tickets.get(call.tx, path.ticket_id)
    found = await proposals.proposals_for(call.tx, ticket)
    return SameBreakdownOut(
        goes_on_in=(await tickets.lives_on_in(call.tx, ticket)).id,
        proposals=[_proposal_out(one) for one in found],
        merges=[of(MergeOut, one) for one in await merges.merges_into(call.tx, ticket.id)],
    )


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


def _proposal_out(one: Proposal) -> ProposalOut:
    metres = one.likeness.metres
    return of(
        ProposalOut,
        one.ticket,
        ticket_id=one.ticket.id,
        score=round(one.likeness.score, 2),
        signs=list(one.likeness.signs),
        distance_m=None if metres is None else round(metres, 1),
        seconds_apart=one.likeness.apart.total_seconds(),
    )
