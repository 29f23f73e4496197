"""What an agent wants done with his call: hold, ask, hand over, transfer. Who hears whom, and whose
seat is in which contact."""

import asyncio
from uuid import UUID

import pytest

from callcenter.calls.agents.model import Availability, AwayReason, Contact, Offer
from callcenter.calls.control import service as control
from callcenter.calls.control.errors import CallNotOnSwitch, NotYourCall
from callcenter.calls.control.model import Callee, OrderState, Party, Verb
from tests.service import eventually
from tests.telephony.desks import Desks, colleague
from tests.telephony.exchange import Exchange
from tests.telephony.scene import (
    AGENT_HZ,
    CALLER_HZ,
    MUSIC,
    RING_TONE_HZ,
    THIRD_HZ,
    hearing,
    picked_up,
)

BREAK = Offer(Availability.AWAY, AwayReason.BREAK)


async def contact(desks: Desks, who: UUID, wanted: Contact) -> None:
    async def is_so() -> bool:
        return (await desks.floor.seat(who)).contact is wanted

    await eventually(is_so)


async def test_hold_and_back_and_what_does_not_fit_is_refused(desks: Desks):
    me, caller, agent = await desks.talking()
    assert (await desks.does(me, Verb.HOLD)).state is OrderState.DONE
    await hearing({caller: {MUSIC}, agent: set()})
    refused = await desks.does(me, Verb.HAND_OVER)
    assert (refused.state, refused.refusal) == (OrderState.REFUSED, "not_while_held")
    await desks.does(me, Verb.RESUME)
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})


async def test_a_warm_transfer_to_a_colleague(desks: Desks):
    me, caller, agent = await desks.talking()
    other, desk = await desks.agent("102", ready=False)
    await desks.floor.ready(other, BREAK)
    await desks.does(me, Verb.CONSULT, colleague(other))
    ringing = await desk.next_call()
    await hearing({agent: {RING_TONE_HZ}, caller: {MUSIC}})
    desk.incoming.put_nowait(ringing)
    expert = await picked_up(desk, THIRD_HZ)
    await hearing({caller: {MUSIC}, agent: {THIRD_HZ}, expert: {AGENT_HZ}})
    await desks.does(me, Verb.HAND_OVER)
    await agent.until("over")
    await hearing({caller: {THIRD_HZ}, expert: {CALLER_HZ}})
    assert (await desks.floor.seat(me)).contact is Contact.WRAP_UP
    assert (await desks.floor.seat(other)).contact is Contact.TALKING
    caller.hang_up()
    await expert.until("over")
    call = await desks.ended()
    assert (call["end_reason"], call["answered_by"]) == ("caller_hung_up", other)
    await contact(desks, other, Contact.WRAP_UP)
    await desks.floor.is_sound()
    assert [party for party, _ in await desks.legs()] == ["caller", "agent", "colleague"]
    await desks.everybody_is_off_the_line()


@pytest.mark.parametrize("how", ["declines", "is taken back", "hangs up"])
async def test_whoever_was_asked_is_gone_and_the_two_speak_on(desks: Desks, how: str):
    me, caller, agent = await desks.talking()
    other, desk = await desks.agent("102", ready=False)
    if how == "declines":
        desk.on_ring = lambda call: call.refuse(603)
    await desks.does(me, Verb.CONSULT, colleague(other))
    if how != "declines":
        expert = await picked_up(desk, THIRD_HZ)
        await hearing({agent: {THIRD_HZ}})
        if how == "hangs up":
            expert.hang_up()
        else:
            await desks.does(me, Verb.TAKE_BACK)
        await expert.until("over")
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})


async def test_a_conference_from_which_the_agent_goes(desks: Desks):
    me, caller, agent = await desks.talking()
    other, desk = await desks.agent("102", ready=False)
    await desks.does(me, Verb.CONSULT, colleague(other))
    expert = await picked_up(desk, THIRD_HZ)
    await hearing({agent: {THIRD_HZ}})
    await desks.does(me, Verb.CONFERENCE)
    await hearing(
        {caller: {AGENT_HZ, THIRD_HZ}, agent: {CALLER_HZ, THIRD_HZ}, expert: {CALLER_HZ, AGENT_HZ}}
    )
    agent.hang_up()
    await hearing({caller: {THIRD_HZ}, expert: {CALLER_HZ}})
    assert (await desks.call())["state"] == "answered"
    await contact(desks, me, Contact.WRAP_UP)


async def test_a_blind_transfer_to_a_number_outside(desks: Desks, exchange: Exchange):
    me, caller, agent = await desks.talking()
    outside = await exchange.carrier()
    await desks.does(me, Verb.TRANSFER, Callee(Party.STATION, number="+862412345678"))
    await agent.until("over")
    await contact(desks, me, Contact.WRAP_UP)
    station = await outside.next_call()
    await hearing({caller: {RING_TONE_HZ}})
    outside.incoming.put_nowait(station)
    station = await picked_up(outside, THIRD_HZ)
    await hearing({caller: {THIRD_HZ}, station: {CALLER_HZ}})
    station.hang_up()
    await caller.until("over")
    assert (await desks.ended())["end_reason"] == "agent_hung_up"


