"""A line between client and service that loses answers, and a client that asks once."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http.client import HTTPConnection

from tests.service import Service

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """What came back: the status and the body as it was written."""

    status: int
    body: bytes


class Cutter:
    """Loses the next answer when told to, once the service has written all of it."""

    def __init__(self, service: Service) -> None:
        self.service_port = service.server.port or 0
        self.port = 0
        self.loses_next = False
        self.lost: list[Answer] = []

    async def line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until either end closes it."""
        there, back = await asyncio.open_connection("127.0.0.1", self.service_port)
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
                self.loses_next = False
                self.lost.append(await _whole(data, reader))
                return
            writer.write(data)
            await writer.drain()


async def _whole(data: bytes, reader: asyncio.StreamReader) -> Answer:
    while b"\r\n\r\n" not in data:
        data += await reader.read(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    told = LENGTH.search(head)
    body += await reader.readexactly(int(told[1]) - len(body) if told else 0)
    return Answer(int(head.split(b" ", 2)[1]), body)


@asynccontextmanager
async def bad_line(service: Service) -> AsyncIterator[Cutter]:
    """To the service, by way of a cutter that listens on `port`."""
    cutter = Cutter(service)
    listening = await asyncio.start_server(cutter.line, "127.0.0.1", 0)
    cutter.port = listening.sockets[0].getsockname()[1]
    try:
        yield cutter
    finally:
        listening.close()


@dataclass(frozen=True)
class Request:
    """One request, that can be sent again as it was."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None = None

    async def to(self, port: int) -> Answer:
        """Asks once, on a connection of its own. Raises ConnectionError when no answer comes."""
        return await asyncio.to_thread(self._ask, port)

    def _ask(self, port: int) -> Answer:
        line = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            line.request(self.method, self.url, self.body, dict(self.headers))
            answer = line.getresponse()
            return Answer(answer.status, answer.read())
        finally:
            line.close()
