"""A promised call is kept, or somebody is told."""

from datetime import datetime, timedelta

import pytest

from callcenter.calls.model import EndReason
from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel, Evidence, Purpose
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns import repository as campaigns
from callcenter.outbound.campaigns import service as campaign_verbs
from callcenter.outbound.campaigns.model import Campaign
from callcenter.outbound.dialling import before_agent
from callcenter.outbound.dialling.errors import NobodyToCall, OwnerCallNotFound
from callcenter.outbound.dialling.model import OwnerCall
from callcenter.outbound.model import Outcome
from tests.outbound.conftest import TUESDAY
from tests.outbound.dialling.promising import THEN_A_ROBOT, Promising
from tests.outbound.dialling.test_by_campaign import Calling, calling
from tests.outbound.scene import Scene, claim_all

__all__ = ["calling"]

SAID = "said"
THREE = TUESDAY.replace(hour=15)
TOMORROW = TUESDAY + timedelta(days=1)
SATURDAY_EVENING = datetime(2026, 3, 14, 18, 30, tzinfo=TUESDAY.tzinfo)
MONDAY = datetime(2026, 3, 16, 9, 30, tzinfo=TUESDAY.tzinfo)


@pytest.fixture
async def promising(calling: Calling, scene: Scene) -> Promising:
    """The plan's first step is an agent's call, then the voice and a text would follow."""
    plan = THEN_A_ROBOT.model_dump_json()
    for table in ("campaigns", "campaign_runs"):
        await scene.connection.execute(f"update {table} set plan = $1", plan)
    await scene.connection.execute("update touches set step = 0")
    return Promising(calling, scene)


async def is_about(scene: Scene, purpose: Purpose) -> None:
    for table in ("campaigns", "touches"):
        await scene.connection.execute(f"update {table} set purpose = $1", purpose.value)


async def says_no(promising: Promising, *channels: Channel) -> None:
    given = ("test", promising.calling.owner, channels, consents.Proof(Evidence.SAID_TO_AGENT))
    await promising.calling.floor.do(consents.silence, *given)


async def agrees_to(promising: Promising, purpose: Purpose, channel: Channel) -> None:
    given = ("test", promising.calling.owner, [(purpose, channel)])
    proof = consents.Proof(Evidence.PAPER)
    await promising.calling.floor.do(consents.give, *given, proof)


async def heard_from_us(promising: Promising) -> None:
    await promising.scene.connection.execute(
        "insert into contact_ledger (id, owner_id, channel, purpose, at, state)"
        " values (gen_random_uuid(), $1, 'text', 'satisfaction', now() - interval '1 day', $2)",
        *(promising.calling.owner, SAID),
    )


async def test_no_cap_holds_a_promise_and_it_counts_for_what_was_not_promised(
    promising: Promising, scene: Scene, database: Database
):
    """A text, a call, and "call me tomorrow": one more than the cap of two in 30 days."""
    await heard_from_us(promising)
    await promising.promises(TOMORROW)
    await promising.clock(TOMORROW)
    assert (await promising.takes()).owner_id == promising.calling.owner
    await scene.campaign()
    assert await claim_all(database) == []
    assert ("ready", "cap") in await scene.reasons()


async def test_who_pressed_for_a_person_needs_no_consent_to_be_called_by_one(
    promising: Promising, scene: Scene
):
    """He agreed to automated calls only, and was told that he will be called back."""
    await is_about(scene, Purpose.MARKETING)
    await agrees_to(promising, Purpose.MARKETING, Channel.AUTOMATED_CALL)
    await scene.connection.execute("update touches set channel = 'automated_call'")
    await promising.presses_two()
    assert (await promising.takes()).owner_id == promising.calling.owner


async def test_what_he_says_after_the_promise_holds_it_and_what_he_said_before_does_not(
    promising: Promising, scene: Scene
):
    await scene.connection.execute("update touches set channel = 'automated_call'")
    await says_no(promising, Channel.CALL)
    await promising.clock(TUESDAY + timedelta(minutes=1))
    await is_about(scene, Purpose.CONTRACT)
    await promising.presses_two()
    assert (taken := await promising.takes()).owner_id == promising.calling.owner
    await promising.clock(TUESDAY + timedelta(minutes=2))
    await says_no(promising, Channel.CALL)
    assert (await promising.calling.dials(taken)).call_id is None
    assert await promising.not_kept() == [("broken", "silent")]
    assert isinstance(await promising.takes(), NobodyToCall)


async def test_a_time_at_which_nobody_may_be_called_is_not_promised(promising: Promising):
    talked = await promising.talks(await promising.takes())
    late = TUESDAY.replace(hour=21)
    refused = await promising.says(talked, Outcome.CALL_BACK, late)
    assert refused.code == "promise_outside_hours"
    assert refused.facts["first"] == "03-11 09:00"
    assert await promising.waiting() == []
    await promising.says(talked, Outcome.CALL_BACK, THREE)
    assert await promising.waiting() == [("agent_call", promising.calling.agent)]


async def test_pressed_in_the_quiet_hours_it_is_the_first_moment_behind_them(
    promising: Promising, scene: Scene
):
    await is_about(scene, Purpose.CONTRACT)
    await scene.connection.execute("update touches set channel = 'automated_call'")
    noon = TUESDAY.replace(hour=11, minute=59)
    await promising.clock(noon)

    async def lunch() -> None:
        await promising.clock(noon + timedelta(minutes=2))

    await promising.presses_two(before=lunch)
    due = await scene.one("select due_at from touches where state = 'ready'")
    assert due == TUESDAY.replace(hour=14)


