"""The verbs of a touch behind its claim: begun, settled, its outcome, what follows it."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.model import Outcome, Touch, TouchState, weaker_than
from callcenter.outbound.policies.verdict import May, Verdict, Why
from callcenter.outbound.touches import about_cars
from callcenter.outbound.touches.claim import (
    SQL,
    STATE_AFTER,
    asked_since_his_no,
    is_followed,
    judge,
    reason_of,
    standing,
)
from callcenter.outbound.touches.model import Planned, bucket_of
from callcenter.outbound.touches.over import over_for
from callcenter.outbound.touches.ports import Follow, nothing_follows
from callcenter.outbound.touches.rows import touch_of

Settled = Literal[TouchState.SENT, TouchState.FAILED, TouchState.UNKNOWN]
TALK_S = 7200.0
"""No talk is longer: one that began before is nobody's any more."""
IN_LEDGER = {TouchState.SENT: "said", TouchState.UNKNOWN: "unknown"}


async def get(tx: Tx, touch_id: UUID) -> Touch:
    """As it is now; one that another row names, and therefore is there."""
    return touch_of(await SQL.touch_by_id(tx.connection, id=touch_id))


async def plan(tx: Tx, run_id: UUID, campaign_id: UUID, touches: Sequence[Planned]) -> None:
    """Ready from now on; what is there already (same run, owner, step and try) stays as it is."""
    await SQL.add_touches(
        tx.connection,
        run_id=run_id,
        campaign_id=campaign_id,
        ids=[new_id() for _ in touches],
        owner_ids=[one.owner_id for one in touches],
        vehicle_ids=[one.vehicle_id for one in touches],
        ticket_ids=[one.ticket_id for one in touches],
        steps=[one.step for one in touches],
        attempts=[one.attempt for one in touches],
        channels=[one.channel.value for one in touches],
        purposes=[one.purpose.value for one in touches],
        variants=[one.variant for one in touches],
        priorities=[one.priority for one in touches],
        buckets=[bucket_of(one.owner_id) for one in touches],
        due_ats=[one.due_at for one in touches],
        expires_ats=[one.expires_at for one in touches],
        promised=[one.promised_to for one in touches],
        promised_calls=[one.promised_call_id for one in touches],
    )


async def begin(
    tx: Tx,
    touch_id: UUID,
    *,
    by: str | None = None,
    message_id: UUID | None = None,
    call_id: UUID | None = None,
    following: Follow = nothing_follows,
) -> Verdict | None:
    """Claimed becomes sending, if it still may be: commit before anybody outside is called.

    Asked again under the owner's lock: his words, hours, holds, the campaign; and whether the run
    is over for him meanwhile, or his car is gone or another's. Any verdict but NOW gives the claim
    back. None: it is not this claimer's any more, and nothing may be sent.
    """
    owner = await SQL.lock_owner_of_touch(tx.connection, id=touch_id)
    if owner is None:
        return None
    rows = await standing(tx, [owner])
    if rows[0]["state"] != TouchState.CLAIMED:
        return None
    if why := await _over(tx, rows[0]):
        found = Verdict(May.WITHDRAWN, Why.RUN_OVER)
        await give_back(tx, touch_id, found, following, reason=why)
        return found
    found = judge(rows, [owner], await asked_since_his_no(tx, rows, [owner]))[0]
    if found.may is May.NOW and rows[0]["vehicle_id"] is not None:
        found = await _of_car(tx, touch_id, found)
    if found.may is not May.NOW:
        await give_back(tx, touch_id, found, following)
        return found
    row = await SQL.begin_touch(
        tx.connection,
        id=touch_id,
        by=by,
        message_id=message_id,
        call_id=call_id,
        at=rows[0]["at"],
    )
    return found if row is not None else None


async def _over(tx: Tx, row: Any) -> str | None:
    """A call that was promised is made all the same."""
    if row["promised_call_id"] is not None:
        return None
    return await over_for(tx, row["run_id"], row["owner_id"])


async def _of_car(tx: Tx, touch_id: UUID, found: Verdict) -> Verdict:
    why = await about_cars.stands_against(tx, touch_id)
    return Verdict(May.WITHDRAWN, why) if why else found


