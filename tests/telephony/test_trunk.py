"""A carrier that wants us to register: another Asterisk plays it, with a password and all."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from callcenter.telephony.asterisk.installation import Installation
from callcenter.telephony.asterisk.phone_accounts import close_account, open_account
from callcenter.telephony.asterisk.process import AsteriskProcess
from callcenter.telephony.signals import Answered, Left, Played, Rang
from callcenter.telephony.switch import LiveCall, Outside, Phone
from callcenter.telephony_settings import TrunkSettings
from tests.telephony.conftest import settings_of
from tests.telephony.exchange import HOTLINE, PATIENCE_S, Exchange
from tests.telephony.scene import THIRD_HZ, hearing

OUR_LINE = "line-7"
PROMPT_HZ = THIRD_HZ


@pytest.fixture
async def ours(
    exchange: Exchange, installation: Installation, tmp_path: Path
) -> AsyncIterator[Exchange]:
    """Our Asterisk, registered with the worker's, which plays the carrier."""
    password = await open_account(exchange.ari, OUR_LINE, browser=False)
    trunk = TrunkSettings(
        address=f"127.0.0.1:{exchange.asterisk.settings.sip_port}",
        calls_from=("127.0.0.1",),
        user=OUR_LINE,
        password=SecretStr(password),
        registers=True,
        asked_each_s=0,
    )
    process = AsteriskProcess(tmp_path, settings_of(tmp_path, trunk=trunk), installation)
    await process.start()
    async with aiohttp.ClientSession() as session, Exchange(process, session) as it:
        async with asyncio.timeout(PATIENCE_S):
            while not await is_registered(exchange):
                await asyncio.sleep(0.05)
        yield it
    await process.stop()
    await close_account(exchange.ari, OUR_LINE)


async def is_registered(carrier: Exchange) -> bool:
    return bool((await carrier.ari.get(f"/endpoints/PJSIP/{OUR_LINE}"))["state"] == "online")


async def test_a_call_comes_in_over_the_registered_line(exchange: Exchange, ours: Exchange):
    prompt = ours.prompt("hello", PROMPT_HZ, seconds=5)

    async def bring(call: LiveCall) -> None:
        rang = await call.next(Rang)
        line = await call.dial(Phone(OUR_LINE), shown=rang.caller, ring_s=20)
        await call.next(Answered, leg=line)
        await call.answer(rang.leg)
        await call.bridge(rang.leg, line)
        await call.next(Left)

    async def greet(call: LiveCall) -> None:
        told.set_result(await call.next(Rang))
        await call.answer(told.result().leg)
        await call.play(told.result().leg, [prompt])
        await call.next(Played)

    told: asyncio.Future[Rang] = asyncio.get_running_loop().create_future()
    await exchange.serve(bring)
    await ours.serve(greet)
    caller = await (await exchange.caller("13912345678")).call(HOTLINE)
    await caller.until("up")
    await hearing({caller: {PROMPT_HZ}})
    assert (told.result().caller, told.result().dialled) == ("13912345678", OUR_LINE)


async def test_a_call_goes_out_with_our_password(exchange: Exchange, ours: Exchange):
    async def take(call: LiveCall) -> None:
        told.set_result(await call.next(Rang))
        await call.answer(told.result().leg)
        await call.next(Left)

    async def dial(call: LiveCall) -> None:
        leg = await call.dial(Outside("13800138000"), shown=HOTLINE, ring_s=20)
        answered.set_result(await call.next(Answered, Left, leg=leg))

    told: asyncio.Future[Rang] = asyncio.get_running_loop().create_future()
    answered: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    await exchange.serve(take)
    (await ours.serve(take)).place(dial)
    assert isinstance(await asyncio.wait_for(answered, PATIENCE_S), Answered)
    assert (told.result().dialled, told.result().from_phone) == ("13800138000", True)
