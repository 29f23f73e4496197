"""Routes of promised calls that were not kept."""

from datetime import timedelta

from callcenter.outbound.promises import service
from callcenter.outbound.promises.wire import (
    PromiseAgain,
    PromisedAgain,
    PromisedCallPath,
    PromiseSeen,
    PromiseSeenTo,
    PromisesNotKept,
    not_kept_out,
)
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["outbound"])
LATE = timedelta(minutes=30)
MOST = 100


@routes.get("/api/v1/promised-calls/not-kept", permission=Permission.OUTBOUND_READ)
async def list_promises_not_kept(call: Call) -> PromisesNotKept:
    """Call-backs that owners were promised and have not had half an hour later, and those that are
    broken, until somebody has seen to them."""
    rows = await service.not_kept(call.tx, LATE, MOST)
    return PromisesNotKept(items=[not_kept_out(row) for row in rows])


@routes.post(
    "/api/v1/promised-calls/{promised_call_id}/seen-to",
    permission=Permission.OUTBOUND_WRITE,
    problems=(409,),
)
async def see_to_promised_call(
    call: Call, path: PromisedCallPath, body: PromiseSeenTo
) -> PromiseSeen:
    """Dealt with, by the person who says so: called by hand, written to, or let be."""
    given = (call.actor.id, path.promised_call_id, body.note.strip())
    seen = await service.see_to(call.tx, *given)
    assert seen.seen_to_at is not None, "it has just been seen to"
    return PromiseSeen(id=seen.id, seen_to_at=seen.seen_to_at)


@routes.post(
    "/api/v1/promised-calls/{promised_call_id}/again",
    permission=Permission.OUTBOUND_WRITE,
    problems=(409, 422),
    status=201,
)
async def promise_again(call: Call, path: PromisedCallPath, body: PromiseAgain) -> PromisedAgain:
    """The owner is to be called after all, by any agent of the group, before all other calls: a
    promise of its own stands for the one that was not kept."""
    given = (call.actor.id, path.promised_call_id, call.actor.staff_id, body.at)
    made = await service.call_again(call.tx, *given)
    return PromisedAgain(id=made.id, due_at=made.due_at)
