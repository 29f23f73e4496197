"""The demo in a folder of its own, and people who are signed in to it."""

import asyncio
import contextlib
import os
import re
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from playwright.async_api import Browser, BrowserContext, Page

from callcenter.supervision import free_port

HOST = "127.0.0.1"
LOGIN = re.compile(r"^  (\w+) / (\S+)  ", re.MULTILINE)


@dataclass(frozen=True)
class Demo:
    """Where it is, and login -> password."""

    url: str
    passwords: dict[str, str]


@contextlib.asynccontextmanager
async def demo() -> AsyncIterator[Demo]:
    """`callcenter run` with an empty folder; all of it is gone afterwards."""
    url = f"http://{HOST}:{(port := free_port(HOST, 0))}"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "callcenter", "run"),
            *("--host", HOST, "--port", str(port), "--data-dir", folder),
            env=os.environ | {"CALLCENTER_WEB_PROCESSES": "1"},
            stdout=asyncio.subprocess.PIPE,
        )
        try:
            yield Demo(url, dict(LOGIN.findall(await _welcome(process))))
        finally:
            process.send_signal(signal.SIGINT)
            await process.wait()


async def _welcome(process: asyncio.subprocess.Process) -> str:
    """What it says once it is ready."""
    assert process.stdout is not None
    said = ""
    while "Ctrl-C stops" not in said:
        line = await process.stdout.readline()
        if not line:
            raise SystemExit(f"the demo did not start:\n{said}")
        said += line.decode()
    return said


@dataclass
class Person:
    """Somebody with a browser window, who can also ask the API under the same session."""

    demo: Demo
    context: BrowserContext
    page: Page
    token: str = ""

    @classmethod
    async def comes(cls, demo: Demo, browser: Browser, **window: Any) -> "Person":
        """Not signed in."""
        context = await browser.new_context(base_url=demo.url, locale="zh-CN", **window)
        return cls(demo, context, await context.new_page())

    async def signs_in(self, login: str) -> None:
        """With the password that the demo has said."""
        await self.page.goto("/sign-in")
        await self.page.fill("[name=login]", login)
        await self.page.fill("[name=password]", self.demo.passwords[login])
        async with self.page.expect_navigation():
            await self.page.click("button.main")
        self.token = (await self.get("/api/v1/session"))["csrf_token"]

    async def get(self, path: str, **query: Any) -> Any:
        """What the API answers."""
        return await self._answered(await self.context.request.get(path, params=query))

    async def post(self, path: str, body: Any = None) -> Any:
        """What comes of it."""
        headers = {"X-CSRF-Token": self.token, "Origin": self.demo.url}
        headers["Idempotency-Key"] = str(uuid4())
        sent = await self.context.request.post(path, data=body, headers=headers)
        return await self._answered(sent)

    async def _answered(self, answer: Any) -> Any:
        if not answer.ok:
            raise SystemExit(f"{answer.status} {answer.url}: {await answer.text()}")
        return await answer.json()