async def test_what_saturday_left_is_kept_on_monday(promising: Promising, scene: Scene):
    """On Sundays nobody may be called about this: a promise does not die of it."""
    await is_about(scene, Purpose.MARKETING)
    await agrees_to(promising, Purpose.MARKETING, Channel.CALL)
    await promising.clock(SATURDAY_EVENING - timedelta(hours=2))
    await promising.promises(SATURDAY_EVENING)
    await promising.clock(MONDAY)
    await promising.the_worker_looks()
    assert (await promising.takes()).owner_id == promising.calling.owner


async def test_the_end_of_a_campaign_is_not_the_end_of_its_promises(promising: Promising):
    await promising.promises(THREE)
    await moves(promising, "end")
    await promising.clock(THREE)
    assert isinstance(await promising.takes(), OwnerCall)


async def test_a_stopped_campaign_says_nothing_and_its_promises_are_shown(promising: Promising):
    await promising.promises(THREE)
    await moves(promising, "stop")
    await promising.the_worker_looks()
    assert await promising.not_kept() == [("broken", "campaign_stopped")]
    await promising.clock(THREE)
    assert isinstance(await promising.takes(), NobodyToCall)


async def test_stopped_while_an_agent_looks_nobody_is_dialled_and_it_is_shown(
    promising: Promising,
):
    await promising.promises(THREE)
    await promising.clock(THREE)
    taken = await promising.takes()
    await moves(promising, "stop")
    assert (await promising.calling.dials(taken)).call_id is None
    assert await promising.not_kept() == [("broken", "campaign_over")]


async def test_who_promised_and_does_not_come_leaves_it_to_his_group_in_time(
    promising: Promising,
):
    await promising.promises(THREE)
    other = await promising.another()
    await promising.clock(THREE + timedelta(minutes=119))
    await promising.the_worker_looks()
    assert isinstance(await promising.takes(other), NobodyToCall)
    await promising.clock(THREE + timedelta(hours=2))
    await promising.the_worker_looks()
    assert (await promising.takes(other)).staff_id == other


async def test_what_nobody_keeps_is_broken_for_all_to_see(promising: Promising):
    """Eight hours in which he might have been called: five on Tuesday, three on Wednesday."""
    await promising.promises(THREE)
    await promising.clock(TOMORROW.replace(hour=11, minute=59))
    await promising.the_worker_looks()
    assert await promising.not_kept() == [("open", "")]
    await promising.clock(TOMORROW.replace(hour=12))
    await promising.the_worker_looks()
    assert await promising.not_kept() == [("broken", "expired")]
    assert await promising.waiting() == []


@pytest.mark.parametrize("reason", [EndReason.BUSY, EndReason.NO_ANSWER])
async def test_not_reached_he_is_called_again_by_a_person_and_at_last_shown(
    promising: Promising, reason: EndReason
):
    await promising.promises(THREE)
    for tries in range(3):
        await promising.clock(THREE + tries * timedelta(hours=1, minutes=1))
        await promising.is_not_reached(await promising.takes(), reason)
        again = [("agent_call", promising.calling.agent)] if tries < 2 else []
        assert await promising.waiting() == again
    assert await promising.not_kept() == [("broken", "not_reached")]


async def test_a_promise_that_was_kept_is_nobodys_worry(promising: Promising):
    await promising.promises(THREE)
    await promising.clock(THREE)
    kept = await promising.talks(await promising.takes())
    await promising.says(kept, Outcome.NOTED)
    await promising.clock(TOMORROW + timedelta(days=2))
    await promising.the_worker_looks()
    assert await promising.not_kept() == []
    assert await promising.waiting() == []


async def moves(promising: Promising, verb: str) -> None:
    async def moved(tx: Tx) -> Campaign:
        campaign = await campaigns.lock(tx, promising.scene.campaigns[0])
        if verb == "end":
            return await campaign_verbs.end(tx, "test", campaign)
        return await campaign_verbs.stop(tx, "test", campaign, "wrong words")

    await promising.calling.floor.do(moved)


async def test_the_agent_is_told_when_he_may_promise_a_call_and_nobody_else_is(
    promising: Promising,
):
    one = await promising.talks(await promising.takes())
    given = (before_agent.promise_times, promising.calling.agent, one.id, 1)
    found = await promising.calling.floor.do(*given)
    assert found.zone == "Asia/Shanghai"
    assert found.spans == [
        (TUESDAY, TUESDAY.replace(hour=12)),
        (TUESDAY.replace(hour=14), TUESDAY.replace(hour=20)),
        (TOMORROW.replace(hour=9), TOMORROW),
    ]
    with pytest.raises(OwnerCallNotFound):
        await promising.calling.floor.do(
            before_agent.promise_times, await promising.another(), one.id, 1
        )


async def test_a_voice_mail_is_not_him_and_he_is_called_again(promising: Promising):
    """The switch says that it was answered; the agent knows by whom."""
    await promising.promises(THREE)
    await promising.clock(THREE)
    mailbox = await promising.talks(await promising.takes())
    assert await promising.not_kept() == []
    await promising.says(mailbox, Outcome.MACHINE)
    assert await promising.not_kept() == [("open", "")]
    assert await promising.waiting() == [("agent_call", promising.calling.agent)]


async def test_a_new_promise_takes_the_place_of_the_one_that_is_kept(promising: Promising):
    await promising.promises(THREE)
    await promising.clock(THREE)
    again = await promising.talks(await promising.takes())
    await promising.says(again, Outcome.CALL_BACK, TOMORROW)
    assert await promising.not_kept() == [("open", "")]
    await promising.clock(TOMORROW)
    assert isinstance(await promising.takes(), OwnerCall)
