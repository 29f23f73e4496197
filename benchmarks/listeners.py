"""Readers of the live feed in a process of their own: what each heard, and when.

Times are those of the monotonic clock, which all processes of a machine share.
"""

import asyncio
import contextlib
import multiprocessing
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, TypeVar, cast

import uvloop

from benchmarks.wire import HEAD_END

T = TypeVar("T")
CONNECTING_AT_ONCE = 50
READY_WITHIN_S = 120.0
GREETING = b"event: feed.hello\n"
FRAME_END = b"\n\n"


@dataclass(frozen=True)
class Audience:
    """Who listens: one reader for each token."""

    host: str
    port: int
    tokens: Sequence[str]


class Reader(asyncio.Protocol):
    """One open feed. `heard` gets each match of `pattern` at once, with the time of it."""

    def __init__(
        self,
        token: str,
        pattern: re.Pattern[bytes],
        heard: Callable[[re.Match[bytes], float], None],
    ) -> None:
        self.greeted = asyncio.get_running_loop().create_future()
        self._head = f"Host: feed\r\nAuthorization: Bearer {token}\r\n"
        self._pattern = pattern
        self._heard = heard
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the feed."""
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(f"GET /api/v1/feed HTTP/1.1\r\n{self._head}\r\n".encode())

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more is heard: the count of what was missed will say so."""
        if not self.greeted.done():
            self.greeted.set_exception(ConnectionError(f"not greeted: {exc!r} {self._rest!r}"))

    def data_received(self, data: bytes) -> None:
        """Frames end with an empty line; the rest waits for more."""
        now = time.perf_counter()
        data = self._rest + data
        end = data.rfind(FRAME_END)
        self._rest = data[end + len(FRAME_END) :] if end >= 0 else data
        if end < 0:
            return
        if not self.greeted.done() and GREETING in data and HEAD_END in data:
            self.greeted.set_result(None)
        for found in self._pattern.finditer(data, 0, end + 1):
            self._heard(found, now)

    def close(self) -> None:
        """Stop listening."""
        self._transport.abort()


async def open_readers(audience: Audience, make: Callable[[str], Reader]) -> list[Reader]:
    """A greeted reader for each token."""
    loop, gate = asyncio.get_running_loop(), asyncio.Semaphore(CONNECTING_AT_ONCE)

    async def one(token: str) -> Reader:
        async with gate:
            _, reader = await loop.create_connection(
                lambda: make(token), audience.host, audience.port
            )
            await asyncio.wait_for(reader.greeted, READY_WITHIN_S)
            return reader

    return list(await asyncio.gather(*(one(token) for token in audience.tokens)))


class Beside:
    """The other process, seen from here: it says when it is ready, and at the end what it found."""

    def __init__(self, line: Connection) -> None:
        self._line = line

    async def tell(self, what: Any) -> None:
        """Send one thing over."""
        await asyncio.to_thread(self._line.send, what)

    async def hear(self) -> Any:
        """The next thing it says; raises RuntimeError with its own words when it failed."""
        said = await asyncio.to_thread(self._line.recv)
        if isinstance(said, Exception):
            raise RuntimeError(repr(said))
        return said


Work = Callable[["Beside", Audience], Awaitable[None]]


@contextlib.asynccontextmanager
async def beside(work: Work, audience: Audience) -> AsyncIterator[Beside]:
    """Runs `work` (a function of a module) in another process until the block ends."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_run, args=(work, there, audience), daemon=True)
    process.start()
    there.close()
    try:
        yield Beside(here)
    finally:
        process.terminate()
        await asyncio.to_thread(process.join)


def _run(work: Work, line: Connection, audience: Audience) -> None:
    async def run() -> None:
        try:
            await work(Beside(line), audience)
        # Whatever went wrong there shall be said here.
        except Exception as failure:
            line.send(RuntimeError(repr(failure)))

    uvloop.run(run())
