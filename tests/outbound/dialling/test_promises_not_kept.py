"""What a supervisor sees of promised calls, and says of them."""

from datetime import timedelta
from typing import Any

import pytest

from callcenter.customers.consents.model import Channel
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.campaigns import repository as campaigns
from callcenter.outbound.campaigns import service as campaign_verbs
from callcenter.outbound.dialling.errors import NobodyToCall
from callcenter.outbound.dialling.model import OwnerCall
from callcenter.outbound.promises import service
from callcenter.outbound.promises.errors import (
    PromisedCallNotFound,
    PromiseNotBroken,
    PromiseOutsideHours,
    PromiseStopped,
)
from callcenter.outbound.promises.http import LATE
from callcenter.outbound.promises.wire import PromiseNotKept, not_kept_out
from tests.outbound.dialling.promising import Promising
from tests.outbound.dialling.test_by_campaign import calling
from tests.outbound.dialling.test_promises import THREE, TOMORROW, promising, says_no
from tests.outbound.scene import Scene

__all__ = ["calling", "promising"]

A_DAY_LATE = TOMORROW + timedelta(hours=1)
AFTER_LUNCH = A_DAY_LATE.replace(hour=14)
COMPLAINT = """
insert into tickets (id, number, kind, stage, priority, owner_id, opened_by)
select gen_random_uuid(), 'T1', 'complaint', 'in_progress', 1, owner_id, 'test' from touches limit 1
"""
WHO_PROMISED = """
select actor from events where kind = 'promised_call.made' and facts->>'promised_call_id' = $1
"""


async def seen(promising: Promising) -> list[PromiseNotKept]:
    rows = await promising.calling.floor.do(service.not_kept, LATE, 100)
    return [not_kept_out(row) for row in rows]


async def of_campaign(promising: Promising, verb: Any, *given: str) -> None:
    async def moved(tx: Tx) -> None:
        campaign = await campaigns.lock(tx, promising.scene.campaigns[0])
        await verb(tx, "test", campaign, *given)

    await promising.calling.floor.do(moved)


async def test_an_open_complaint_does_not_hold_whom_we_have_promised_a_call(
    promising: Promising, scene: Scene
):
    await promising.promises(THREE)
    await scene.connection.execute(COMPLAINT)
    await promising.clock(THREE)
    assert isinstance(await promising.takes(), OwnerCall)


async def test_late_by_half_an_hour_it_is_seen_with_who_promised_it(promising: Promising):
    await promising.promises(THREE)
    await promising.clock(THREE + LATE)
    assert await seen(promising) == []
    await promising.clock(THREE + LATE + timedelta(minutes=1))
    (late,) = await seen(promising)
    assert (late.state, late.reason, late.promised_by) == ("open", "", "agent0")
    await promising.clock(THREE + timedelta(hours=2))
    await promising.the_worker_looks()
    (late,) = await seen(promising)
    assert late.left_to_all_at == THREE + timedelta(hours=2)


async def test_a_pause_holds_it_and_is_the_reason_that_is_seen(promising: Promising):
    await promising.promises(THREE)
    await of_campaign(promising, campaign_verbs.pause, "wait")
    await promising.clock(THREE + timedelta(hours=1))
    assert isinstance(await promising.takes(), NobodyToCall)
    (late,) = await seen(promising)
    assert (late.state, late.reason) == ("open", "paused")
    await of_campaign(promising, campaign_verbs.resume)
    assert isinstance(await promising.takes(), OwnerCall)


async def test_what_is_broken_is_seen_until_one_person_has_dealt_with_it(promising: Promising):
    await promising.promises(THREE)
    await promising.clock(TOMORROW + timedelta(hours=1))
    await promising.the_worker_looks()
    (broken,) = await seen(promising)
    assert (broken.state, broken.reason) == ("broken", "expired")
    given = ("staff:x", broken.id, "called by hand")
    await promising.calling.floor.do(service.see_to, *given)
    assert await seen(promising) == []
    with pytest.raises(PromiseNotBroken):
        await promising.calling.floor.do(service.see_to, *given)
    with pytest.raises(PromisedCallNotFound):
        await promising.calling.floor.do(service.see_to, "staff:x", new_id(), "")


async def test_what_is_still_to_be_made_is_not_dealt_with_by_a_word(promising: Promising):
    await promising.promises(THREE)
    promise = await promising.scene.one("select id from promised_calls")
    with pytest.raises(PromiseNotBroken):
        await promising.calling.floor.do(service.see_to, "staff:x", promise, "")


async def broken_promise(promising: Promising) -> PromiseNotKept:
    """He was promised a call for tomorrow at three; nobody has called until the day after."""
    await promising.promises(THREE)
    await promising.clock(A_DAY_LATE)
    await promising.the_worker_looks()
    (broken,) = await seen(promising)
    return broken


async def is_called_again(promising: Promising, one: PromiseNotKept, *at: Any) -> Any:
    given = ("machine:crm", one.id, promising.calling.agent, *at)
    return await promising.calling.floor.attempt(service.call_again, *given)


async def test_a_supervisor_has_him_called_after_all_by_anybody_and_once(
    promising: Promising,
):
    broken = await broken_promise(promising)
    made = await is_called_again(promising, broken)
    assert (made.promised_by, made.due_at) == (promising.calling.agent, AFTER_LUNCH)
    assert await seen(promising) == []
    assert await promising.scene.one(WHO_PROMISED, str(made.id)) == "machine:crm"
    assert isinstance(await is_called_again(promising, broken), PromiseNotBroken)
    await promising.clock(made.due_at)
    colleague = await promising.another()
    one = await promising.takes(colleague)
    assert isinstance(one, OwnerCall)
    assert await promising.waiting() == []


async def test_who_has_refused_since_is_not_called_after_all(promising: Promising):
    broken = await broken_promise(promising)
    await says_no(promising, Channel.CALL)
    made = await is_called_again(promising, broken)
    await promising.clock(made.due_at)
    assert isinstance(await promising.takes(), NobodyToCall)


async def test_not_outside_the_hours_and_not_in_what_was_stopped(promising: Promising):
    broken = await broken_promise(promising)
    night = A_DAY_LATE.replace(hour=23)
    refused = await is_called_again(promising, broken, night)
    assert isinstance(refused, PromiseOutsideHours)
    await of_campaign(promising, campaign_verbs.stop, "wrong words")
    assert isinstance(await is_called_again(promising, broken), PromiseStopped)
    (still,) = await seen(promising)
    assert still.id == broken.id
