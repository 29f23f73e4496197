"""Who hears whom, measured: bridges, music on hold, prompts, keys, recordings."""

import asyncio

from callcenter.telephony.signals import Key, Left, Rang, Recorded
from callcenter.telephony.switch import LiveCall
from tests.telephony.exchange import HOTLINE, Exchange
from tests.telephony.scene import (
    AGENT_HZ,
    CALLER_HZ,
    MUSIC,
    THIRD_HZ,
    Talk,
    hearing,
    picked_up,
    reached,
    talking,
)
from tests.telephony.sip.sound import read_wave, tone

PROMPT_HZ = THIRD_HZ


async def until_left(call: LiveCall, talk: Talk) -> None:
    await call.next(Left)


async def test_music_ends_when_the_agent_is_there(exchange: Exchange):
    """Asterisk plays it on beneath the bridge, and the agent's keys are lost: only ears notice."""
    asked_for = asyncio.Event()

    async def connect(call: LiveCall) -> None:
        rang = await call.next(Rang)
        await call.answer(rang.leg)
        await call.music(rang.leg, on=True)
        await asked_for.wait()
        await call.bridge(rang.leg, await reached(call, "101"))
        await call.next(Left)

    desk = await exchange.desk("101")
    await exchange.serve(connect)
    caller = await (await exchange.caller()).call(HOTLINE)
    await caller.until("up")
    await hearing({caller: {MUSIC}})
    asked_for.set()
    agent = await picked_up(desk, AGENT_HZ)
    caller.say(tone(CALLER_HZ))
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
    assert (await caller.hear(1)).is_only(AGENT_HZ)


async def test_a_prompt_ends_when_the_agent_is_there(exchange: Exchange):
    prompt = exchange.prompt("please-wait", PROMPT_HZ, seconds=30)
    heard = asyncio.Event()

    async def connect(call: LiveCall) -> None:
        rang = await call.next(Rang)
        await call.answer(rang.leg)
        agent = await reached(call, "101")
        await call.play(rang.leg, [prompt])
        await heard.wait()
        await call.bridge(rang.leg, agent)
        await call.next(Left)

    desk = await exchange.desk("101")
    await exchange.serve(connect)
    caller = await (await exchange.caller()).call(HOTLINE)
    agent = await picked_up(desk, AGENT_HZ)
    caller.say(tone(CALLER_HZ))
    await hearing({caller: {PROMPT_HZ}})
    heard.set()
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})


async def test_keys_reach_the_other_end_and_us(exchange: Exchange):
    told: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def listen(call: LiveCall, talk: Talk) -> None:
        told.set_result((await call.next(Key)).key)
        await call.press(talk.caller, "42")
        await call.next(Left)

    caller, agent = await talking(exchange, listen)
    caller.press("7")
    assert await asyncio.wait_for(told, 10) == "7"
    async with asyncio.timeout(10):
        while caller.voice.keys_heard != "42" or agent.voice.keys_heard != "7":
            await asyncio.sleep(0.02)


async def test_the_agent_hangs_up(exchange: Exchange):
    ended: asyncio.Future[Left] = asyncio.get_running_loop().create_future()

    async def listen(call: LiveCall, talk: Talk) -> None:
        ended.set_result(await call.next(Left))
        assert ended.result().leg == talk.agent
        assert call.legs == (talk.caller,)

    caller, agent = await talking(exchange, listen)
    agent.hang_up()
    await caller.until("over")
    assert not (await asyncio.wait_for(ended, 10)).by_us
    assert "cause=16" in caller.reason


async def test_on_hold_the_caller_hears_music_and_the_agent_nothing(exchange: Exchange):
    held, back = asyncio.Event(), asyncio.Event()

    async def hold(call: LiveCall, talk: Talk) -> None:
        await held.wait()
        await call.leave(talk.bridge, talk.caller)
        await call.music(talk.caller, on=True)
        await back.wait()
        await call.join(talk.bridge, talk.caller)
        await call.next(Left)

    caller, agent = await talking(exchange, hold)
    held.set()
    await hearing({caller: {MUSIC}, agent: set()})
    back.set()
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})


async def test_a_desk_phone_holds_by_itself(exchange: Exchange):
    """A re-INVITE: Asterisk plays its music, nothing of ours has to know."""
    caller, agent = await talking(exchange, until_left)
    agent.hold(on=True)
    await hearing({caller: {MUSIC}})
    agent.hold(on=False)
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})


async def test_a_muted_agent_hears_and_is_not_heard(exchange: Exchange):
    muted = asyncio.Event()

    async def mute(call: LiveCall, talk: Talk) -> None:
        await muted.wait()
        await call.mute(talk.agent, on=True)
        await call.next(Left)

    caller, agent = await talking(exchange, mute)
    muted.set()
    await hearing({caller: set(), agent: {CALLER_HZ}})


async def test_a_recording_holds_both_voices_and_keys_are_told_all_the_same(exchange: Exchange):
    stop = asyncio.Event()
    done: asyncio.Future[Recorded] = asyncio.get_running_loop().create_future()

    async def record(call: LiveCall, talk: Talk) -> None:
        recording = await call.record(talk.bridge)
        assert (await call.next(Key)).key == "8"
        await stop.wait()
        await call.stop_recording(recording)
        done.set_result(await call.next(Recorded))

    caller, agent = await talking(exchange, record)
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
    caller.press("8")
    stop.set()
    recorded = await asyncio.wait_for(done, 10)
    assert recorded.path is not None
    kept = read_wave(recorded.path)
    assert kept.tones(CALLER_HZ, AGENT_HZ, THIRD_HZ) == {CALLER_HZ, AGENT_HZ}
    assert kept.seconds > 0.2