async def test_a_transfer_that_nobody_takes_is_the_front_desks(desks: Desks, exchange: Exchange):
    me, caller, _ = await desks.talking()
    (await exchange.carrier()).on_ring = lambda call: call.refuse(486)
    _, desk = await desks.agent("102")
    await desks.does(me, Verb.TRANSFER, Callee(Party.OUTSIDE, number="+862412345678"))
    taken = await picked_up(desk, THIRD_HZ)
    await hearing({caller: {THIRD_HZ}, taken: {CALLER_HZ}})
    (*_, place) = await desks.floor.places()
    assert (place["group_name"], place["state"]) == ("desk", "answered")


async def test_to_a_group_he_waits_again_with_music(desks: Desks):
    me, caller, agent = await desks.talking()
    await desks.does(me, Verb.TRANSFER, Callee(Party.GROUP, group="complaint"))
    await agent.until("over")
    await hearing({caller: {MUSIC}})
    other, desk = await desks.agent("102")
    taken = await picked_up(desk, THIRD_HZ)
    await hearing({caller: {THIRD_HZ}, taken: {CALLER_HZ}})
    assert (await desks.floor.seat(me)).contact is Contact.WRAP_UP
    assert (await desks.floor.seat(other)).contact is Contact.TALKING


@pytest.mark.parametrize("answers", [True, False], ids=["answered", "declined"])
async def test_a_desk_phones_own_transfer_key(desks: Desks, answers: bool):
    """By itself Asterisk would send the caller out of our hands into the dial plan."""
    _, caller, agent = await desks.talking()
    _, desk = await desks.agent("102", ready=False)
    if not answers:
        desk.on_ring = lambda call: call.refuse(603)
    agent.refer("102")
    on_the_line, hertz = agent, AGENT_HZ
    if answers:
        on_the_line, hertz = await picked_up(desk, THIRD_HZ), THIRD_HZ
    async with asyncio.timeout(15):
        while not agent.notified or "100" in agent.notified[-1]:
            await asyncio.sleep(0.02)
    assert agent.notified[-1].startswith("SIP/2.0 200" if answers else "SIP/2.0 603")
    await hearing({caller: {hertz}, on_the_line: {CALLER_HZ}})


async def test_a_supervisor_listens_whispers_speaks_to_all_and_goes(
    desks: Desks, exchange: Exchange
):
    _, caller, agent = await desks.talking()
    boss = await desks.floor.agent(role="supervisor")
    desks.extensions[boss] = "103"
    desk = await exchange.desk("103")
    await desks.does(boss, Verb.LISTEN)
    supervisor = await picked_up(desk, THIRD_HZ)
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}, supervisor: {CALLER_HZ, AGENT_HZ}})
    await desks.does(boss, Verb.WHISPER)
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ, THIRD_HZ}})
    await desks.does(boss, Verb.BARGE)
    await hearing({caller: {AGENT_HZ, THIRD_HZ}, supervisor: {CALLER_HZ, AGENT_HZ}})
    await desks.does(boss, Verb.STOP_LISTENING)
    await supervisor.until("over")
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
    logged = await desks.floor.rows(
        "select actor, facts ->> 'verb' as verb from events where kind = 'call.ordered' order by id"
    )
    verbs = ["listen", "whisper", "barge", "stop_listening"]
    assert logged == [{"actor": f"staff:{boss}", "verb": verb} for verb in verbs]


async def test_only_who_talks_in_a_call_drives_it(desks: Desks):
    me, *_ = await desks.talking()
    other = await desks.floor.agent()
    with pytest.raises(NotYourCall):
        await desks.wants(other, Verb.HOLD)
    with pytest.raises(NotYourCall):
        await desks.wants(me, Verb.LISTEN)
    elsewhere = await desks.floor.rings()
    with pytest.raises(CallNotOnSwitch):
        await desks.floor.do(control.order, "x", elsewhere.id, me, Verb.HOLD, None)


async def test_whose_agents_phone_dies_is_the_next_one_served(desks: Desks, exchange: Exchange):
    me, caller, _ = await desks.talking()
    _, desk = await desks.agent("102")
    (leg,) = await desks.floor.rows("select leg from call_legs where party = 'agent'")
    await exchange.ari.delete(f"/channels/{leg['leg']}", reason="failure")
    await contact(desks, me, Contact.WRAP_UP)
    taken = await picked_up(desk, THIRD_HZ)
    await hearing({caller: {THIRD_HZ}, taken: {CALLER_HZ}})


@pytest.mark.parametrize("step", ["held", "ringing", "aside", "together", "going"])
async def test_a_caller_who_hangs_up_at_any_step_frees_everybody(desks: Desks, step: str):
    me, caller, _ = await desks.talking()
    other, desk = await desks.agent("102", ready=False)
    if step == "held":
        await desks.does(me, Verb.HOLD)
    elif step == "going":
        await desks.does(me, Verb.TRANSFER, colleague(other))
    else:
        await desks.does(me, Verb.CONSULT, colleague(other))
    ringing = None if step == "held" else await desk.next_call()
    if ringing is not None and step in ("aside", "together"):
        ringing.answer()
        await ringing.until("up")
    if step == "together":
        await desks.does(me, Verb.CONFERENCE)
    caller.hang_up()
    if ringing is not None:
        await ringing.until("over")
    assert (await desks.ended())["end_reason"] == "caller_hung_up"
    await contact(desks, me, Contact.WRAP_UP)
    await desks.everybody_is_off_the_line()
    await desks.floor.is_sound()
