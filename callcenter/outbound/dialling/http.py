"""Routes by which an agent calls owners: the next one shown, dialled or skipped, written up."""

import contextlib
from uuid import UUID

from callcenter.customers import service as customers
from callcenter.outbound.campaigns.why import why
from callcenter.outbound.dialling import before_agent, repository, service
from callcenter.outbound.dialling.errors import NobodyToCall
from callcenter.outbound.dialling.model import OwnerCall
from callcenter.outbound.dialling.touches import Touches
from callcenter.outbound.dialling.wire import (
    CameOf,
    MyOwnerCall,
    OwnerCallOut,
    OwnerCallPath,
    PromisedCalls,
    SkipBody,
    SurveyOfCall,
    owner_call_out,
    promised_out,
    times_out,
)
from callcenter.outbound.promises.wire import PromiseTimes
from callcenter.staff.errors import NotAPerson
from callcenter.stations.bookings.wire import BookingDraft, BookingOut, booking_out
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["outbound"])
WRITE = Permission.CALLS_WRITE
ONE = "/api/v1/owner-calls/{owner_call_id}"
PROMISED_AHEAD_DAYS = 14


@routes.get("/api/v1/owner-calls/mine", permission=WRITE)
async def get_my_owner_call(call: Call) -> MyOwnerCall:
    """Whom the agent has before him: on the line, or to look at before he dials."""
    return await _mine(call)


@routes.get("/api/v1/owner-calls/promised", permission=WRITE)
async def list_promised_calls(call: Call) -> PromisedCalls:
    """The call-backs that the agent has promised and not made yet, the next first."""
    found = await before_agent.promised(call.tx, _me(call))
    return PromisedCalls(items=[promised_out(one) for one in found])


@routes.post("/api/v1/owner-calls", permission=WRITE, problems=(409,))
async def take_owner_call(call: Call) -> MyOwnerCall:
    """The next owner for this agent, who looks first and then dials. Nobody else is shown him.
    Null: nobody may be called at this moment."""
    # Answered, not refused: what was found out of those who may not be called is kept.
    with contextlib.suppress(NobodyToCall):
        await service.take_next(call.tx, call.actor.id, _me(call), call.part(_TOUCHES))
    return await _mine(call)


@routes.post(f"{ONE}/dial", permission=WRITE, problems=(409,))
async def dial_owner(call: Call, path: OwnerCallPath) -> OwnerCallOut:
    """The agent's own telephone rings first. Ended: the owner may not be called any more."""
    given = (_me(call), path.owner_call_id, call.part(_TOUCHES))
    return await _out(call, await service.dial(call.tx, call.actor.id, *given))


@routes.post(f"{ONE}/skip", permission=WRITE, problems=(409,))
async def skip_owner(call: Call, path: OwnerCallPath, body: SkipBody) -> OwnerCallOut:
    """He is not called by this agent, and why: another may where it is the language, else he hears
    no more of this run."""
    given = (_me(call), path.owner_call_id, body.why, call.part(_TOUCHES))
    await service.skip(call.tx, call.actor.id, *given)
    return await _out(call, await repository.get(call.tx, path.owner_call_id))


@routes.post(f"{ONE}/survey", permission=WRITE, problems=(409,))
async def open_survey_of_call(call: Call, path: OwnerCallPath) -> SurveyOfCall:
    """The survey that the campaign asks in this call: the owner's own, as far as he has answered it
    on whatever way."""
    found = await before_agent.survey_of_call(call.tx, _me(call), path.owner_call_id)
    return SurveyOfCall(response_id=found)


@routes.get(f"{ONE}/promise-times", permission=WRITE)
async def list_promise_times(call: Call, path: OwnerCallPath) -> PromiseTimes:
    """When the owner before the agent may be promised a call-back."""
    given = (_me(call), path.owner_call_id, PROMISED_AHEAD_DAYS)
    return times_out(await before_agent.promise_times(call.tx, *given))


@routes.post(f"{ONE}/booking", permission=WRITE, status=201, problems=(404, 409))
async def book_in_owner_call(call: Call, path: OwnerCallPath, body: BookingDraft) -> BookingOut:
    """The owner's car is expected at a workshop, by this call: it counts as what came of it."""
    given = (call.actor.id, _me(call), path.owner_call_id, dict(body))
    return booking_out(await before_agent.book_in_call(call.tx, *given))


@routes.post(f"{ONE}/outcome", permission=WRITE, problems=(409, 422))
async def write_up_owner_call(call: Call, path: OwnerCallPath, body: CameOf) -> OwnerCallOut:
    """What came of the talk; the agent's wrap-up is over with it."""
    told = await service.came_of_talk(
        call.tx,
        call.actor.id,
        _me(call),
        path.owner_call_id,
        body.outcome,
        call.part(_TOUCHES),
        call.settings.queue,
        note=body.note,
        promised_at=body.promised_at,
    )
    return await _out(call, told)


async def _mine(call: Call) -> MyOwnerCall:
    mine = await before_agent.before_agent(call.tx, _me(call))
    due = await before_agent.owners_due(call.tx, _me(call))
    return MyOwnerCall(
        call=await _out(call, mine) if mine else None,
        due=due,
        next_at=None if due else await before_agent.next_due_at(call.tx, _me(call)),
    )


async def _out(call: Call, one: OwnerCall) -> OwnerCallOut:
    owner = await customers.get_owner(call.tx, one.owner_id)
    about = await before_agent.about(call.tx, one)
    reasons = await why(call.tx, one.touch_id, call.language)
    phones = call.actor.may(Permission.PHONES_READ)
    return owner_call_out(one, owner, about, reasons, phones=phones)


def _me(call: Call) -> UUID:
    if call.actor.staff_id is None:
        raise NotAPerson
    return call.actor.staff_id


# A Protocol stands for whatever was wired in its place.
_TOUCHES: type[Touches] = Touches  # type: ignore[type-abstract]
