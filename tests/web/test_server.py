"""A stop lets open requests end, ends the feeds, and takes nothing new."""

import asyncio
from typing import Any

import aiohttp
import pytest

from callcenter.db.database import Database
from callcenter.settings import Settings
from callcenter.web import frame
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.server import serve as run_server

SOON_S = 15
LONG_AFTER_S = 120


async def test_a_graceful_stop(
    database: Database, doorman: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What ends within the bounds here has not been waited out.
    monkeypatch.setattr("callcenter.web.server.GRACE_S", LONG_AFTER_S)
    begun, release = asyncio.Event(), asyncio.Event()
    routes = Routes()

    @routes.get("/api/v1/slow", permission=Permission.PUBLIC)
    async def slow(call: Call) -> None:
        """Takes until it is let go."""
        begun.set()
        await release.wait()

    app = frame.build(Settings(), database, routes, doorman)
    stop, port = asyncio.Event(), asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(
        run_server(app, host="127.0.0.1", port=0, stop=stop, started=port.set_result)
    )
    base = f"http://127.0.0.1:{await port}"
    async with aiohttp.ClientSession() as session:
        feed = await session.get(f"{base}/api/v1/feed", cookies={"who": "lin"})
        await feed.content.readline()
        open_request = asyncio.create_task(session.get(f"{base}/api/v1/slow"))
        await begun.wait()
        stop.set()
        await asyncio.wait_for(feed.content.read(), SOON_S)
        with pytest.raises(aiohttp.ClientError):
            await session.get(f"{base}/healthz")
        assert not serving.done()
        release.set()
        assert (await open_request).status == 204
        await asyncio.wait_for(serving, SOON_S)
