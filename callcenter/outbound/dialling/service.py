"""The verbs of a call to an owner. Locks: the call to the owner, its touch, the call, the seat."""

from datetime import datetime
from uuid import UUID

from callcenter.calls import contacts
from callcenter.calls import service as calls
from callcenter.calls.agents import repository as seats
from callcenter.calls.agents.errors import SeatMoveRefused
from callcenter.calls.agents.model import Contact
from callcenter.calls.control import service as control
from callcenter.calls.control.model import Callee, Party
from callcenter.calls.model import CallState, EndReason
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.outbound.dialling import repository
from callcenter.outbound.dialling.errors import (
    CallStillOn,
    NobodyToCall,
    OwnerCallMoveRefused,
    OwnerCallNotFound,
    OwnerCallOpen,
    PromiseNeedsTime,
)
from callcenter.outbound.dialling.events import (
    OwnerCallConnected,
    OwnerCallDialled,
    OwnerCallEnded,
    OwnerCallSkipped,
    OwnerCallTaken,
)
from callcenter.outbound.dialling.model import (
    BY_AGENT,
    Begun,
    NotCalled,
    OwnerCall,
    OwnerCallState,
    came_of,
)
from callcenter.outbound.dialling.repository import SQL, call_of
from callcenter.outbound.dialling.touches import Touches, Unsaid
from callcenter.outbound.model import Outcome, Skip
from callcenter.settings import QueueSettings


async def take_next(tx: Tx, actor: str, staff_id: UUID, touches: Touches) -> OwnerCall:
    """The next owner for this agent, who looks first and then dials.

    Raises OwnerCallOpen, SeatMissing, SeatMoveRefused while he is in a contact, NobodyToCall.
    """
    seat = await seats.lock(tx, staff_id)
    if seat.contact is not Contact.NONE:
        raise SeatMoveRefused(contact=seat.contact.value)
    if await repository.open_of(tx, staff_id) is not None:
        raise OwnerCallOpen
    while found := await touches.next_for(tx, actor, staff_id):
        touch = found[0]
        said = await touches.said(tx, touch)
        if isinstance(said, Unsaid):
            await touches.skip(tx, touch.id, said.reason)
            continue
        taken = await repository.take(tx, touch, said, Begun.PREVIEW, staff_id)
        if taken is not None:
            fact = OwnerCallTaken(**_about(taken), staff_id=staff_id)
            await record(tx, fact, actor=actor)
            return taken
        await touches.unknown(tx, touch.id, "called_before")
    raise NobodyToCall


async def skip(
    tx: Tx, actor: str, staff_id: UUID, owner_call_id: UUID, why: Skip, touches: Touches
) -> None:
    """He does not call him. Another agent may, where it is the language; else the run is over for
    this owner: what a person has held back no machine says. Raises OwnerCallNotFound,
    OwnerCallMoveRefused."""
    mine = await _mine(tx, owner_call_id, staff_id)
    _must_be(mine, OwnerCallState.TAKEN)
    if why is Skip.NOT_MY_LANGUAGE:
        await touches.pass_on(tx, mine.touch_id, staff_id, why.value)
    else:
        await touches.drop(tx, mine.touch_id, why.value)
    await SQL.end_owner_call(tx.connection, id=mine.id, outcome=None, note=why.value)
    await record(tx, OwnerCallSkipped(**_about(mine), why=why.value), actor=actor)


async def dial(
    tx: Tx, actor: str, staff_id: UUID, owner_call_id: UUID, touches: Touches
) -> OwnerCall:
    """His own telephone rings first, then the owner's: both once this is committed. Ended: the
    owner may not be called any more, and nobody is.

    Raises OwnerCallNotFound, OwnerCallMoveRefused, SeatMissing, SeatMoveRefused.
    """
    mine = await _mine(tx, owner_call_id, staff_id)
    _must_be(mine, OwnerCallState.TAKEN)
    if not await touches.sending(tx, mine.touch_id, actor):
        await end(tx, actor, mine, None, "not_to_be_called")
        return await repository.get(tx, mine.id)
    whom = Callee(Party.OUTSIDE, number=mine.number)
    call = await control.dial(tx, actor, staff_id, whom, None)
    return await dialling(tx, actor, mine, call.id)


async def dialling(tx: Tx, actor: str, taken: OwnerCall, call_id: UUID) -> OwnerCall:
    """The switch is asked next. Raises OwnerCallMoveRefused."""
    row = await SQL.owner_call_dialling(tx.connection, id=taken.id, call_id=call_id)
    if row is None:
        raise OwnerCallMoveRefused(state=(await repository.get(tx, taken.id)).state.value)
    fact = OwnerCallDialled(**_about(taken), mode=taken.mode.value)
    await record(tx, fact, actor=actor)
    return call_of(row)


async def answered(tx: Tx, owner_call: OwnerCall) -> None:
    """The owner is there, and hears us or waits for an agent."""
    await SQL.owner_call_answered(tx.connection, id=owner_call.id)


async def connected(
    tx: Tx, actor: str, owner_call_id: UUID, staff_id: UUID, touches: Touches
) -> None:
    """He speaks with an agent, so the touch is done, however long they speak; said again, nothing
    changes."""
    row = await SQL.owner_call_connected(tx.connection, id=owner_call_id, staff_id=staff_id)
    if row is not None:
        one = call_of(row)
        answered = Outcome.ANSWERED
        await touches.outcome(tx, one.touch_id, answered, words=one.words, staff_id=staff_id)
        await record(tx, OwnerCallConnected(**_about(one), staff_id=staff_id), actor=actor)


