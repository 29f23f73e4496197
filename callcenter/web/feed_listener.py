"""One reader of the live feed, and who hears what."""

import asyncio
import contextlib
import socket
from dataclasses import dataclass
from time import monotonic
from uuid import UUID

from aiohttp import web

from callcenter.db.events import StoredEvent
from callcenter.web.actor import Actor

MAX_BUFFER = 256 * 1024
KERNEL_BUFFER = 128 * 1024

Cursor = tuple[int, int]
START: Cursor = (0, 0)
MAX_XID, MAX_SEQ = 2**64 - 1, 2**63 - 1


def cursor_of(text: str) -> Cursor:
    """The place in the log; raises ValueError when it is none."""
    xid, _, seq = text.partition("-")
    if not (xid.isdecimal() and seq.isdecimal() and text.isascii() and len(text) <= 41):
        raise ValueError(text)
    cursor = (int(xid), int(seq))
    if cursor[0] > MAX_XID or cursor[1] > MAX_SEQ:
        raise ValueError(text)
    return cursor


def text_of(cursor: Cursor) -> str:
    """The place as clients keep it."""
    return f"{cursor[0]}-{cursor[1]}"


@dataclass(frozen=True)
class Audience:
    """All actors with the same ears: they share the bytes."""

    role: str
    station_id: UUID | None

    def hears(self, event: StoredEvent) -> bool:
        """By role, or because it is about one's own station."""
        if self.role in event.roles:
            return True
        return self.station_id is not None and self.station_id == event.station_id


def frame(event: StoredEvent) -> bytes:
    """The event as server-sent events have it."""
    return f"id: {event.cursor}\nevent: {event.kind}\ndata: {event.as_json()}\n\n".encode()


def http_chunk(data: bytes) -> bytes:
    """One chunk of a chunked body."""
    return b"%x\r\n%b\r\n" % (len(data), data)


class Listener:
    """An open feed. While it is live the hub writes prepared chunks straight to its transport.

    The transport's own buffer is the reader's queue: a look at its size is all that is kept,
    and a full one ends the feed. The reader comes back with Last-Event-ID and misses nothing.
    `used_at` is when it last counted as use of its session.
    """

    def __init__(self, request: web.Request, actor: Actor) -> None:
        self.actor = actor
        self.audience = Audience(actor.role, actor.station_id)
        self.gone = asyncio.Event()
        self.used_at = monotonic()
        self.request = request
        self._pushed = 0
        self._waiting_for = 0
        self._waiting_since: float | None = None

    def keep_kernel_buffer_small(self) -> None:
        """A slow reader shall be noticed here, not after megabytes in the kernel."""
        transport = self.request.transport
        sock = transport.get_extra_info("socket") if transport else None
        if sock is not None:
            with contextlib.suppress(OSError, TypeError):
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER)

    def push(self, chunk: bytes) -> bool:
        """Hand the bytes over; False when the reader is too slow or has left."""
        transport = self.request.transport
        if transport is None or transport.is_closing():
            return False
        # Looked at before writing: one large batch alone makes nobody a slow reader.
        if transport.get_write_buffer_size() > MAX_BUFFER:
            return False
        transport.write(chunk)
        self._pushed += len(chunk)
        return True

    def has_left(self) -> bool:
        """Whether the connection is closed."""
        transport = self.request.transport
        return transport is None or transport.is_closing()

    def stalled_for(self, now: float) -> float:
        """How long the oldest byte that was looked at has been waiting for this reader."""
        transport = self.request.transport
        waiting = transport.get_write_buffer_size() if transport else 0
        if waiting == 0:
            self._waiting_since = None
            return 0.0
        if self._waiting_since is None or self._pushed - waiting >= self._waiting_for:
            self._waiting_since, self._waiting_for = now, self._pushed
        return now - self._waiting_since

    def drop(self) -> None:
        """End the feed at once, whatever still waits in it."""
        transport = self.request.transport
        if transport is not None:
            transport.abort()
        self.gone.set()
