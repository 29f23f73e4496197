"""The agent's phone is a page: JsSIP in Chromium, over ws and wss, with measured audio."""

import asyncio
import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from callcenter.telephony.signals import Answered, Left, Rang
from callcenter.telephony.switch import LiveCall, Phone
from tests.telephony.browser import (
    MICROPHONE_HZ,
    BrowserPhone,
    bundle,
    microphone,
    missing,
    served,
)
from tests.telephony.exchange import HOTLINE, Exchange
from tests.telephony.scene import CALLER_HZ, hearing
from tests.telephony.sip.sound import tone

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: no browser phone"),
    pytest.mark.skipif(bool(missing()), reason=missing() or "-"),
]


@pytest.fixture(scope="module")
async def address(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """Where the page is."""
    async with served(bundle(tmp_path_factory.mktemp("phone"))) as it:
        yield it


@pytest.fixture(scope="module")
async def speaking(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Browser]:
    """A browser with a microphone."""
    assert CHROMIUM is not None
    async with microphone(CHROMIUM, tmp_path_factory.mktemp("microphone")) as it:
        yield it


@pytest.fixture
async def phone(speaking: Browser, address: str) -> AsyncIterator[BrowserPhone]:
    """A page with a phone, not registered."""
    # The certificate is self-made.
    context = await speaking.new_context(ignore_https_errors=True)
    page = await context.new_page()
    await page.goto(address)
    yield BrowserPhone(page)
    await context.close()


def socket_of(exchange: Exchange, scheme: str) -> str:
    settings = exchange.asterisk.settings
    port = settings.https_port if scheme == "wss" else settings.http_port
    return f"{scheme}://127.0.0.1:{port}/ws"


async def sign_in(phone: BrowserPhone, exchange: Exchange, extension: str, scheme: str) -> None:
    password = exchange.asterisk.passwords.of(extension)
    await phone.register(socket_of(exchange, scheme), extension, password)


async def connect(call: LiveCall) -> None:
    rang = await call.next(Rang)
    await call.answer(rang.leg)
    agent = await call.dial(Phone("201"), shown=rang.caller, ring_s=20)
    await call.next(Answered)
    await call.bridge(rang.leg, agent)
    await call.next(Left)


@pytest.mark.parametrize("scheme", ["ws", "wss"])
async def test_caller_and_browser_hear_each_other(
    exchange: Exchange, phone: BrowserPhone, scheme: str
):
    await sign_in(phone, exchange, "201", scheme)
    await exchange.serve(connect)
    caller = await (await exchange.caller("13912345678")).call(HOTLINE)
    await phone.until("ringing")
    assert await phone.told("ringing") == "13912345678"
    await phone.do("answer")
    await phone.until("up")
    caller.say(tone(CALLER_HZ))
    await hearing({caller: {MICROPHONE_HZ}, phone: {CALLER_HZ}})
    await phone.do("press", "5")
    await phone.do("mute", True)
    async with asyncio.timeout(10):
        while caller.voice.keys_heard != "5":
            await asyncio.sleep(0.02)
    await hearing({caller: set(), phone: {CALLER_HZ}})
    caller.hang_up()
    await phone.until("over")
