"""Who is shown which owner before he dials, and what an agent's skip sets going."""

from datetime import timedelta
from uuid import UUID

import pytest

from callcenter.calls.agents.model import Profile
from callcenter.outbound.dialling import before_agent, service
from callcenter.outbound.dialling.errors import NobodyToCall
from callcenter.outbound.dialling.model import OwnerCall
from callcenter.outbound.dialling.pacing import Mode
from callcenter.outbound.model import Skip
from tests.outbound.conftest import TUESDAY
from tests.outbound.dialling.promising import Promising
from tests.outbound.dialling.test_by_campaign import calling
from tests.outbound.dialling.test_promises import THREE, promising
from tests.outbound.scene import Scene

__all__ = ["calling", "promising"]

DIALLED = """
insert into campaign_dialling (campaign_id, mode, group_name, cap, machine, version)
values ($1, $2, $3, 0.03, 'not_asked', 1)
"""


async def skips(promising: Promising, why: Skip) -> None:
    one, me = await promising.takes(), promising.calling.agent
    given = (f"staff:{me}", me, one.id, why, promising.calling.touches)
    await promising.calling.floor.do(service.skip, *given)


@pytest.mark.parametrize("why", [why for why in Skip if why is not Skip.NOT_MY_LANGUAGE])
async def test_whom_a_person_does_not_call_no_machine_calls_instead(
    promising: Promising, scene: Scene, why: Skip
):
    await skips(promising, why)
    assert await promising.waiting() == []
    assert await scene.reasons() == {("skipped", why.value)}
    (ledger,) = await promising.calling.floor.rows("select state from contact_ledger")
    assert ledger["state"] == "void"


async def test_who_does_not_speak_his_language_leaves_him_to_one_who_does(promising: Promising):
    await skips(promising, Skip.NOT_MY_LANGUAGE)
    assert isinstance(await promising.takes(), NobodyToCall)
    assert await due(promising) == 0
    other = await promising.another()
    assert isinstance(await promising.takes(other), OwnerCall)


async def test_a_promise_in_a_language_that_he_does_not_speak_is_anybodys(promising: Promising):
    await promising.promises(THREE)
    await promising.clock(THREE)
    await skips(promising, Skip.NOT_MY_LANGUAGE)
    assert isinstance(await promising.takes(), NobodyToCall)
    assert isinstance(await promising.takes(await promising.another()), OwnerCall)


async def test_a_promise_that_an_agent_skips_is_shown_unless_they_spoke(promising: Promising):
    await promising.promises(THREE)
    await promising.clock(THREE)
    await skips(promising, Skip.KNOWN_DISPUTE)
    assert await promising.not_kept() == [("broken", "known_dispute")]


async def test_a_promise_is_kept_by_him_who_has_spoken_to_him_today(promising: Promising):
    await promising.promises(THREE)
    await promising.clock(THREE)
    await skips(promising, Skip.SPOKE_TODAY)
    assert await promising.not_kept() == []


async def test_an_expert_is_not_shown_whom_the_desk_is_to_call(promising: Promising):
    expert = await promising.calling.floor.agent("expert")
    await promising.ready(expert)
    assert isinstance(await promising.takes(expert), NobodyToCall)
    assert await due(promising, expert) == 0
    assert isinstance(await promising.takes(), OwnerCall)


async def test_the_group_that_was_chosen_calls_and_no_other(promising: Promising, scene: Scene):
    given = (scene.campaigns[0], Mode.PREVIEW.value, "expert")
    await scene.connection.execute(DIALLED, *given)
    expert = await promising.calling.floor.agent("expert")
    await promising.ready(expert)
    assert isinstance(await promising.takes(), NobodyToCall)
    assert await due(promising, expert) == 1
    assert isinstance(await promising.takes(expert), OwnerCall)


@pytest.mark.parametrize("mode", [Mode.PROGRESSIVE, Mode.PREDICTIVE])
async def test_whom_the_machine_dials_is_not_looked_at_first_but_a_promise_is(
    promising: Promising, scene: Scene, mode: Mode
):
    await promising.promises(THREE)
    await scene.connection.execute(DIALLED, scene.campaigns[0], mode.value, "desk")
    owners = await scene.add_owners(1)
    await scene.campaign(owners)
    await promising.clock(THREE)
    assert (await promising.takes()).owner_id == promising.calling.owner
    assert isinstance(await promising.takes(await promising.another()), NobodyToCall)


@pytest.mark.parametrize(("speaks", "is_shown"), [("zh", False), ("en", True)])
async def test_he_is_shown_owners_whose_language_he_speaks(
    promising: Promising, scene: Scene, speaks: str, is_shown: bool
):
    await scene.connection.execute("update owners set language = 'en'")
    profile = Profile(frozenset({"desk"}), frozenset({speaks}), frozenset())
    agent = await promising.calling.floor.agent(profile=profile)
    await promising.ready(agent)
    assert await due(promising, agent) == is_shown
    found = await promising.takes(agent)
    assert isinstance(found, OwnerCall if is_shown else NobodyToCall)


async def test_a_call_that_no_agent_asks_for_in_time_goes_on_by_its_plan(
    promising: Promising, scene: Scene
):
    """Nobody of the group is there: it does not wait for ever."""
    await promising.clock(TUESDAY + timedelta(days=31))
    await promising.the_worker_looks()
    assert await promising.waiting() == [("automated_call", None)]


async def due(promising: Promising, agent: UUID | None = None) -> int:
    found: int = await promising.calling.floor.do(
        before_agent.owners_due, agent or promising.calling.agent
    )
    return found


async def test_at_night_he_is_told_when_somebody_may_be_called_again(promising: Promising):
    me = promising.calling.agent
    await promising.clock(TUESDAY + timedelta(hours=11))
    touches = promising.calling.touches
    assert await promising.calling.floor.do(touches.next_for, f"staff:{me}", me) == []
    assert await due(promising) == 0
    morning = await promising.calling.floor.do(before_agent.next_due_at, me)
    assert morning == TUESDAY + timedelta(hours=22)
    await promising.clock(morning)
    await promising.ready()
    assert await due(promising) == 1
    assert isinstance(await promising.takes(), OwnerCall)
