"""Routes of the agent's own seat, and of who sits at the hotline."""

from uuid import UUID

from callcenter.calls import contacts
from callcenter.calls.agents import repository, service
from callcenter.calls.agents.wire import (
    AgentOut,
    AgentPath,
    Agents,
    PassingOn,
    ProfileFields,
    SeatOut,
    SeatWish,
    WrapUp,
    profile_fields,
    seat_fields,
)
from callcenter.calls.queue import repository as queue
from callcenter.calls.queue.errors import GroupUnknown
from callcenter.calls.wire import CallPath
from callcenter.staff import repository as staff
from callcenter.staff.errors import NotAPerson
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["hotline"])
READ, WRITE = Permission.CALLS_READ, Permission.CALLS_WRITE


@routes.get("/api/v1/me/seat", permission=WRITE)
async def my_seat(call: Call) -> SeatOut:
    """The agent's own seat; 404 for who has not taken one yet."""
    return SeatOut.of(await repository.get(call.tx, _me(call)))


@routes.put("/api/v1/me/seat", permission=WRITE, problems=(409,))
async def offer_myself(call: Call, body: SeatWish) -> SeatOut:
    """What the agent offers: at once, or when his contact is over."""
    rules = call.settings.queue
    seat = await contacts.offer_myself(call.tx, call.actor.id, _me(call), body.offer(), rules)
    return SeatOut.of(seat)


@routes.put("/api/v1/me/seat/beat", permission=WRITE, status=204)
async def beat(call: Call) -> None:
    """The agent's browser is there: said every two seconds, else he is out of the queue in five."""
    await contacts.beat(call.tx, call.actor.id, _me(call), call.settings.queue)


@routes.post("/api/v1/me/seat/wrap-up", permission=WRITE, problems=(409,))
async def wrap_up(call: Call, body: WrapUp) -> SeatOut:
    """The call is written up, with what came of it."""
    given = (body.disposition, body.note, call.settings.queue)
    return SeatOut.of(await contacts.wrap_up(call.tx, call.actor.id, _me(call), *given))


@routes.post("/api/v1/calls/{call_id}/pass-on", permission=WRITE, problems=(409,))
async def pass_on(call: Call, path: CallPath, body: PassingOn) -> SeatOut:
    """What rings at the agent goes to another, and he is away."""
    given = (path.call_id, _me(call), body.reason, call.settings.queue)
    return SeatOut.of(await contacts.pass_on(call.tx, call.actor.id, *given))


@routes.get("/api/v1/agents", permission=READ)
async def list_agents(call: Call) -> Agents:
    """Everybody at the hotline now."""
    rows = await repository.SQL.list_seats(call.tx.connection)
    return Agents(
        items=[
            AgentOut(
                **seat_fields(repository.seat_of(row)),
                **profile_fields(repository.profile_in(row)),
                name=row["name"],
            )
            for row in rows
        ]
    )


@routes.get("/api/v1/agents/{staff_id}/profile", permission=Permission.SUPERVISE)
async def get_profile(call: Call, path: AgentPath) -> ProfileFields:
    """Which calls a colleague takes."""
    await staff.get(call.tx, path.staff_id)
    return ProfileFields(**profile_fields(await repository.profile(call.tx, path.staff_id)))


@routes.put("/api/v1/agents/{staff_id}/profile", permission=Permission.SUPERVISE, problems=(422,))
async def keep_profile(call: Call, path: AgentPath, body: ProfileFields) -> ProfileFields:
    """Which calls he takes from the next pick on."""
    await staff.get(call.tx, path.staff_id)
    unknown = body.profile().groups - (await queue.groups(call.tx)).keys()
    if unknown:
        raise GroupUnknown(group=min(unknown))
    await service.keep_profile(call.tx, call.actor.id, path.staff_id, body.profile())
    return body


def _me(call: Call) -> UUID:
    if call.actor.staff_id is None:
        raise NotAPerson
    return call.actor.staff_id
