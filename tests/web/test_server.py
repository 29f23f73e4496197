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

routes = Routes()


@routes.get("/api/v1/slow", permission=Permission.PUBLIC)
async def slow(call: Call) -> None:
    """Takes a moment."""
    await asyncio.sleep(0.8)


async def test_a_graceful_stop(database: Database, doorman: Any) -> None:
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
        await asyncio.sleep(0.2)
        began = asyncio.get_running_loop().time()
        stop.set()
        assert (await open_request).status == 204
        await asyncio.wait_for(feed.content.read(), 5)
        await asyncio.wait_for(serving, 5)
        assert asyncio.get_running_loop().time() - began < 3
        with pytest.raises(aiohttp.ClientError):
            await session.get(f"{base}/healthz")
