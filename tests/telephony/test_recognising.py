"""Who has answered a call of ours, told by a real Asterisk from what it hears."""

import asyncio

import numpy as np
import pytest

from callcenter.telephony.signals import Answered, Heard, Left, Recognised, Silent
from callcenter.telephony.switch import LiveCall, Outside
from tests.telephony.exchange import Exchange
from tests.telephony.sip.sound import tone

OWNER = Outside("+8613800138000")
GREETING = tone(500.0, seconds=3.0)
HELLO = np.concatenate([np.zeros(2000), tone(500.0, seconds=0.4), np.zeros(80_000)])


async def nobody(call: LiveCall) -> None:
    raise AssertionError("no call comes in here")


@pytest.mark.parametrize(("said", "heard"), [(HELLO, Heard.PERSON), (GREETING, Heard.MACHINE)])
async def test_a_word_is_a_person_and_a_long_greeting_a_machine(
    exchange: Exchange, said: np.ndarray, heard: Heard
):
    carrier = await exchange.carrier()
    switch = await exchange.serve(nobody)
    found: asyncio.Future[Heard] = asyncio.get_running_loop().create_future()

    async def converse(call: LiveCall) -> None:
        leg = await call.dial(OWNER, shown="4001", ring_s=20)
        await call.next(Answered, leg=leg)
        assert await call.recognise(leg)
        found.set_result((await call.next(Recognised, leg=leg, within_s=10)).heard)

    switch.place(converse)
    owner = await carrier.next_call()
    owner.answer()
    await owner.until("up")
    owner.say(said)
    assert await asyncio.wait_for(found, 15) is heard
    await owner.until("over")


async def test_a_machine_is_heard_out_and_who_hangs_up_meanwhile_is_told(exchange: Exchange):
    carrier = await exchange.carrier()
    switch = await exchange.serve(nobody)
    told: asyncio.Queue[object] = asyncio.Queue()

    async def converse(call: LiveCall) -> None:
        leg = await call.dial(OWNER, shown="4001", ring_s=20)
        await call.next(Answered, leg=leg)
        for _ in range(2):
            await call.outlast(leg)
            told.put_nowait(await call.next(Silent, Left, leg=leg, within_s=20))

    switch.place(converse)
    owner = await carrier.next_call()
    owner.answer()
    await owner.until("up")
    owner.say(tone(500.0, seconds=0.5))
    await asyncio.sleep(1.5)
    assert told.empty()
    owner.say(None)
    assert isinstance(await asyncio.wait_for(told.get(), 10), Silent)
    owner.say(tone(500.0, seconds=0.5))
    await asyncio.sleep(0.5)
    owner.hang_up()
    assert isinstance(await asyncio.wait_for(told.get(), 10), Left)
