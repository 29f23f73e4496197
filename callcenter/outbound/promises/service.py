"""The verbs of a promised call: made, tried again, kept or broken, left to all, seen to, promised
anew.

Locks: the owner's row where a claim holds it, then the promise.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.model import Outcome, Touch, TouchState, Way
from callcenter.outbound.promises.errors import (
    PromisedCallNotFound,
    PromiseNotBroken,
    PromiseStopped,
)
from callcenter.outbound.promises.events import (
    PromisedCallBroken,
    PromisedCallKept,
    PromisedCallLeftToAll,
    PromisedCallMade,
    PromisedCallSeenTo,
)
from callcenter.outbound.promises.model import (
    LIVES,
    PROMISED,
    Again,
    Broken,
    PromisedCall,
    PromiseState,
    after_try,
)
from callcenter.outbound.promises.times import SQL, times_of_touch
from callcenter.outbound.touches import service as touches
from callcenter.outbound.touches.model import Planned

ACTOR = "outbound"


async def make(
    tx: Tx, touch_id: UUID, staff_id: UUID | None, at: datetime | None = None
) -> PromisedCall:
    """The owner was told in this touch that he will be called: by this agent at that time, or
    (None) by any, as soon as it is allowed; a time that is over is as soon as it is allowed.

    Raises PromiseOutsideHours.
    """
    actor = f"staff:{staff_id}" if staff_id else ACTOR
    return await _make(tx, actor, touch_id, staff_id, at, his_alone=staff_id)


async def follow(
    tx: Tx, touch: Touch, *, state: TouchState | None = None, outcome: Outcome | None = None
) -> None:
    """A touch that was to keep a promise has come to an end, or its outcome is known: kept, tried
    again by an agent, or broken, which people are shown. No machine speaks instead."""
    assert touch.promised_call_id is not None, "it keeps a promise"
    promise = await lock(tx, touch.promised_call_id)
    tries = await SQL.tries(tx.connection, id=promise.id)
    found = after_try(outcome, state, touch.reason, was=promise.state, tries=tries)
    if isinstance(found, Again):
        await _settle(tx, promise, PromiseState.OPEN)
        times = await times_of_touch(tx, touch.id)
        due = times.first(await tx.now() + found.after)
        await _call(tx, touch, promise.id, touch.promised_to, due)
    elif isinstance(found, Broken):
        await _settle(tx, promise, PromiseState.BROKEN, found.reason)
    elif found is not None:
        await _settle(tx, promise, PromiseState.KEPT)


async def leave_to_all(tx: Tx, after: timedelta) -> int:
    """Promises that are still their agent's alone, though they were due when their owner might
    have been called for so long since: any agent of the group may take them now; how many."""
    now, left = await tx.now(), 0
    for row in await SQL.overdue_of_one_agent(tx.connection):
        times = await times_of_touch(tx, row["touch_id"])
        if times.when_open_for(row["due_at"], after) > now:
            continue
        left += await left_by_its_agent(tx, row["touch_id"])
    return left


async def left_by_its_agent(tx: Tx, touch_id: UUID) -> bool:
    """A promise that was one agent's alone is anybody's of the group from now on; False: it is
    not ready, or was nobody's own."""
    changed = await SQL.leave_to_all(tx.connection, touch_id=touch_id)
    if changed is None:
        return False
    await record(tx, PromisedCallLeftToAll(**_about(promise_of(changed))), actor=ACTOR)
    return True


async def forgotten(tx: Tx, most: int = 500) -> int:
    """Open ones that nothing is there any more to keep (their campaign was stopped, or whoever
    planned the call died): they are broken, and shown; how many."""
    found = await SQL.forgotten(tx.connection, most=most)
    for row in found:
        promise = await lock(tx, row["id"])
        # Behind the lock: a try that has just ended has planned the next one.
        if await SQL.is_forgotten(tx.connection, id=promise.id):
            await _settle(tx, promise, PromiseState.BROKEN)
    return len(found)


async def not_kept(tx: Tx, patience: timedelta, limit: int) -> Sequence[Any]:
    """What a supervisor has to see: calls that were due so long ago and are not made, and those
    that were not kept and nobody has seen to; the oldest first."""
    late = await SQL.late(tx.connection, patience=patience, limit=limit)
    broken = await SQL.broken(tx.connection, limit=limit)
    return sorted([*late, *broken], key=lambda row: (row["due_at"], row["id"]))


