"""Our service is gone, or comes back: nobody hears silence for long, nobody is forgotten."""

import asyncio

import pytest

from callcenter.telephony.asterisk.ari_socket import Replaced
from callcenter.telephony.signals import Adopted, Answered, Key, Left, Rang
from callcenter.telephony.switch import LiveCall, Phone
from tests.telephony.exchange import HOTLINE, PATIENCE_S, Exchange, until_none
from tests.telephony.scene import AGENT_HZ, CALLER_HZ, MUSIC, Talk, hearing, picked_up, talking
from tests.telephony.sip.sound import tone


async def hold(call: LiveCall) -> None:
    rang = await call.next(Rang)
    await call.answer(rang.leg)
    await call.music(rang.leg, on=True)
    await call.next(Left)


async def test_new_callers_ring_the_desk_phones_at_once(exchange: Exchange):
    desk = await exchange.desk("101")
    began = asyncio.get_running_loop().time()
    caller = await (await exchange.caller()).call(HOTLINE)
    agent = await picked_up(desk, AGENT_HZ)
    assert asyncio.get_running_loop().time() - began < 2
    caller.say(tone(CALLER_HZ))
    await caller.until("up")
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})


async def test_who_waits_for_a_desk_phone_hears_music_and_is_ours_again_when_we_are_back(
    exchange: Exchange,
):
    """The fallback rings for two seconds in the tests, then tries us again."""
    rang: asyncio.Future[Rang] = asyncio.get_running_loop().create_future()

    async def take(call: LiveCall) -> None:
        rang.set_result(await call.next(Rang))
        await call.next(Left)

    desk = await exchange.desk("101")
    caller = await (await exchange.caller("13900000001")).call(HOTLINE)
    await desk.next_call()
    await caller.until("up")
    await hearing({caller: {MUSIC}})
    await exchange.serve(take)
    back = await asyncio.wait_for(rang, 10)
    assert (back.caller, back.dialled) == ("13900000001", HOTLINE)


async def test_a_caller_whom_we_held_is_adopted(exchange: Exchange):
    adopted: asyncio.Future[Adopted] = asyncio.get_running_loop().create_future()
    key: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def go_on(call: LiveCall) -> None:
        adopted.set_result(await call.next(Adopted))
        key.set_result((await call.next(Key)).key)
        agent = await call.dial(Phone("101"), shown="4001", ring_s=20)
        await call.next(Answered)
        await call.bridge(adopted.result().legs[0], agent)
        await call.next(Left)

    desk = await exchange.desk("101")
    await exchange.serve(hold)
    caller = await (await exchange.caller("13900000002")).call(HOTLINE)
    await caller.until("up")
    await hearing({caller: {MUSIC}})
    await exchange.die()
    await asyncio.sleep(0.2)
    await hearing({caller: {MUSIC}})
    await exchange.serve(go_on)
    found = await asyncio.wait_for(adopted, 10)
    assert (found.caller, found.dialled) == ("13900000002", HOTLINE)
    caller.press("3")
    assert await asyncio.wait_for(key, 10) == "3"
    agent = await picked_up(desk, AGENT_HZ)
    caller.say(tone(CALLER_HZ))
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})


async def test_a_talk_goes_on_without_us_and_ends_for_both(exchange: Exchange):
    adopted: asyncio.Future[Adopted] = asyncio.get_running_loop().create_future()

    async def until_left(call: LiveCall, talk: Talk) -> None:
        await call.next(Left)

    async def go_on(call: LiveCall) -> None:
        adopted.set_result(await call.next(Adopted))
        await call.next(Left)

    caller, agent = await talking(exchange, until_left)
    await exchange.die()
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
    switch = await exchange.serve(go_on)
    found = await asyncio.wait_for(adopted, 10)
    assert len(found.legs) == 2
    assert len(found.bridges) == 1
    agent.hang_up()
    await caller.until("over")
    await until_none(switch)


async def test_who_was_given_back_and_comes_again_rings_again(exchange: Exchange):
    """Nobody had a free hand: he waits for a desk phone, then is ours once more."""
    rings: asyncio.Queue[Rang] = asyncio.Queue()

    async def give_back(call: LiveCall) -> None:
        rang = await call.next(Rang)
        rings.put_nowait(rang)
        await call.give_back(rang.leg)
        await call.next(Rang)

    await exchange.serve(give_back)
    caller = await (await exchange.caller()).call(HOTLINE)
    first = await asyncio.wait_for(rings.get(), 10)
    assert await asyncio.wait_for(rings.get(), 10) == first
    assert caller.state == "up"


async def test_one_who_hung_up_while_we_could_not_hear_is_known_to_have_left(exchange: Exchange):
    """The same process, its socket cut: its conversations live on and must be told."""
    left: asyncio.Future[Left] = asyncio.get_running_loop().create_future()

    async def wait(call: LiveCall) -> None:
        await call.answer((await call.next(Rang)).leg)
        left.set_result(await call.next(Left))

    switch = await exchange.serve(wait)
    caller = await (await exchange.caller()).call(HOTLINE)
    await caller.until("up")
    switch.calls[next(iter(switch.calls))].known.add("1.1~leg-nobody")
    await switch._opened()
    assert (await asyncio.wait_for(left, 10)).leg == "1.1~leg-nobody"


async def test_a_talk_that_ended_without_us_leaves_nothing(exchange: Exchange):
    async def until_left(call: LiveCall, talk: Talk) -> None:
        await call.next(Left)

    caller, agent = await talking(exchange, until_left)
    await exchange.die()
    agent.hang_up()
    caller.hang_up()
    async with asyncio.timeout(PATIENCE_S):
        while await exchange.ari.get("/channels"):
            await asyncio.sleep(0.02)
    assert len(await exchange.ari.get("/bridges")) == 1
    switch = await exchange.serve(hold)
    assert (switch.calls, await exchange.ari.get("/bridges")) == ({}, [])


async def test_who_is_replaced_stops(exchange: Exchange):
    """Opening the socket again would take it back, and so on for ever."""
    await exchange.serve(hold)
    (first,) = exchange.serving
    await exchange.serve(hold)
    with pytest.raises(Replaced):
        await asyncio.wait_for(first, 10)
