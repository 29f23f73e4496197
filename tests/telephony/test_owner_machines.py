"""Owners who are dialled for agents, and the machines that answer for them, on a real Asterisk."""

import asyncio

import numpy as np
import pytest

from callcenter.calls.agents.model import READY, AwayReason, Contact, Offer
from callcenter.calls.agents.model import Availability as A
from callcenter.telephony.asterisk.call import AsteriskCall
from callcenter.telephony.owners import ringing
from tests.outbound.dialling.by_pack import by_pack
from tests.telephony.dialled import Dialled
from tests.telephony.owner_scene import hears
from tests.telephony.scene import AGENT_HZ, THIRD_HZ, hearing
from tests.telephony.sip.call import SipCall
from tests.telephony.sip.sound import tone

HELLO = np.concatenate([np.zeros(2000), tone(500.0, seconds=0.4), np.zeros(80_000)])
GREETING = np.concatenate([tone(500.0, seconds=3.0), np.zeros(240_000)])
FOR_EVER = tone(500.0, seconds=60.0)
CONTROL = pytest.mark.xfail(strict=True, raises=(AssertionError, TimeoutError))


async def test_a_machine_is_hung_up_and_rings_no_agent(dialled: Dialled):
    me, phone = await dialled.agent()
    await dialled.owner()
    await dialled.serve(machine="hang_up")
    owner = await dialled.owners.picks_up()
    owner.say(GREETING)
    await owner.until("over")
    await dialled.owners.until_touches(("sent", "machine"))
    assert phone.incoming.empty()
    assert (await dialled.desks.floor.seat(me)).contact is Contact.NONE


async def test_a_machine_is_left_the_words_behind_its_greeting(dialled: Dialled):
    _, phone = await dialled.agent()
    await dialled.owner()
    await dialled.serve(machine="leave_message")
    owner = await dialled.owners.picks_up()
    owner.say(GREETING)
    await hears(owner, "words")
    await owner.until("over")
    await dialled.owners.until_touches(("sent", "machine"))
    assert phone.incoming.empty()


async def test_a_person_has_an_agent_where_machines_are_listened_for(dialled: Dialled):
    _, phone = await dialled.agent()
    phone.on_ring = SipCall.answer
    await dialled.owner()
    await dialled.serve(machine="hang_up")
    owner = await dialled.owners.picks_up()
    owner.say(HELLO)
    agent = await phone.next_call()
    agent.say(tone(AGENT_HZ))
    await hearing({owner: {AGENT_HZ}})
    owner.hang_up()


async def test_a_machine_that_never_ends_is_left_nothing_and_all_books_are_closed(
    dialled: Dialled, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ringing, "OUTLASTED_S", 0.5)
    await dialled.agent()
    await dialled.owner()
    await dialled.serve(machine="leave_message")
    owner = await dialled.owners.picks_up()
    owner.say(FOR_EVER)
    await owner.until("over")
    await dialled.owners.until_touches(("sent", "machine"))
    await dialled.desks.everybody_is_off_the_line()
    (line,) = await dialled.owners.rows("select state, outcome from owner_calls")
    assert line == {"state": "ended", "outcome": "machine"}
    assert await dialled.desks.dialled_ended() == "flow_hung_up"


async def test_when_the_switch_does_not_say_who_it_is_he_is_a_person(
    dialled: Dialled, monkeypatch: pytest.MonkeyPatch
):
    async def says_nothing(call: AsteriskCall, leg: str) -> bool:
        return True

    monkeypatch.setattr(AsteriskCall, "recognise", says_nothing)
    monkeypatch.setattr(ringing, "RECOGNISED_S", 0.3)
    _, phone = await dialled.agent()
    phone.on_ring = SipCall.answer
    await dialled.owner()
    await dialled.serve(machine="hang_up")
    owner = await dialled.owners.picks_up()
    owner.say(tone(THIRD_HZ))
    agent = await phone.next_call()
    agent.say(tone(AGENT_HZ))
    await hearing({owner: {AGENT_HZ}, agent: {THIRD_HZ}})
    owner.hang_up()
    assert await dialled.desks.dialled_ended() == "caller_hung_up"


@pytest.mark.parametrize(("after_s", "outcome"), [(0.3, "hung_up"), (2.2, "abandoned")])
async def test_who_hangs_up_in_the_silence_is_abandoned_when_it_was_too_long(
    dialled: Dialled, monkeypatch: pytest.MonkeyPatch, after_s: float, outcome: str
):
    """The time begins with his answer, not when the listening is over."""

    async def says_nothing(call: AsteriskCall, leg: str) -> bool:
        return True

    monkeypatch.setattr(AsteriskCall, "recognise", says_nothing)
    await dialled.agent()
    await dialled.owner()
    await dialled.serve(machine="hang_up")
    owner = await dialled.owners.picks_up()
    await asyncio.sleep(after_s)
    owner.hang_up()
    await dialled.owners.until_touches(("sent", outcome))


async def test_a_telephone_that_nobody_answers_rings_as_long_as_the_pack_says(
    dialled: Dialled, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ringing, "RINGS_S", 1.0)
    by_pack(monkeypatch, ring_at_least_s=3)
    me, phone = await dialled.agent()
    await dialled.owner()
    await dialled.serve()
    owner = await dialled.owners.carrier.next_call()
    owner.ring()
    await asyncio.sleep(2)
    assert owner.state != "over", "it rang shorter than the pack says"
    await owner.until("over")
    await dialled.owners.until_touches(("sent", "no_answer"))
    assert await dialled.desks.dialled_ended() == "no_answer"
    assert phone.incoming.empty()
    assert (await dialled.desks.floor.seat(me)).may_be_rung


@pytest.mark.parametrize("says", [True, False])
async def test_who_finds_no_agent_hears_who_called_where_the_pack_wants_it(
    dialled: Dialled, monkeypatch: pytest.MonkeyPatch, says: bool
):
    by_pack(monkeypatch, say_who_called=says, connect_within_s=1)
    me, _ = await dialled.agent()
    await dialled.owner()
    await dialled.serve()
    owner = await dialled.owners.carrier.next_call()
    await dialled.desks.floor.ready(me, Offer(A.AWAY, AwayReason.BREAK))
    owner.answer()
    if says:
        await hears(owner, "abandoned")
    await owner.until("over")
    await dialled.owners.until_touches(("sent", "abandoned"))
    assert (await dialled.desks.floor.seat(me)).offer != READY
