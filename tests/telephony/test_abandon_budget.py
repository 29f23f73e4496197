"""Where no more owners may be left without an agent he is on the line first, on a real Asterisk."""

import asyncio
from typing import Any

import pytest

from callcenter.calls.agents.model import MISSED, READY, AwayReason, Contact, Offer
from callcenter.calls.agents.model import Availability as A
from callcenter.outbound.dialling.pacing import Budget
from callcenter.telephony.owners import with_agent, with_own_agent
from callcenter.telephony.owners.means import Means
from callcenter.telephony.prompts.voice import Voice
from tests.service import eventually
from tests.telephony.dialled import Dialled
from tests.telephony.owner_scene import OwnerScene, hears
from tests.telephony.scene import AGENT_HZ, THIRD_HZ, hearing
from tests.telephony.sip.call import SipCall
from tests.telephony.sip.sound import tone

BREAK = Offer(A.AWAY, AwayReason.BREAK)
CONTROL = pytest.mark.xfail(strict=True, raises=(AssertionError, TimeoutError))


def limited(control: Any) -> pytest.MarkDecorator:
    """With the guard, and without it."""
    return pytest.mark.parametrize(
        "blind",
        [pytest.param(None, id="guarded"), pytest.param(control, id="control", marks=CONTROL)],
    )


async def test_beyond_the_budget_the_agent_is_on_the_line_before_it_rings(dialled: Dialled):
    await dialled.answered_before(20, 1)
    me, phone = await dialled.agent()
    await dialled.owner()
    await dialled.serve()
    agent = await phone.next_call()
    await asyncio.sleep(0.5)
    assert dialled.owners.carrier.incoming.empty(), "it rings before the agent is there"
    assert (await dialled.stood())["because"] == "budget_spent"
    agent.answer()
    owner = await dialled.owners.picks_up()
    owner.say(tone(THIRD_HZ))
    agent.say(tone(AGENT_HZ))
    await hearing({owner: {AGENT_HZ}, agent: {THIRD_HZ}})
    owner.hang_up()
    await agent.until("over")
    assert await dialled.desks.dialled_ended() == "caller_hung_up"
    assert (await dialled.desks.floor.seat(me)).contact is Contact.WRAP_UP


@limited(property(lambda _: False))
async def test_a_storm_loses_no_owner_beyond_the_budget(
    dialled: Dialled, monkeypatch: pytest.MonkeyPatch, blind: Any
):
    """The only agent is kept for the owner whose telephone rings; who rings us waits for him."""
    if blind is not None:
        monkeypatch.setattr(Budget, "is_spent", blind)
    await dialled.answered_before(20, 1)
    _, phone = await dialled.agent()
    phone.on_ring = SipCall.answer
    await dialled.owner()
    await dialled.serve()
    owner = await dialled.owners.carrier.next_call()
    owner.ring()
    caller = await dialled.desks.floor.waits()
    owner.answer()
    await owner.until("up")
    owner.say(tone(THIRD_HZ))
    agent = await phone.next_call()
    await hearing({agent: {THIRD_HZ}})
    (place,) = await dialled.desks.floor.places()
    assert (place["call_id"], place["state"]) == (caller.id, "waiting")
    owner.hang_up()


async def test_an_agent_who_is_not_there_costs_no_owner_anything(
    dialled: Dialled, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(with_own_agent, "AGENT_RINGS_S", 1.0)
    await dialled.answered_before(20, 1)
    me, phone = await dialled.agent()
    touch = await dialled.owner()
    await dialled.serve()
    await (await phone.next_call()).until("over")

    async def is_away() -> bool:
        return (await dialled.desks.floor.seat(me)).offer == MISSED

    await eventually(is_away)
    assert dialled.owners.carrier.incoming.empty()
    (one,) = await dialled.desks.floor.rows("select state from touches where id = $1", touch)
    assert one["state"] == "ready"
    phone.on_ring = SipCall.answer
    await dialled.desks.floor.ready(me, READY)
    owner = await dialled.owners.picks_up()
    await phone.next_call()
    owner.hang_up()


async def test_an_agent_who_gives_up_while_it_rings_stops_the_ringing(dialled: Dialled):
    await dialled.answered_before(20, 1)
    me, phone = await dialled.agent()
    phone.on_ring = SipCall.answer
    await dialled.owner()
    await dialled.serve()
    agent = await phone.next_call()
    owner = await dialled.owners.carrier.next_call()
    owner.ring()
    agent.hang_up()
    await owner.until("over")
    assert await dialled.desks.dialled_ended() == "no_answer"
    assert (await dialled.desks.floor.seat(me)).contact is Contact.NONE


class Mute(Voice):
    """A machine without espeak."""

    def speak(self, text: str, language: Any) -> bytes | None:
        return None


async def test_without_a_voice_nobody_is_dialled_who_could_hear_silence(
    dialled: Dialled, monkeypatch: pytest.MonkeyPatch
):
    spoken = OwnerScene.means.fget
    assert spoken is not None

    def mute(scene: OwnerScene) -> Means:
        means = spoken(scene)
        object.__setattr__(means.prompts, "voice", Mute("mute"))
        return means

    monkeypatch.setattr(OwnerScene, "means", property(mute))
    _, phone = await dialled.agent()
    await dialled.owner()
    await dialled.serve("predictive")
    agent = await phone.next_call()
    assert dialled.owners.carrier.incoming.empty()
    assert (await dialled.stood())["because"] == "no_voice"
    agent.answer()
    await dialled.owners.picks_up()


@limited(0.0)
async def test_an_agent_with_no_time_to_pick_up_has_missed_nothing(
    dialled: Dialled, monkeypatch: pytest.MonkeyPatch, blind: float | None
):
    """He is free when most of the owner's time is over. The fair time is longer here, so that a
    busy machine meets it."""
    monkeypatch.setattr(with_agent, "FAIR_S", 1.9 if blind is None else blind)
    me, phone = await dialled.agent()
    await dialled.owner()
    await dialled.serve()
    owner = await dialled.owners.carrier.next_call()
    await dialled.desks.floor.ready(me, BREAK)
    owner.answer()
    await owner.until("up")
    await asyncio.sleep(0.6)
    await dialled.desks.floor.ready(me, READY)
    await (await phone.next_call()).until("over")
    await dialled.owners.until_touches(("sent", "abandoned"))
    await dialled.desks.everybody_is_off_the_line()
    assert (await dialled.desks.floor.seat(me)).offer == READY


async def test_who_misses_an_owner_is_not_rung_for_the_caller_who_waits(dialled: Dialled):
    """A storm meets a slow agent: he is away, the caller waits on, the owner is told."""
    me, phone = await dialled.agent()
    await dialled.owner()
    await dialled.serve()
    owner = await dialled.owners.picks_up()
    rung = await phone.next_call()
    await dialled.desks.floor.waits()
    await hears(owner, "abandoned")
    await rung.until("over")
    await owner.until("over")
    await dialled.owners.until_touches(("sent", "abandoned"))
    seat = await dialled.desks.floor.seat(me)
    assert (seat.offer, seat.contact) == (MISSED, Contact.NONE)
    (place,) = await dialled.desks.floor.places()
    assert place["state"] == "waiting"
