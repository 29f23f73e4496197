"""The small client: what is asked again, what is given up, and a feed without a gap."""

import asyncio
import time
from collections.abc import AsyncIterator

import asyncpg
import pytest

from callcenter.simulation import api as client
from callcenter.simulation.api import HELLO, RESET, Api, Heard, Refused, Unreachable
from callcenter.web.feed_listener import START
from tests.service import Service, open_rescue
from tests.simulation.line import hub_of, line_to, new_token, revoke

PATIENCE_S = 60.0


async def next_heard(feed: AsyncIterator[Heard], kind: str) -> Heard:
    async with asyncio.timeout(PATIENCE_S):
        async for heard in feed:
            if heard.kind == kind:
                return heard
    raise AssertionError("the feed has ended")


async def test_news_of_the_time_without_a_line_is_heard_when_it_is_back(service: Service):
    agent = await service.agent()
    async with line_to(service, await new_token(service)) as (line, api):
        feed = api.feed()
        await next_heard(feed, HELLO)
        line.cut()
        ticket = await open_rescue(agent)
        line.mend()
        heard = await next_heard(feed, "ticket.opened")
        assert heard.ticket_id == ticket["id"]
        await feed.aclose()


async def test_a_web_process_that_stops_is_waited_for(service: Service):
    agent = await service.agent()
    async with Api(str(service.server.make_url("")), await new_token(service)) as api:
        feed = api.feed()
        await next_heard(feed, HELLO)
        hub_of(service).close()
        ticket = await open_rescue(agent)
        waiting = asyncio.create_task(next_heard(feed, "ticket.opened"))
        await asyncio.sleep(1.2)
        assert not waiting.done(), "503, and no reason to give up"
        hub_of(service).closing = False
        assert (await waiting).ticket_id == ticket["id"]
        await feed.aclose()


async def test_a_feed_that_begins_anew_says_so(service: Service, owner: asyncpg.Connection):
    await open_rescue(await service.agent())
    async with Api(str(service.server.make_url("")), await new_token(service)) as api:
        feed = api.feed()
        await next_heard(feed, HELLO)
        hub_of(service).close()
        # As after a restore from an older backup: the log does not know our last event.
        await owner.execute("truncate events cascade")
        hub_of(service).position, hub_of(service).closing = START, False
        await next_heard(feed, RESET)
        await feed.aclose()


async def test_who_may_not_listen_is_told(service: Service):
    token = await new_token(service)
    await revoke(service, token)
    async with Api(str(service.server.make_url("")), token) as api:
        with pytest.raises(Refused) as refused:
            await anext(api.feed())
    assert refused.value.status == 401


async def test_a_line_that_stays_dead_is_given_up(
    service: Service, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(client, "PATIENCE_S", 0.5)
    async with line_to(service, await new_token(service)) as (line, api):
        line.cut()
        with pytest.raises(Unreachable):
            await api.get("/api/v1/stations")


async def test_not_now_for_too_long_is_no_refusal(
    service: Service, monkeypatch: pytest.MonkeyPatch
):
    """503 says nothing about what was asked for: nobody may take it for a no."""
    monkeypatch.setattr(client, "PATIENCE_S", 0.5)
    hub_of(service).close()
    async with Api(str(service.server.make_url("")), await new_token(service)) as api:
        with pytest.raises(Unreachable):
            await api.get("/api/v1/feed")


async def test_that_nothing_answers_is_known_at_once(unused_tcp_port: int):
    async with Api(f"http://127.0.0.1:{unused_tcp_port}", "none") as api:
        began = time.monotonic()
        with pytest.raises(Unreachable):
            await api.knock()
        assert time.monotonic() - began < client.PATIENCE_S / 2


async def test_any_answer_says_that_somebody_is_there(service: Service):
    async with Api(str(service.server.make_url("")), "none") as api:
        await api.knock()