async def call_ended(tx: Tx, actor: str, call_id: UUID, touches: Touches) -> None:
    """The call is over, whoever saw it: what its record says of it stands, once.

    Of a talk the agent says what came of it (`came_of_talk`); until then he was answered. Of a call
    by keys nobody says more, where it has ended in the middle.
    """
    one = await repository.of_call(tx, call_id)
    if one is None or one.state is OwnerCallState.ENDED:
        return
    call = await SQL.is_called(tx.connection, call_id=call_id)
    reason = EndReason(call["end_reason"])
    legs = await repository.owner_legs(tx, call_id)
    found = came_of(reason, talked=call["talked"], owner_legs=legs)
    if found is Outcome.ANSWERED and one.connected_at is not None:
        # Said when he was; what he has answered or booked since is a later word.
        return
    if isinstance(found, Outcome):
        await touches.outcome(tx, one.touch_id, found, words=one.words, staff_id=one.staff_id)
        if found is Outcome.ANSWERED and one.mode is not Begun.KEYS:
            return
    elif found is NotCalled.SURELY:
        await touches.give_back(tx, one.touch_id, "not_dialled")
    else:
        await touches.unknown(tx, one.touch_id, "line_lost")
    await end(tx, actor, one, found if isinstance(found, Outcome) else None)


async def written_up(tx: Tx, actor: str, call_id: UUID) -> None:
    """The agent has written the call up at his seat, and says no more of it."""
    one = await repository.of_call(tx, call_id)
    if one is not None and one.state is not OwnerCallState.ENDED:
        await end(tx, actor, one, Outcome.ANSWERED)


async def end(tx: Tx, actor: str, one: OwnerCall, outcome: Outcome | None, note: str = "") -> None:
    """It is over; the first word counts."""
    row = await SQL.end_owner_call(
        tx.connection, id=one.id, outcome=outcome.value if outcome else None, note=note
    )
    if row is not None:
        told = outcome.value if outcome else None
        await record(tx, OwnerCallEnded(**_about(one), outcome=told), actor=actor)


async def came_of_talk(
    tx: Tx,
    actor: str,
    staff_id: UUID,
    owner_call_id: UUID,
    outcome: Outcome,
    touches: Touches,
    rules: QueueSettings,
    *,
    note: str = "",
    promised_at: datetime | None = None,
) -> OwnerCall:
    """What the agent says came of his talk; his wrap-up is over with it. A call-back is promised by
    him, at that time.

    Raises OwnerCallNotFound, CallStillOn, PromiseNeedsTime, PromiseOutsideHours,
    OwnerCallMoveRefused for an outcome that no agent can tell.
    """
    mine = await _mine(tx, owner_call_id, staff_id)
    await _must_be_over(tx, mine)
    if outcome not in BY_AGENT:
        raise OwnerCallMoveRefused(state=outcome.value)
    if (outcome is Outcome.CALL_BACK) != (promised_at is not None):
        raise PromiseNeedsTime
    if promised_at is not None and promised_at <= await tx.now():
        raise PromiseNeedsTime
    promised = f"call_back {promised_at.isoformat()}" if promised_at else ""
    await touches.outcome(
        tx, mine.touch_id, outcome, words=mine.words, staff_id=staff_id, promised=promised
    )
    if promised_at is not None:
        await touches.promise(tx, mine.touch_id, staff_id, promised_at)
    await end(tx, actor, mine, outcome, note)
    await _written_up(tx, actor, mine, outcome, note, rules)
    return await repository.get(tx, mine.id)


async def _must_be_over(tx: Tx, mine: OwnerCall) -> None:
    if mine.state in (OwnerCallState.TAKEN, OwnerCallState.ENDED) or mine.call_id is None:
        raise OwnerCallMoveRefused(state=mine.state.value)
    if (await calls.get(tx, mine.call_id)).state is not CallState.ENDED:
        raise CallStillOn


async def _written_up(
    tx: Tx, actor: str, mine: OwnerCall, outcome: Outcome, note: str, rules: QueueSettings
) -> None:
    seat = await seats.SQL.get_seat(tx.connection, staff_id=mine.staff_id)
    if seat is None or (seat["call_id"], seat["contact"]) != (mine.call_id, Contact.WRAP_UP):
        return
    assert mine.staff_id is not None, "it is an agent's"
    given = (BY_AGENT[outcome], note or None, rules)
    await contacts.wrap_up(tx, actor, mine.staff_id, *given)


async def _mine(tx: Tx, owner_call_id: UUID, staff_id: UUID) -> OwnerCall:
    one = await repository.lock(tx, owner_call_id)
    if one.staff_id != staff_id:
        raise OwnerCallNotFound
    return one


def _must_be(one: OwnerCall, state: OwnerCallState) -> None:
    if one.state is not state:
        raise OwnerCallMoveRefused(state=one.state.value)


def _about(one: OwnerCall) -> dict[str, UUID]:
    return {"owner_call_id": one.id, "campaign_id": one.campaign_id}
