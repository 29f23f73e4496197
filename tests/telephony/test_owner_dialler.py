"""Owners dialled for agents who are free, on a real Asterisk."""

import asyncio

from callcenter.calls.agents.model import MISSED, READY, AwayReason, Contact, Offer
from callcenter.calls.agents.model import Availability as A
from callcenter.outbound.dialling import service
from callcenter.outbound.model import Outcome
from tests.calls.floor import RULES
from tests.service import eventually
from tests.telephony.dialled import Dialled
from tests.telephony.owner_scene import hears
from tests.telephony.scene import AGENT_HZ, THIRD_HZ, hearing, picked_up
from tests.telephony.sip.call import SipCall
from tests.telephony.sip.sound import tone


async def test_who_answers_speaks_with_the_free_agent_at_once(dialled: Dialled):
    me, phone = await dialled.agent()
    phone.on_ring = SipCall.answer
    await dialled.owner()
    await dialled.serve()
    owner = await dialled.owners.picks_up()
    owner.say(tone(THIRD_HZ))
    agent = await phone.next_call()
    agent.say(tone(AGENT_HZ))
    await hearing({owner: {AGENT_HZ}, agent: {THIRD_HZ}})
    (times,) = await dialled.owners.rows("select connected_at - answered_at as s from owner_calls")
    assert times["s"].total_seconds() <= 2
    owner.hang_up()
    await agent.until("over")
    (one,) = await dialled.owners.rows("select * from owner_calls")
    assert (one["state"], one["staff_id"]) == ("connected", me)
    floor = dialled.desks.floor
    assert await dialled.desks.dialled_ended() == "caller_hung_up"
    assert (await floor.seat(me)).contact is Contact.WRAP_UP
    given = (f"staff:{me}", me, one["id"], Outcome.BOOKED, dialled.owners.touches, RULES)
    await floor.do(service.came_of_talk, *given)
    await dialled.owners.until_touches(("sent", "booked"))
    assert (await floor.seat(me)).contact is Contact.NONE


async def test_nobody_is_dialled_for_an_agent_who_is_not_ready(dialled: Dialled):
    me, phone = await dialled.agent(ready=False)
    await dialled.desks.floor.ready(me, Offer(A.AWAY, AwayReason.BREAK))
    await dialled.owner()
    await dialled.serve()
    await asyncio.sleep(2.5)
    assert dialled.owners.carrier.incoming.empty()
    phone.on_ring = SipCall.answer
    await dialled.desks.floor.ready(me, READY)
    await dialled.owners.picks_up()
    await phone.next_call()


async def test_whose_agent_does_not_take_it_hears_who_called_and_is_counted(dialled: Dialled):
    me, phone = await dialled.agent()
    await dialled.owner()
    await dialled.serve()
    owner = await dialled.owners.picks_up()
    rung = await phone.next_call()
    await hears(owner, "abandoned")
    await rung.until("over")
    await owner.until("over")
    await dialled.owners.until_touches(("sent", "abandoned"))
    assert (await dialled.desks.floor.seat(me)).offer == MISSED
    assert await dialled.desks.dialled_ended() == "abandoned"


async def test_an_agent_who_is_taken_by_the_hotline_meanwhile_is_not_rung_for_the_owner(
    dialled: Dialled,
):
    """What rings outside when a storm comes goes to whoever is free, or is told."""
    me, phone = await dialled.agent()
    await dialled.owner()
    await dialled.serve()
    owner = await dialled.owners.carrier.next_call()
    await dialled.desks.floor.waits()
    assert (await dialled.desks.floor.seat(me)).contact is Contact.OFFERED
    owner.answer()
    await hears(owner, "abandoned")
    await dialled.owners.until_touches(("sent", "abandoned"))
    assert phone.incoming.empty()


async def test_while_callers_wait_at_the_hotline_nobody_is_dialled(dialled: Dialled):
    """He waits for who speaks English, which this agent does not; his going is the control."""
    _, phone = await dialled.agent()
    caller = await dialled.desks.floor.waits(language="en")
    await asyncio.sleep(3.2)
    await dialled.owner()
    await dialled.serve()
    await asyncio.sleep(2.5)
    assert dialled.owners.carrier.incoming.empty()
    assert (await dialled.stood())["because"] == "inbound_waits"
    phone.on_ring = SipCall.answer
    await dialled.desks.floor.ends(caller.id)
    await dialled.owners.picks_up()


async def test_after_a_busy_owner_the_next_is_dialled(dialled: Dialled):
    _, phone = await dialled.agent()
    phone.on_ring = SipCall.answer
    refused: list[SipCall] = []

    def busy_once(call: SipCall) -> None:
        if refused:
            call.ring()
        else:
            refused.append(call)
            call.refuse(486)

    dialled.owners.carrier.on_ring = busy_once
    for number in ("+8613800138001", "+8613800138002"):
        await dialled.owner(number)
    await dialled.serve()
    await dialled.owners.carrier.next_call()
    second = await picked_up(dialled.owners.carrier, THIRD_HZ)
    agent = await phone.next_call()
    await hearing({agent: {THIRD_HZ}})
    second.hang_up()
    await dialled.owners.until_touches(("sent", "busy"), ("sent", "answered"))


async def test_what_rang_when_we_died_is_ended_and_never_dialled_again(dialled: Dialled):
    await dialled.agent()
    await dialled.owner()
    await dialled.serve()
    ringing = await dialled.owners.carrier.next_call()

    async def is_written() -> bool:
        return bool(await dialled.owners.rows("select from call_legs"))

    await eventually(is_written)
    await dialled.die()
    await dialled.begin()
    await ringing.until("over")
    await dialled.desks.dialled_ended()
    await dialled.desks.everybody_is_off_the_line()
    (one,) = await dialled.owners.rows("select call_id from owner_calls")
    given = ("hotline", one["call_id"], dialled.owners.touches)
    await dialled.desks.floor.do(service.call_ended, *given)
    await dialled.owners.until_touches(("sent", "no_answer"))
    await asyncio.sleep(2)
    assert dialled.owners.carrier.incoming.empty()