async def see_to(tx: Tx, actor: str, promised_call_id: UUID, note: str) -> PromisedCall:
    """Somebody has dealt with one that was broken. Raises PromisedCallNotFound,
    PromiseNotBroken."""
    promise = await lock(tx, promised_call_id)
    row = await SQL.see_to(tx.connection, id=promise.id, actor=actor, note=note)
    if row is None:
        raise PromiseNotBroken(state=promise.state.value)
    await record(tx, PromisedCallSeenTo(**_about(promise)), actor=actor)
    return promise_of(row)


async def call_again(
    tx: Tx, actor: str, promised_call_id: UUID, staff_id: UUID | None, at: datetime | None = None
) -> PromisedCall:
    """One that was broken is seen to by a promise of its own, which any agent of the group keeps,
    at that time or (None, or a time that is over) as soon as it is allowed. What the owner has
    said since the first one holds this one too: he has not asked again.

    Raises PromisedCallNotFound, PromiseNotBroken, PromiseStopped, PromiseOutsideHours.
    """
    broken = await see_to(tx, actor, promised_call_id, "")
    if await SQL.is_stopped(tx.connection, id=broken.campaign_id):
        raise PromiseStopped
    return await _make(tx, actor, broken.in_touch, staff_id, at, said_at=broken.promised_at)


async def lock(tx: Tx, promised_call_id: UUID) -> PromisedCall:
    """Raises PromisedCallNotFound."""
    row = await SQL.lock_promised_call(tx.connection, id=promised_call_id)
    if row is None:
        raise PromisedCallNotFound
    return promise_of(row)


async def get(tx: Tx, promised_call_id: UUID) -> PromisedCall:
    """Raises PromisedCallNotFound."""
    row = await SQL.get_promised_call(tx.connection, id=promised_call_id)
    if row is None:
        raise PromisedCallNotFound
    return promise_of(row)


def promise_of(row: Any) -> PromisedCall:
    """A row of `promised_calls`."""
    return PromisedCall(**(dict(row) | {"state": PromiseState(row["state"])}))


async def _make(
    tx: Tx,
    actor: str,
    in_touch: UUID,
    staff_id: UUID | None,
    at: datetime | None,
    *,
    said_at: datetime | None = None,
    his_alone: UUID | None = None,
) -> PromisedCall:
    touch = await touches.get(tx, in_touch)
    times = await times_of_touch(tx, in_touch)
    now = await tx.now()
    if at is None or at < now:
        at = times.first(now)
    times.must_allow(at)
    row = await SQL.insert_promised_call(
        tx.connection,
        id=new_id(),
        owner_id=touch.owner_id,
        campaign_id=touch.campaign_id,
        in_touch=in_touch,
        promised_by=staff_id,
        promised_at=said_at or now,
        due_at=at,
    )
    made = promise_of(row)
    await _call(tx, touch, made.id, his_alone, at)
    await record(tx, PromisedCallMade(**_about(made), staff_id=staff_id), actor=actor)
    return made


async def _call(
    tx: Tx, touch: Touch, promised_call_id: UUID, staff_id: UUID | None, at: datetime
) -> None:
    """The same step once more, by an agent, behind all its attempts and before all other calls."""
    times = await times_of_touch(tx, touch.id)
    tried = await SQL.last_attempt(
        tx.connection, run_id=touch.run_id, owner_id=touch.owner_id, step=touch.step
    )
    planned = Planned(
        owner_id=touch.owner_id,
        step=touch.step,
        channel=Way.AGENT_CALL,
        purpose=touch.purpose,
        priority=PROMISED,
        due_at=at,
        expires_at=times.when_open_for(at, LIVES),
        attempt=tried + 1,
        vehicle_id=touch.vehicle_id,
        ticket_id=touch.ticket_id,
        promised_to=staff_id,
        promised_call_id=promised_call_id,
    )
    await touches.plan(tx, touch.run_id, touch.campaign_id, [planned])


async def _settle(tx: Tx, promise: PromisedCall, state: PromiseState, reason: str = "") -> None:
    row = await SQL.settle_promised_call(
        tx.connection, id=promise.id, state=state.value, reason=reason
    )
    if row is None or state is PromiseState.OPEN:
        return
    about = _about(promise)
    if state is PromiseState.KEPT:
        await record(tx, PromisedCallKept(**about), actor=ACTOR)
    else:
        await record(tx, PromisedCallBroken(**about, reason=row["reason"]), actor=ACTOR)


def _about(promise: PromisedCall) -> dict[str, UUID]:
    return {"promised_call_id": promise.id, "campaign_id": promise.campaign_id}
