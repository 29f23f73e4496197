"""Routes by which a desk drives a call, and dials."""

from uuid import UUID

from callcenter.calls.as_seen import call_as_seen
from callcenter.calls.control import repository, service
from callcenter.calls.control.errors import OrderNotFound
from callcenter.calls.control.model import SUPERVISED
from callcenter.calls.control.wire import (
    Course,
    DialIn,
    OrderIn,
    OrderOut,
    OrderPath,
    leg_out,
)
from callcenter.calls.wire import CallOut, CallPath
from callcenter.staff.errors import NotAPerson
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["calls"])
READ, WRITE = Permission.CALLS_READ, Permission.CALLS_WRITE


@routes.post("/api/v1/calls/{call_id}/orders", permission=WRITE, status=201, problems=(409, 422))
async def order(call: Call, path: CallPath, body: OrderIn) -> OrderOut:
    """Hold, consult, transfer, listen and so on; done a moment later, or refused (by its fact)."""
    if body.verb in SUPERVISED:
        call.require(Permission.SUPERVISE)
    callee = await body.to.found(call.tx) if body.to else None
    given = (path.call_id, _me(call), body.verb, callee)
    return OrderOut.of(await service.order(call.tx, call.actor.id, *given))


@routes.get("/api/v1/calls/{call_id}/orders/{order_id}", permission=READ)
async def get_order(call: Call, path: OrderPath) -> OrderOut:
    """Whether it is done."""
    found = await repository.get(call.tx, path.order_id)
    if found.call_id != path.call_id:
        raise OrderNotFound
    return OrderOut.of(found)


@routes.get("/api/v1/calls/{call_id}/course", permission=READ)
async def get_course(call: Call, path: CallPath) -> Course:
    """Who was on the line and when, and what was done with the call."""
    phones = call.actor.may(Permission.PHONES_READ)
    legs = await repository.SQL.legs_of_call(call.tx.connection, call_id=path.call_id)
    orders = await repository.of_call(call.tx, path.call_id)
    return Course(
        legs=[leg_out(row, phones=phones) for row in legs],
        orders=[OrderOut.of(one) for one in orders],
    )


@routes.post("/api/v1/dials", permission=WRITE, status=201, problems=(409, 422))
async def dial(call: Call, body: DialIn) -> CallOut:
    """Dial somebody by what the desk sees of him: the agent's phone rings first."""
    callee = await body.to.found(call.tx)
    made = await service.dial(call.tx, call.actor.id, _me(call), callee, body.ticket_id)
    return await call_as_seen(call, made)


def _me(call: Call) -> UUID:
    if call.actor.staff_id is None:
        raise NotAPerson
    return call.actor.staff_id
