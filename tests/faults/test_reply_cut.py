"""The answer is lost behind the commit: a retry with the same key finds what was done."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import aiohttp
import pytest

from tests.service import Client, Service, confirm_place, offer_for, open_rescue

SAME_OR_NEW_KEY = pytest.mark.parametrize(
    "same_key",
    [
        pytest.param(True, id="same_key"),
        pytest.param(
            False,
            id="control",
            marks=pytest.mark.xfail(strict=True, reason="another key: another request"),
        ),
    ],
)


class Cutter:
    """A line between client and service that loses the next answer when told to."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.loses_next = False
        self.lost = 0

    async def line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self.port)
        both = [
            asyncio.create_task(self._carry(reader, back)),
            asyncio.create_task(self._bring(there, writer)),
        ]
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        for task in both:
            task.cancel()
        await asyncio.gather(*both, return_exceptions=True)
        for end in (back, writer):
            end.close()
            with contextlib.suppress(ConnectionError):
                await end.wait_closed()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()

    async def _bring(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            if self.loses_next:
                self.loses_next, self.lost = False, self.lost + 1
                return
            writer.write(data)
            await writer.drain()


@asynccontextmanager
async def bad_line(service: Service, client: Client) -> AsyncIterator[tuple[Cutter, Client]]:
    """The client's words over a line that can lose an answer."""
    cutter = Cutter(service.server.port or 0)
    listening = await asyncio.start_server(cutter.line, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    session = aiohttp.ClientSession(f"http://127.0.0.1:{port}", headers=client.session.headers)
    try:
        async with session:
            yield cutter, Client(session)
    finally:
        listening.close()


@SAME_OR_NEW_KEY
async def test_a_ticket_is_opened_once(service: Service, same_key: bool):
    agent = await service.agent()
    body = {"kind": "enquiry", "caller_phone": "13800138000"}
    async with bad_line(service, agent) as (cutter, far_agent):
        key = str(uuid4())
        cutter.loses_next = True
        with pytest.raises(aiohttp.ClientError):
            await far_agent.post("/api/v1/tickets", body, key=key)
        assert cutter.lost == 1
        again = key if same_key else str(uuid4())
        answer = await far_agent.post("/api/v1/tickets", body, key=again)
    page = await agent.get("/api/v1/tickets")
    assert [ticket["number"] for ticket in page["items"]] == [answer["number"]]


@SAME_OR_NEW_KEY
async def test_a_station_that_heard_no_answer_learns_that_it_has_won(
    service: Service, same_key: bool
):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(station, ticket["id"])
    path, body = f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 20}
    async with bad_line(service, station) as (cutter, far_station):
        key = str(uuid4())
        cutter.loses_next = True
        with pytest.raises(aiohttp.ClientError):
            await far_station.post(path, body, key=key)
        again = key if same_key else str(uuid4())
        dispatch = await far_station.post(path, body, key=again)
    rescue = await agent.get(f"/api/v1/rescues/{ticket['id']}")
    assert [one["id"] for one in rescue["dispatches"]] == [dispatch["id"]]
