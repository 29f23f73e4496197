"""Campaigns whose groups share agents: each agent is dialled for once, on a real Asterisk."""

import asyncio
from collections.abc import Collection

import pytest

from callcenter.calls.agents.model import Profile
from callcenter.calls.agents.service import keep_profile
from callcenter.telephony.owners.lines import Lines
from tests.service import eventually
from tests.telephony.dialled import Dialled
from tests.telephony.scene import AGENT_HZ, THIRD_HZ, hearing
from tests.telephony.sip.call import SipCall
from tests.telephony.sip.sound import tone

LOOKS_S = 2.5
CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
GROUPS = [
    pytest.param("desk", id="one-group"),
    pytest.param("complaint", id="shared-agents"),
]


def only_of(lines: Lines, groups: Collection[str]) -> list[float]:
    """As it was: nobody looks at what rings for others."""
    return []


@pytest.mark.parametrize(
    "blind", [pytest.param(False, id="seen"), pytest.param(True, id="control", marks=CONTROL)]
)
@pytest.mark.parametrize("group", GROUPS)
async def test_two_campaigns_dial_one_owner_for_one_agent(
    dialled: Dialled, monkeypatch: pytest.MonkeyPatch, group: str, blind: bool
):
    if blind:
        monkeypatch.setattr(Lines, "chances", only_of)
    dialled.owners.carrier.on_ring = SipCall.ring
    other = await dialled.another_campaign()
    await dialled.set(other, group=group)
    await dialled.agent()
    await dialled.owner("+8613800138001")
    await other.add(dialled.owners.database, "+8613800138002")
    await dialled.serve()
    first = await dialled.owners.carrier.next_call()
    await asyncio.sleep(LOOKS_S)
    assert dialled.owners.carrier.incoming.empty(), "two owners ring for one agent"
    first.refuse(486)
    await dialled.owners.carrier.next_call()


async def test_who_is_of_no_common_group_is_dialled_for_beside(dialled: Dialled):
    """What rings for others does not hold up agents whom it cannot need."""
    other = await dialled.another_campaign()
    await dialled.set(other, group="technical")
    floor = dialled.desks.floor
    for extension, group in (("101", "desk"), ("102", "technical")):
        who, _ = await dialled.agent(extension, ready=False)
        given = Profile(frozenset({group}), frozenset({"zh"}), frozenset())
        await floor.do(keep_profile, "test", who, given)
        await floor.ready(who)
    await dialled.owner("+8613800138001")
    await other.add(dialled.owners.database, "+8613800138002")
    await dialled.serve()
    for _ in range(2):
        (await dialled.owners.carrier.next_call()).ring()


async def test_a_group_that_is_changed_while_it_rings_is_dialled_for_no_second_time(
    dialled: Dialled,
):
    """Who rings for the group before is still to have its agent, and gets him."""
    _, phone = await dialled.agent()
    phone.on_ring = SipCall.answer
    for number in ("+8613800138001", "+8613800138002"):
        await dialled.owner(number)
    await dialled.serve()
    owner = await dialled.owners.carrier.next_call()
    await dialled.set(dialled.owners.touches, group="complaint", version=1)
    await asyncio.sleep(LOOKS_S)
    assert dialled.owners.carrier.incoming.empty(), "two owners ring for one agent"
    owner.answer()
    await owner.until("up")
    owner.say(tone(THIRD_HZ))
    agent = await phone.next_call()
    agent.say(tone(AGENT_HZ))
    await hearing({owner: {AGENT_HZ}, agent: {THIRD_HZ}})
    owner.hang_up()

    async def is_over() -> bool:
        return bool(await dialled.owners.rows("select from calls where state = 'ended'"))

    await eventually(is_over)
