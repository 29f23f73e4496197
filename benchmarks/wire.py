"""A client that costs little: HTTP/1.1 on kept connections, requests made as bytes beforehand.

The client shares the machine with what it measures; a full-grown one would take a core of it.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any, cast

from callcenter.ids import new_id

HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length:"
TIMEOUT_S = 30.0


class ConnectionLost(Exception):
    """The connection ended before the answer was whole."""


class Line(asyncio.Protocol):
    """One connection: one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[tuple[int, bytes]] | None = None
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever waits learns it."""
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(ConnectionLost(repr(exc)))

    def data_received(self, data: bytes) -> None:
        """Hand over the answer once it is whole: status and body."""
        self._buffer += data
        end = self._buffer.find(HEAD_END)
        if end < 0:
            return
        head = self._buffer[:end].lower()
        whole = end + len(HEAD_END) + _length(head)
        if len(self._buffer) < whole:
            return
        body, self._buffer = self._buffer[end + len(HEAD_END) : whole], self._buffer[whole:]
        if self._waiting and not self._waiting.done():
            self._waiting.set_result((int(head[9:12]), body))

    async def send(self, request: bytes) -> tuple[int, bytes]:
        """Status and body; raises ConnectionLost or TimeoutError."""
        assert self._transport is not None
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        async with asyncio.timeout(TIMEOUT_S):
            return await self._waiting

    def close(self) -> None:
        """End the connection."""
        if self._transport:
            self._transport.abort()


class Lines:
    """Kept connections to one service, each lent to one request at a time."""

    def __init__(self, host: str, port: int, token: str) -> None:
        self._host, self._port, self._token = host, port, token
        self._free: asyncio.LifoQueue[Line] = asyncio.LifoQueue()
        self._all: list[Line] = []

    def request(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        key: str | None = None,
        token: str | None = None,
    ) -> bytes:
        """The bytes of a request; a POST carries a key of its own."""
        data = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: {self._host}\r\n"
        head += f"Authorization: Bearer {token or self._token}\r\n"
        if method == "POST":
            head += f"Idempotency-Key: {key or new_id()}\r\nContent-Type: application/json\r\n"
        return f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data

    async def send(self, request: bytes) -> tuple[int, bytes]:
        """On a free connection, a new one when all are busy."""
        line = await self.take()
        try:
            return await line.send(request)
        finally:
            self.give_back(line)

    async def take(self) -> Line:
        """A connection for oneself."""
        with contextlib.suppress(asyncio.QueueEmpty):
            return self._free.get_nowait()
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(Line, self._host, self._port)
        self._all.append(line)
        return line

    def give_back(self, line: Line) -> None:
        """Others may use it again."""
        self._free.put_nowait(line)

    async def call(self, method: str, path: str, body: object = None) -> Any:
        """The answer's JSON; raises RuntimeError when it is a refusal."""
        status, answer = await self.send(self.request(method, path, body))
        if status >= 400:
            raise RuntimeError(f"{method} {path}: {status} {answer[:300]!r}")
        return json.loads(answer) if answer else None

    def close(self) -> None:
        """End all connections."""
        for line in self._all:
            line.close()


@contextlib.asynccontextmanager
async def lines(host: str, port: int, token: str) -> AsyncIterator[Lines]:
    """Connections that end with the block."""
    opened = Lines(host, port, token)
    try:
        yield opened
    finally:
        opened.close()


def _length(head: bytes) -> int:
    at = head.find(LENGTH)
    if at < 0:
        return 0
    return int(head[at + len(LENGTH) :].split(b"\r\n", 1)[0])