async def give_back(
    tx: Tx,
    touch_id: UUID,
    found: Verdict,
    following: Follow = nothing_follows,
    *,
    reason: str = "",
    ready_too: bool = False,
) -> None:
    """It was surely not sent: its contact does not count, and it waits or has ended as found. One
    that is not under way any more stays as it is, and nothing follows. `reason`: in other words
    than the verdict's; `ready_too`: whoever has the claim lost it meanwhile, and still decides."""
    row = await SQL.give_touch_back(
        tx.connection,
        id=touch_id,
        state=STATE_AFTER[found.may].value,
        reason=reason or reason_of(found),
        due_at=found.until,
        ready_too=ready_too,
    )
    if row is None:
        return
    await SQL.void_contacts(tx.connection, touch_ids=[touch_id])
    if is_followed(found, row):
        await following(tx, touch_of(row), state=STATE_AFTER[found.may])


async def pass_on(tx: Tx, touch_id: UUID, staff_id: UUID, reason: str) -> None:
    """An agent who has claimed it cannot do it: it is due at once, for all others."""
    await SQL.pass_touch_on(tx.connection, id=touch_id, staff_id=staff_id)
    await give_back(tx, touch_id, Verdict(May.LATER), reason=reason)


async def settle(
    tx: Tx,
    touch_id: UUID,
    state: Settled,
    *,
    reason: str = "",
    words: str = "",
    staff_id: UUID | None = None,
    following: Follow = nothing_follows,
) -> Touch | None:
    """Sent, failed (surely not said) or unknown. Unknown is settled once more when it is known;
    one that a provider had refused and then delivered all the same was sent. None: no change."""
    row = await SQL.settle_touch(tx.connection, id=touch_id, state=state.value, reason=reason)
    if row is None:
        return None
    if state is TouchState.FAILED:
        await SQL.void_contacts(tx.connection, touch_ids=[touch_id])
    else:
        await SQL.say_contact(
            tx.connection,
            touch_id=touch_id,
            state=IN_LEDGER[state],
            words=words,
            staff_id=staff_id,
        )
    touch = touch_of(row)
    await following(tx, touch, state=state)
    return touch


async def come_of(
    tx: Tx,
    touch_id: UUID,
    outcome: Outcome,
    *,
    following: Follow = nothing_follows,
    promised: str | None = None,
    survey_response_id: UUID | None = None,
) -> Touch | None:
    """Its outcome, and in the same transaction the touch that its run's plan wants next. None: the
    outcome was known already, or says less than the one that is kept; what was promised and which
    survey it led to stand with the contact all the same."""
    over = [one.value for one in weaker_than(outcome)]
    row = await SQL.keep_outcome(tx.connection, id=touch_id, outcome=outcome.value, over=over)
    if row is None and promised is None and survey_response_id is None:
        return None
    await SQL.contact_outcome(
        tx.connection,
        touch_id=touch_id,
        outcome=outcome.value if row else None,
        promised=promised,
        survey_response_id=survey_response_id,
    )
    if row is None:
        return None
    touch = touch_of(row)
    await following(tx, touch, outcome=outcome)
    return touch


async def wake(tx: Tx, campaign_id: UUID, most: int = 5000) -> int:
    """The campaign goes on: what waited for that is due now, so many at once; how many. Call it
    until none is left."""
    count: int = await SQL.wake_touches(tx.connection, campaign_id=campaign_id, most=most)
    return count


async def withdraw(tx: Tx, campaign_id: UUID, reason: str, most: int = 5000) -> int:
    """Ready touches of a stopped campaign, so many at once; how many. Call it until none is left.
    Those that are claimed are held back when they begin. What owners were promised outlives the
    end of its campaign, not its stop."""
    count: int = await SQL.withdraw_touches(
        tx.connection,
        campaign_id=campaign_id,
        reason=reason,
        most=most,
        promised_too=reason != Why.CAMPAIGN_OVER,
    )
    return count


async def lapse(
    tx: Tx, lease_s: float, most: int = 500, following: Follow = nothing_follows
) -> tuple[int, int]:
    """What a dead claimer left: claimed goes back, begun is unknown. How many of each."""
    rows = await SQL.lapsed_touches(tx.connection, lease_s=lease_s, talk_s=TALK_S, most=most)
    back = [row["id"] for row in rows if row["state"] == TouchState.CLAIMED]
    begun = [row["id"] for row in rows if row["state"] == TouchState.SENDING]
    for touch_id in back:
        await give_back(tx, touch_id, Verdict(May.LATER, Why.CLAIM_LAPSED))
    for touch_id in begun:
        await settle(tx, touch_id, TouchState.UNKNOWN, reason="claimer_died", following=following)
    return len(back), len(begun)
