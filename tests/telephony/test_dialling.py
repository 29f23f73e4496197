"""An agent dials: his own phone rings first, then the number, and both talk."""

import pytest

from callcenter.calls.agents.model import Contact
from callcenter.calls.control import service as control
from callcenter.calls.control.model import Callee, Party
from tests.telephony.desks import Desks
from tests.telephony.exchange import Exchange
from tests.telephony.scene import AGENT_HZ, RING_TONE_HZ, THIRD_HZ, hearing, picked_up

OWNER = Callee(Party.OUTSIDE, number="+8613800138000")


async def dials(desks: Desks, me: object) -> None:
    await desks.floor.do(control.dial, f"staff:{me}", me, OWNER, None)


async def test_he_hears_it_ring_and_both_talk(desks: Desks, exchange: Exchange):
    carrier = await exchange.carrier()
    me, phone = await desks.agent("101")
    await dials(desks, me)
    agent = await picked_up(phone, AGENT_HZ)
    ringing = await carrier.next_call()
    assert ringing.invitation is not None
    assert "13800138000" in ringing.invitation["to"]
    await hearing({agent: {RING_TONE_HZ}})
    carrier.incoming.put_nowait(ringing)
    owner = await picked_up(carrier, THIRD_HZ)
    await hearing({agent: {THIRD_HZ}, owner: {AGENT_HZ}})
    assert (await desks.floor.seat(me)).contact is Contact.TALKING
    owner.hang_up()
    await agent.until("over")
    assert await desks.dialled_ended() == "caller_hung_up"
    assert (await desks.floor.seat(me)).contact is Contact.WRAP_UP


@pytest.mark.parametrize(
    ("refusal", "reason"), [(486, "busy"), (480, "no_answer"), (404, "unreachable")]
)
async def test_who_is_not_reached(desks: Desks, exchange: Exchange, refusal: int, reason: str):
    (await exchange.carrier()).on_ring = lambda call: call.refuse(refusal)
    me, phone = await desks.agent("101")
    await dials(desks, me)
    agent = await picked_up(phone, AGENT_HZ)
    await agent.until("over")
    assert await desks.dialled_ended() == reason
    assert (await desks.floor.seat(me)).contact is Contact.NONE


async def test_whose_own_phone_is_not_taken_dials_nobody(desks: Desks, exchange: Exchange):
    carrier = await exchange.carrier()
    me, phone = await desks.agent("101")
    phone.on_ring = lambda call: call.refuse(603)
    await dials(desks, me)
    assert await desks.dialled_ended() == "not_dialled"
    assert carrier.incoming.empty()


async def test_an_agent_who_gives_up_hangs_up_the_owners_phone(desks: Desks, exchange: Exchange):
    carrier = await exchange.carrier()
    me, phone = await desks.agent("101")
    await dials(desks, me)
    agent = await picked_up(phone, AGENT_HZ)
    ringing = await carrier.next_call()
    agent.hang_up()
    await ringing.until("over")
    assert await desks.dialled_ended() == "agent_hung_up"


async def test_told_twice_he_is_dialled_once(desks: Desks, exchange: Exchange):
    """The news come again after a lost connection: the dialling is known by its legs."""
    carrier = await exchange.carrier()
    me, phone = await desks.agent("101")
    await dials(desks, me)
    (call,) = await desks.floor.rows("select id from calls")
    for _ in range(3):
        desks.news.dial(call["id"])
    agent = await picked_up(phone, AGENT_HZ)
    owner = await picked_up(carrier, THIRD_HZ)
    await hearing({agent: {THIRD_HZ}, owner: {AGENT_HZ}})
    assert phone.incoming.empty()
    assert carrier.incoming.empty()
