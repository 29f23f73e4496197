"""Whoever hangs up, and whenever: nothing is left over, and every conversation has its end."""

import asyncio
from typing import Any

import pytest

from callcenter.telephony.asterisk.ari import Ari, SwitchUnreachable
from callcenter.telephony.keys import collect
from callcenter.telephony.signals import Answered, Left, Rang
from callcenter.telephony.switch import LiveCall, Phone
from tests.telephony.exchange import HOTLINE, PATIENCE_S, Exchange, until_none
from tests.telephony.sip.call import SipCall

CALLS = 30
STEP_S = 0.012
"""Between the hang-ups: together they cover a call from its first ring to its recording."""


@pytest.mark.parametrize("who", ["caller", "agent", "both"])
async def test_hanging_up_at_every_moment_leaves_nothing(exchange: Exchange, who: str):
    prompt = exchange.prompt("short", 600, seconds=0.1)
    ended: list[str] = []

    async def whole(call: LiveCall) -> None:
        try:
            rang = await call.next(Rang)
            await call.answer(rang.leg)
            playing = await call.play(rang.leg, [prompt])
            await collect(call, rang.leg, most=1, first_s=0.05, prompt=playing)
            await call.music(rang.leg, on=True)
            agent = await call.dial(Phone("101"), shown=rang.caller, ring_s=5)
            if isinstance(await call.next(Answered, Left), Left):
                return
            bridge = await call.bridge(rang.leg, agent)
            await call.record(bridge)
            await call.next(Left)
        finally:
            ended.append(call.id)

    loop = asyncio.get_running_loop()
    answered: list[SipCall] = []

    def answer(call: SipCall) -> None:
        call.ring()
        call.answer()
        if who != "caller":
            loop.call_later(len(answered) * STEP_S, call.hang_up)
        answered.append(call)

    (await exchange.desk("101")).on_ring = answer
    switch = await exchange.serve(whole)
    owner = await exchange.caller()
    for at in range(CALLS):
        call = await owner.call(HOTLINE)
        if who != "agent":
            loop.call_later(at * STEP_S, call.hang_up)
    for call in (*owner.calls.values(), *answered):
        await call.until("over")
    await until_none(switch)
    await nothing_left(exchange)
    assert ended


async def nothing_left(exchange: Exchange) -> None:
    """No channel and no bridge, soon."""
    until = asyncio.get_running_loop().time() + PATIENCE_S
    while left := [*await exchange.ari.get("/channels"), *await exchange.ari.get("/bridges")]:
        assert asyncio.get_running_loop().time() < until, left
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("fails", [False, True], ids=["over", "failed"])
async def test_a_switch_that_does_not_answer_for_a_while_is_asked_again(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch, fails: bool
):
    """Nobody stays on a line that has no owner."""
    asked: list[str] = []

    async def end(call: LiveCall) -> None:
        rang = await call.next(Rang)
        await call.answer(rang.leg)
        await call.bridge(rang.leg)
        monkeypatch.setattr(Ari, "_ask", deaf)
        if fails:
            raise RuntimeError("a fault of ours")

    async def deaf(ari: Ari, method: str, path: str, *given: Any) -> Any:
        asked.append(path)
        if len(asked) < 4:
            raise SwitchUnreachable(path)
        return await answers(ari, method, path, *given)

    answers = Ari._ask
    desk = await exchange.desk("101")
    switch = await exchange.serve(end)
    caller = await (await exchange.caller()).call(HOTLINE)
    if fails:
        (await desk.next_call()).answer()
        caller.hang_up()
    await caller.until("over")
    await until_none(switch)
    await nothing_left(exchange)
    assert len(asked) >= 4
