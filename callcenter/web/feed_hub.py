"""One reader of the event log per process, and the fan-out to its open feeds.

It wakes by NOTIFY, polls as a net under it, and gathers what falls into one tick, so that a
listener is written to a few times a second however many events there are.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Sequence
from time import monotonic
from typing import Any

import structlog
from aiohttp import web

from callcenter.db.database import Database
from callcenter.db.events import StoredEvent, newest, read_after
from callcenter.db.recurring import recurring
from callcenter.db.retry import RETRYABLE
from callcenter.web.actor import Authenticator
from callcenter.web.feed_listener import (
    START,
    Audience,
    Cursor,
    Listener,
    cursor_of,
    frame,
    http_chunk,
    text_of,
)
from callcenter.web.metrics import Metrics
from callcenter.web.repository import SQL

log = structlog.get_logger()

CHANNEL = "events"
BATCH = 500
TICK_S = 0.025
UNSETTLED_S = 0.01
POLL_S = 1.0
HEARTBEAT_S = 15
SWEEP_S = 1
SIGNED_IN_CHECK_S = 4
USE_COUNTS_EVERY_S = 60.0
LOST_PAUSE_S = 0.5
SILENT_AFTER_S = 10.0
STALLED_S = 3.0
CATCH_UPS = 4


class FeedHub:
    """Tails the log and serves the listeners that have caught up with it.

    `idle_s` is how long a session may go unused: an open feed counts as use.
    """

    def __init__(
        self, database: Database, authenticator: Authenticator, metrics: Metrics, *, idle_s: float
    ) -> None:
        self.database = database
        self.metrics = metrics
        self.position: Cursor = START
        self.ready = asyncio.Event()
        self.closing = False
        self._authenticator = authenticator
        self._use_counts_every_s = min(USE_COUNTS_EVERY_S, idle_s / 10)
        self.catching_up = asyncio.Semaphore(CATCH_UPS)
        self._woken = asyncio.Event()
        self._listeners: dict[Audience, set[Listener]] = defaultdict(set)
        self._read_at = self._beat_at = monotonic()

    async def run(self) -> None:
        """Until cancelled; whatever fails costs a pause, never the feed."""
        self._read_at = self._beat_at = monotonic()
        await asyncio.gather(
            recurring("feed_tail", self._tail, pause_s=LOST_PAUSE_S),
            recurring("feed_sweep", self._sweep, pause_s=SWEEP_S),
            recurring("feed_sign_ins", self._check_signed_in, pause_s=SIGNED_IN_CHECK_S),
        )

    def is_alive(self) -> bool:
        """Whether the log was read within the last ten seconds."""
        return monotonic() - self._read_at < SILENT_AFTER_S

    def join(self, listener: Listener) -> None:
        """From here on it is written to. Its own position must be the hub's: see feed.py."""
        self._listeners[listener.audience].add(listener)
        self.metrics.feed_readers.inc()

    def leave(self, listener: Listener) -> None:
        """Forget the listener."""
        group = self._listeners[listener.audience]
        if listener in group:
            group.discard(listener)
            self.metrics.feed_readers.dec()
        if not group:
            del self._listeners[listener.audience]

    def close(self) -> None:
        """The process stops: every feed ends, its reader goes on elsewhere."""
        self.closing = True
        for listener in self._all():
            listener.gone.set()

    def _all(self) -> list[Listener]:
        return [listener for group in self._listeners.values() for listener in group]

    async def _tail(self) -> None:
        async with self.database.reading() as tx:
            connection = tx.connection
            await connection.add_listener(CHANNEL, self._wake)
            try:
                self._take_place(cursor_of(await newest(connection)))
                while True:
                    await self._advance(connection)
            finally:
                with contextlib.suppress(*RETRYABLE):
                    await connection.remove_listener(CHANNEL, self._wake)

    def _take_place(self, end: Cursor) -> None:
        """Go on where we stood, but at the end of the log when it is no longer the one we read:
        restored, or a standby's that lacks the last facts. Readers then ask where they stand."""
        if not self.ready.is_set():
            self.position = end
            self.ready.set()
        elif end < self.position:
            log.warning("feed_log_is_another", position=self.position, end=end)
            self.position = end
            for listener in self._all():
                listener.gone.set()

    def _wake(self, *_: Any) -> None:
        self._woken.set()

    async def _advance(self, connection: Any) -> None:
        self._woken.clear()
        events = await read_after(connection, text_of(self.position), BATCH)
        self._read_at = monotonic()
        if events:
            self.publish(events)
            await asyncio.sleep(0 if len(events) == BATCH else TICK_S)
        elif await SQL.unsettled_events(connection):
            await asyncio.sleep(UNSETTLED_S)
        else:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_S):
                    await self._woken.wait()

    def publish(self, events: Sequence[StoredEvent]) -> None:
        """Write the events to all who hear them. Never waits: order depends on it."""
        frames = [(event, frame(event)) for event in events] if self._listeners else []
        for audience in list(self._listeners):
            heard = b"".join(data for event, data in frames if audience.hears(event))
            if heard:
                self._push(audience, http_chunk(heard))
        self.position = cursor_of(events[-1].cursor)
        self.metrics.feed_events.inc(len(events))

    def _push(self, audience: Audience, chunk: bytes) -> None:
        for listener in list(self._listeners[audience]):
            if not listener.push(chunk):
                self._drop(listener)

    def _drop(self, listener: Listener) -> None:
        if not listener.has_left():
            self.metrics.feed_dropped.inc()
            log.info("feed_reader_too_slow", actor=listener.actor.id)
        listener.drop()
        self.leave(listener)

    async def _sweep(self) -> None:
        """Who has left, who is stalled; now and then a sign of life."""
        now = monotonic()
        for listener in self._all():
            if listener.has_left() or listener.stalled_for(now) >= STALLED_S:
                self._drop(listener)
        if now - self._beat_at >= HEARTBEAT_S:
            self._beat_at = now
            # The id moves the resume point on for those who hear little.
            beat = http_chunk(f": beat\nid: {text_of(self.position)}\n\n".encode())
            for audience in list(self._listeners):
                self._push(audience, beat)

    async def _check_signed_in(self) -> None:
        """A revoked session or token ends its feeds within five seconds."""
        listeners = self._all()
        if not listeners:
            return
        good = await self._authenticator.still_signed_in({x.actor for x in listeners})
        for listener in listeners:
            if listener.actor not in good:
                listener.gone.set()
        await self._count_as_use([x for x in listeners if x.actor.session_id and x.actor in good])

    async def _count_as_use(self, listeners: Sequence[Listener]) -> None:
        """Who hears what happens is at his place, though he sends nothing."""
        now = monotonic()
        for listener in listeners:
            if now - listener.used_at >= self._use_counts_every_s:
                await self._authenticator.identify(listener.request)
                listener.used_at = now


HUB = web.AppKey("feed_hub", FeedHub)
