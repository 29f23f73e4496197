"""What Asterisk does when a guard of ours is taken out: each of these must fail."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from callcenter.telephony.asterisk import clearing
from callcenter.telephony.asterisk.ari import SwitchUnreachable
from callcenter.telephony.asterisk.call import AsteriskCall
from tests.telephony import scene, test_bridges, test_races
from tests.telephony.exchange import Exchange
from tests.telephony.scene import Talk, talking
from tests.telephony.sip import call as sip_call

Patch = pytest.MonkeyPatch


SOUND_HEARD = pytest.mark.xfail(strict=True, raises=AssertionError)
NEVER = pytest.mark.xfail(strict=True, raises=TimeoutError)


@SOUND_HEARD
async def test_music_that_is_not_stopped_goes_on(exchange: Exchange, monkeypatch: Patch):
    monkeypatch.setattr(AsteriskCall, "join", AsteriskCall._add)
    monkeypatch.setattr(scene, "SOON_S", 1.5)
    await test_bridges.test_music_ends_when_the_agent_is_there(exchange)


@SOUND_HEARD
async def test_a_prompt_that_is_not_stopped_goes_on(exchange: Exchange, monkeypatch: Patch):
    monkeypatch.setattr(AsteriskCall, "join", AsteriskCall._add)
    monkeypatch.setattr(scene, "SOON_S", 1.5)
    await test_bridges.test_a_prompt_ends_when_the_agent_is_there(exchange)


@NEVER
async def test_in_a_bare_bridge_no_keys_are_told(exchange: Exchange, monkeypatch: Patch):
    told = asyncio.get_running_loop().create_future()

    async def bare(call: AsteriskCall, *legs: str) -> str:
        bridge = f"{call.id}~bridge-bare"
        await call.ari.post(f"/bridges/{bridge}", type="mixing")
        for leg in legs:
            await call.join(bridge, leg)
        return bridge

    async def listen(call: AsteriskCall, talk: Talk) -> None:
        told.set_result(await call.next(leg=talk.caller, within_s=3))

    monkeypatch.setattr(AsteriskCall, "bridge", bare)
    caller, _ = await talking(exchange, listen)
    caller.press("7")
    await asyncio.wait_for(told, 2)


@NEVER
async def test_asked_only_once_a_switch_that_does_not_answer_keeps_the_line_open(
    exchange: Exchange, monkeypatch: Patch
):
    async def once(work: Callable[[], Awaitable[object]]) -> None:
        with suppress(SwitchUnreachable):
            await work()

    monkeypatch.setattr(clearing, "surely", once)
    monkeypatch.setattr(sip_call, "PATIENCE_S", 1)
    await test_races.test_a_switch_that_does_not_answer_for_a_while_is_asked_again(
        exchange, monkeypatch, False
    )
