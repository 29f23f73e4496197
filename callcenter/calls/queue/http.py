"""Routes of the queue: the carrier puts callers in, the floor sees who waits."""

from datetime import timedelta

from callcenter.calls import contacts
from callcenter.calls.as_seen import call_as_seen
from callcenter.calls.queue import groups, service
from callcenter.calls.queue.repository import SQL
from callcenter.calls.queue.wire import (
    Entering,
    GroupFields,
    GroupOut,
    GroupPath,
    Groups,
    Queue,
    QueueQuery,
    WaitingOut,
    place_out,
)
from callcenter.calls.wire import CallOut, CallPath
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["hotline"])
READ, WRITE = Permission.CALLS_READ, Permission.CALLS_WRITE


@routes.post("/api/v1/calls/{call_id}/queue", permission=WRITE, status=201, problems=(409, 422))
async def enter(call: Call, path: CallPath, body: Entering) -> WaitingOut:
    """The caller waits for an agent of the group, or rings at one at once."""
    waits = await service.enter(
        call.tx,
        call.actor.id,
        path.call_id,
        call.settings.queue,
        **body.model_dump(),
    )
    wait = waits.estimate
    seconds = None if wait is None else round(wait.total_seconds())
    return WaitingOut(place_id=waits.place_id, ahead=waits.ahead, estimated_wait_s=seconds)


@routes.post("/api/v1/calls/{call_id}/call-back", permission=WRITE, problems=(404, 409, 422))
async def ask_call_back(call: Call, path: CallPath) -> CallOut:
    """The caller would rather be called back, in the place that he has."""
    rules = call.settings.queue
    ended = await contacts.ask_call_back(call.tx, call.actor.id, path.call_id, rules)
    return await call_as_seen(call, ended)


@routes.post("/api/v1/calls/{call_id}/connected", permission=WRITE, problems=(409,))
async def connected(call: Call, path: CallPath) -> CallOut:
    """The other end of a call of ours has picked up."""
    taken = await contacts.connected(call.tx, call.actor.id, path.call_id)
    return await call_as_seen(call, taken)


@routes.get("/api/v1/waiting", permission=READ)
async def list_queue(call: Call, query: QueueQuery) -> Queue:
    """Who waits, in the order of their turns."""
    rows = await SQL.list_queue(call.tx.connection, limit=query.limit)
    phones = call.actor.may(Permission.PHONES_READ)
    rings_for = timedelta(seconds=call.settings.queue.ring_s)
    places = [place_out(row, phones=phones, rings_for=rings_for) for row in rows]
    return Queue(at=await call.tx.now(), items=places)


@routes.get("/api/v1/hotline-groups", permission=READ)
async def list_groups(call: Call) -> Groups:
    """All groups of agents, and where their calls go on that wait too long."""
    rows = await SQL.list_groups(call.tx.connection)
    return Groups(items=[GroupOut(**dict(row)) for row in rows])


@routes.put("/api/v1/hotline-groups/{name}", permission=Permission.SUPERVISE, if_match=True)
async def keep_group(call: Call, path: GroupPath, body: GroupFields) -> GroupOut:
    """Change where its calls go on."""
    call.expects((await groups.get(call.tx, path.name))["version"])
    row = await groups.keep(call.tx, call.actor.id, path.name, body.model_dump())
    return GroupOut(**dict(row))
