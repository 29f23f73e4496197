"""The client of ARI against servers that are slow, gone, wrong or cut."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web

from callcenter.telephony.asterisk import ari as ari_module
from callcenter.telephony.asterisk.ari import Ari, SwitchRefused, SwitchUnreachable
from callcenter.telephony.asterisk.ari_events import KNOWN, AriEvent, ChannelDtmfReceived
from callcenter.telephony.asterisk.ari_socket import AriSocket, Replaced

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
KEY = {"type": "ChannelDtmfReceived", "channel": {"id": "1.1"}, "digit": "3", "duration_ms": 80}


@pytest.fixture
async def pretend() -> AsyncIterator[Callable[[Handler], Awaitable[Ari]]]:
    """An ARI that answers everything by this handler."""
    runners: list[web.AppRunner] = []
    async with aiohttp.ClientSession() as session:

        async def start(handler: Handler) -> Ari:
            app = web.Application()
            app.router.add_route("*", "/{anything:.*}", handler)
            runner = web.AppRunner(app, shutdown_timeout=0.1)
            runners.append(runner)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            return Ari(session, f"http://127.0.0.1:{runner.addresses[0][1]}/ari", "us", "pw")

        yield start
        for runner in runners:
            await runner.cleanup()


@pytest.mark.parametrize("status", [404, 409, 422])
async def test_gone_is_no_error(pretend, status: int):
    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"message": "Channel not found"}, status=status)

    assert await (await pretend(answer)).post("/channels/1.1/answer") is None


async def test_a_refusal_says_why(pretend):
    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"message": "Allocation failed"}, status=500)

    with pytest.raises(SwitchRefused, match=r"500.*Allocation failed"):
        await (await pretend(answer)).post("/channels")


async def test_silence_has_an_end(pretend, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ari_module, "WITHIN_S", 0.1)

    async def answer(request: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return web.json_response({})

    ari = await pretend(answer)
    with pytest.raises(SwitchUnreachable):
        await ari.get("/channels")
    assert not await ari.is_up()


async def test_who_we_are_is_told(pretend):
    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"who": request.headers["Authorization"], **request.query})

    told = await (await pretend(answer)).post("/channels/1/play", media="sound:a b&c")
    assert told == {"who": "Basic dXM6cHc=", "media": "sound:a b&c"}


class Feed:
    """An events socket that says what it is told to, then breaks off; the requests it saw."""

    def __init__(self, *sockets: list[object]) -> None:
        self.sockets = list(sockets)
        self.opened = 0
        self.filters: list[object] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        if request.method == "PUT":
            self.filters.append(await request.json())
            return web.json_response({})
        self.opened += 1
        if not self.sockets:
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        for event in self.sockets.pop(0):
            if isinstance(event, str):
                await socket.send_str(event)
            else:
                await socket.send_json(event)
        await asyncio.sleep(0.05)
        await socket.close()
        return socket


async def test_a_socket_that_breaks_is_opened_again_and_asks_only_for_what_we_use(pretend):
    feed = Feed([KEY, "no json", {"type": "SomethingNew"}], [KEY | {"digit": "4"}])
    got: list[AriEvent] = []
    times = 0

    async def opened() -> None:
        nonlocal times
        times += 1

    following = asyncio.create_task(
        AriSocket(await pretend(feed.answer), "hotline").follow(opened, got.append)
    )
    async with asyncio.timeout(10):
        while feed.opened < 3:
            await asyncio.sleep(0.01)
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    assert [event.digit for event in got if isinstance(event, ChannelDtmfReceived)] == ["3", "4"]
    assert times == 2
    assert feed.filters == [{"allowed": [{"type": name} for name in KNOWN]}] * 2


async def test_replaced_it_stays_away(pretend):
    feed = Feed([{"type": "ApplicationReplaced", "application": "hotline"}], [KEY])

    async def opened() -> None:
        pass

    with pytest.raises(Replaced):
        await AriSocket(await pretend(feed.answer), "hotline").follow(opened, lambda event: None)
    assert feed.opened == 1
