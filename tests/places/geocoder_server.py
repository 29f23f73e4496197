"""A loopback server that answers as geocoding services do, right and wrong."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

SLOW_S = 30.0


@dataclass
class Service:
    """What it answers next, and what it was asked."""

    port: int = 0
    status: int = 200
    body: Any = None
    text: str | None = None
    content_type: str = "application/json"
    slow: bool = False
    dripping: bool = False
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def domain(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.path, dict(request.query)))
        if self.slow:
            await asyncio.sleep(SLOW_S)
        if self.dripping:
            return await self._drip(request)
        if self.text is not None:
            return web.Response(status=self.status, text=self.text, content_type=self.content_type)
        answer = web.json_response(self.body, status=self.status)
        answer.content_type = self.content_type
        return answer

    async def _drip(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b" ")
            await asyncio.sleep(0.05)


@asynccontextmanager
async def serving() -> AsyncIterator[Service]:
    """The service on a free port."""
    it = Service()
    app = web.Application()
    app.router.add_get("/{path:.*}", it.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    it.port = runner.addresses[0][1]
    yield it
    await runner.cleanup()
