"""Asterisk as a child: killed, it comes back; its calls are known to be lost."""

import asyncio
import os
import signal
from pathlib import Path

import aiohttp
import pytest

from callcenter.telephony.asterisk.installation import AsteriskUnusable, Installation
from callcenter.telephony.asterisk.process import AsteriskProcess
from callcenter.telephony.signals import Ending, Left, Rang
from callcenter.telephony.switch import LiveCall
from tests.telephony.conftest import settings_of
from tests.telephony.exchange import HOTLINE, Exchange, until


async def test_killed_in_the_middle_of_a_call(installation: Installation, tmp_path: Path):
    process = AsteriskProcess(tmp_path, settings_of(tmp_path), installation)
    await process.start()
    alive = asyncio.create_task(process.keep_alive())
    left: asyncio.Queue[Left] = asyncio.Queue()
    answered = asyncio.Event()

    async def wait(call: LiveCall) -> None:
        await call.answer((await call.next(Rang)).leg)
        answered.set()
        left.put_nowait(await call.next(Left))

    async with aiohttp.ClientSession() as session, Exchange(process, session) as exchange:
        switch = await exchange.serve(wait)
        caller = await exchange.caller()
        await (await caller.call(HOTLINE)).until("up")
        await until(answered)
        switch.is_listening.clear()
        os.kill(process.pid, signal.SIGKILL)
        lost = await asyncio.wait_for(left.get(), 20)
        assert (lost.cause.ending, lost.by_us) == (Ending.LOST, False)
        await until(switch.is_listening)
        again = await (await caller.call(HOTLINE)).until("up")
        again.hang_up()
        assert (await asyncio.wait_for(left.get(), 10)).cause.ending is Ending.NORMAL
    alive.cancel()
    await process.stop()
    assert not process.is_running()


async def test_a_port_that_another_holds_is_named(
    asterisk: AsteriskProcess, installation: Installation, tmp_path: Path
):
    settings = settings_of(tmp_path, http_port=asterisk.settings.http_port)
    second = AsteriskProcess(tmp_path, settings, installation)
    with pytest.raises(AsteriskUnusable, match=str(settings.http_port)):
        await second.start()


async def test_one_that_ends_at_once_says_why(installation: Installation, tmp_path: Path):
    process = AsteriskProcess(tmp_path, settings_of(tmp_path), installation)
    (tmp_path / "etc" / "asterisk.conf").unlink()
    with pytest.raises(AsteriskUnusable, match=r"asterisk\.conf"):
        await process.start()
