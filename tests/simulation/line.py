"""The line between the service and what plays against it: it can be cut, and answers be slow."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta

from callcenter.cli.machine_tokens import PLAYS_STATIONS, REHEARSES
from callcenter.simulation.api import Api
from callcenter.staff import tokens
from callcenter.web.feed_hub import HUB, FeedHub
from tests.service import Service


async def new_token(service: Service, *, rehearses: bool = False) -> str:
    """As `run` makes it, for the simulation or for the rehearsal."""
    async with service.database.transaction() as tx:
        return await tokens.create_machine_token(
            tx,
            name="test",
            scopes=REHEARSES if rehearses else PLAYS_STATIONS,
            lifetime=timedelta(hours=1),
        )


async def revoke(service: Service, token: str) -> None:
    """It is good for nothing any more."""
    async with service.database.transaction() as tx:
        await tokens.revoke_secret(tx, token)


def hub_of(service: Service) -> FeedHub:
    """`close()` is what a web process does when it stops: feeds end, a new one is answered 503."""
    return service.server.app[HUB]


class Line:
    """Loopback to loopback. `cut()` ends every connection and refuses new ones."""

    def __init__(self, service: Service) -> None:
        self._there = service.server.port or 0
        self._ends: set[asyncio.StreamWriter] = set()
        self.is_cut = False
        self.slow: dict[bytes, float] = {}
        """Seconds by which the answer is late, by a part of the request's first line."""
        self.url = ""

    def cut(self) -> None:
        self.is_cut = True
        for end in self._ends:
            end.transport.abort()

    def mend(self) -> None:
        self.is_cut = False

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_cut:
            writer.transport.abort()
            return
        answers, requests = await asyncio.open_connection("127.0.0.1", self._there)
        self._ends |= {writer, requests}
        late_s = 0.0

        async def ask() -> None:
            nonlocal late_s
            while data := await reader.read(65536):
                head = data.partition(b"\r\n")[0]
                late_s = next((s for part, s in self.slow.items() if part in head), 0.0)
                requests.write(data)

        async def answer() -> None:
            while data := await answers.read(65536):
                await asyncio.sleep(late_s)
                writer.write(data)

        both = [asyncio.create_task(ask()), asyncio.create_task(answer())]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)
            for end in (writer, requests):
                end.close()
                self._ends.discard(end)


@contextlib.asynccontextmanager
async def line_to(service: Service, token: str) -> AsyncIterator[tuple[Line, Api]]:
    """A client of the service behind such a line."""
    line = Line(service)
    listening = await asyncio.start_server(line.carry, "127.0.0.1", 0)
    line.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    try:
        async with Api(line.url, token) as api:
            yield line, api
    finally:
        listening.close()
        line.cut()
