"""The hotline is killed in the middle of a call and comes back: nobody is forgotten, and each goes
on where he was."""

from callcenter.calls.control import service as control
from callcenter.calls.control.model import Callee, OrderState, Party, Verb
from callcenter.telephony.asterisk.switch import AsteriskSwitch
from callcenter.telephony.hotline.adopting import end_lost
from tests.service import eventually
from tests.telephony.desks import NUMBER, RULES, Desks
from tests.telephony.exchange import HOTLINE, Exchange
from tests.telephony.scene import AGENT_HZ, CALLER_HZ, MUSIC, THIRD_HZ, hearing, picked_up
from tests.telephony.sip.call import SipCall
from tests.telephony.sip.sound import tone


async def back(desks: Desks) -> AsteriskSwitch:
    """As `callcenter.hotline` begins."""
    switch = await desks.serve()
    alive = frozenset(leg for call in switch.calls.values() for leg in call.legs)
    await end_lost(desks.floor.database, RULES, alive)
    return switch


async def states(desks: Desks) -> list[str]:
    return [place["state"] for place in await desks.floor.places()]


async def test_in_the_menu_he_hears_it_again(desks: Desks, exchange: Exchange):
    caller = await (await exchange.caller(NUMBER)).call(HOTLINE)
    await caller.until("up")
    await hearing({caller: {MUSIC}})
    await exchange.die()
    await back(desks)
    await hearing({caller: {MUSIC}})
    _, phone = await desks.agent("101")
    caller.press("3")
    caller.say(tone(CALLER_HZ))
    agent = await picked_up(phone, AGENT_HZ)
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
    assert len(await desks.floor.rows("select from calls")) == 1


async def test_who_waits_keeps_his_place_and_his_music(desks: Desks, exchange: Exchange):
    caller = await desks.rings_for_a_rescue()

    async def waits() -> bool:
        return await states(desks) == ["waiting"]

    await eventually(waits)
    await exchange.die()
    _, phone = await desks.agent("101")
    await back(desks)
    agent = await picked_up(phone, AGENT_HZ)
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
    assert await states(desks) == ["answered"]


async def test_what_rang_rings_again(desks: Desks, exchange: Exchange):
    _, phone = await desks.agent("101")
    caller = await desks.rings_for_a_rescue()
    rung = await phone.next_call()
    await exchange.die()
    await back(desks)
    await rung.until("over")
    agent = await picked_up(phone, AGENT_HZ)
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})


async def test_a_talk_goes_on_and_can_be_driven(desks: Desks, exchange: Exchange):
    me, caller, agent = await desks.talking()
    await exchange.die()
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
    await back(desks)
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
    assert (await desks.does(me, Verb.HOLD)).state is OrderState.DONE
    await hearing({caller: {MUSIC}})
    caller.hang_up()
    await agent.until("over")
    assert (await desks.ended())["end_reason"] == "caller_hung_up"


async def dials(desks: Desks) -> SipCall:
    """An agent dials an owner; his own phone is taken."""
    me, phone = await desks.agent("101")
    owner = Callee(Party.OUTSIDE, number="+8613800138000")
    await desks.floor.do(control.dial, f"staff:{me}", me, owner, None)
    return await picked_up(phone, AGENT_HZ)


async def test_a_talk_that_an_agent_dialled_goes_on_too(desks: Desks, exchange: Exchange):
    carrier = await exchange.carrier()
    agent = await dials(desks)
    owner = await picked_up(carrier, THIRD_HZ)
    await hearing({agent: {THIRD_HZ}, owner: {AGENT_HZ}})
    await exchange.die()
    await back(desks)
    await hearing({agent: {THIRD_HZ}, owner: {AGENT_HZ}})
    owner.hang_up()
    await agent.until("over")
    assert await desks.dialled_ended() == "caller_hung_up"


async def test_what_an_agent_dialled_and_nobody_took_is_over(desks: Desks, exchange: Exchange):
    carrier = await exchange.carrier()
    agent = await dials(desks)
    ringing = await carrier.next_call()
    await exchange.die()
    await back(desks)
    await agent.until("over")
    await ringing.until("over")
    assert await desks.dialled_ended() == "line_lost"
    await desks.everybody_is_off_the_line()
    assert await states(desks) == []


async def test_who_hung_up_meanwhile_has_an_end_and_is_called_back(
    desks: Desks, exchange: Exchange
):
    caller = await desks.rings_for_a_rescue()

    async def waits() -> bool:
        return await states(desks) == ["waiting"]

    await eventually(waits)
    await exchange.die()
    caller.hang_up()
    await caller.until("over")
    await back(desks)
    assert (await desks.ended())["end_reason"] == "line_lost"
    kinds = [place["kind"] for place in await desks.floor.places()]
    assert kinds == ["call", "call_back"]
    await desks.everybody_is_off_the_line()


async def test_one_who_is_not_ours_rings_at_the_desk_phones(desks: Desks, exchange: Exchange):
    """A call that the house never wrote down: it came in the moment in which we died."""
    caller = await desks.rings_for_a_rescue()
    await exchange.die()
    async with desks.floor.database.transaction() as tx:
        await tx.connection.execute("delete from call_legs")
    desk = await exchange.desk("103")
    await back(desks)
    agent = await picked_up(desk, AGENT_HZ)
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
