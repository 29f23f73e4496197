"""What a touch's end or outcome sets going, in the transaction in which it is written."""

from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound import wrong_address
from callcenter.outbound.campaigns import repository
from callcenter.outbound.campaigns.follow import (
    Next,
    after_end,
    after_outcome,
    ends_all,
    ends_steps,
    is_tried_again,
)
from callcenter.outbound.campaigns.plan import Plan
from callcenter.outbound.campaigns.repository import SQL
from callcenter.outbound.model import Outcome, Touch, TouchState, Way
from callcenter.outbound.promises import service as promises
from callcenter.outbound.touches.over import over_for


async def after_touch(
    tx: Tx, touch: Touch, *, state: TouchState | None = None, outcome: Outcome | None = None
) -> None:
    """A touch has come to an end (`state`), or its `outcome` is known: the next one is made, once,
    or what still waits for the owner in this run is withdrawn. A call that was promised is
    followed by itself alone, until it is kept. For whom the run is over, nothing is made."""
    await _keep_what_is_wrong(tx, touch, state, outcome)
    if touch.promised_call_id is not None:
        await promises.follow(tx, touch, state=state, outcome=outcome)
        return
    plan = await repository.plan(tx, touch.run_id)
    now = await tx.now()
    if outcome is not None and (ends_all(plan, outcome) or ends_steps(plan, touch, outcome)):
        await SQL.withdraw_rest(
            tx.connection, run_id=touch.run_id, owner_id=touch.owner_id, reason=outcome.value
        )
        return
    following = None
    if outcome is Outcome.DELIVERED:
        await _put_off(tx, touch, after_end(plan, touch, TouchState.SENT, now))
    elif outcome is not None:
        zone = await SQL.zone_of(tx.connection, owner_id=touch.owner_id)
        following = after_outcome(plan, touch, outcome, now, zone)
        if following is not None and is_tried_again(touch, following):
            await _wait_for(tx, touch, plan, following)
    elif state is not None:
        following = after_end(plan, touch, state, now)
    if following is not None and not await over_for(tx, touch.run_id, touch.owner_id):
        await _make(tx, touch, plan, following)


async def _keep_what_is_wrong(
    tx: Tx, touch: Touch, state: TouchState | None, outcome: Outcome | None
) -> None:
    if outcome is Outcome.WRONG_NUMBER:
        await wrong_address.number_is_wrong(tx, touch)
    if state is TouchState.FAILED and touch.channel is Way.EMAIL:
        await wrong_address.letter_failed(tx, touch)


async def _wait_for(tx: Tx, touch: Touch, plan: Plan, again: Next) -> None:
    """The next way, where its end has made it, waits until this one was tried again."""
    await _put_off(tx, touch, after_end(plan, touch, TouchState.UNKNOWN, again.due_at))


async def _put_off(tx: Tx, touch: Touch, following: Next | None) -> None:
    """It has reached him after all: he has his time before he hears of it on another way."""
    if following is not None:
        await SQL.put_off(
            tx.connection,
            run_id=touch.run_id,
            owner_id=touch.owner_id,
            step=following.step,
            due_at=following.due_at,
            expires_at=following.expires_at,
        )


async def _make(tx: Tx, touch: Touch, plan: Plan, following: Next) -> None:
    way = plan.steps[following.step].way
    if following.step != touch.step:
        # Undelivered, reported later than sent: the step that waits is due now instead.
        moved = await SQL.bring_forward(
            tx.connection,
            run_id=touch.run_id,
            owner_id=touch.owner_id,
            step=following.step,
            due_at=following.due_at,
            expires_at=following.expires_at,
        )
        if moved:
            return
    priority = await SQL.priority_of_campaign(tx.connection, id=touch.campaign_id)
    if priority is None:
        return
    await SQL.add_touch(
        tx.connection,
        **_of(touch, following, way),
        priority=priority,
        promised_to=None,
    )


def _of(touch: Touch, following: Next, way: Way) -> dict[str, object]:
    return {
        "id": new_id(),
        "run_id": touch.run_id,
        "campaign_id": touch.campaign_id,
        "owner_id": touch.owner_id,
        "vehicle_id": touch.vehicle_id,
        "ticket_id": touch.ticket_id,
        "step": following.step,
        "attempt": following.attempt,
        "channel": way.value,
        "purpose": touch.purpose.value,
        "due_at": following.due_at,
        "expires_at": following.expires_at,
    }
