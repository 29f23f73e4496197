"""One reader of the event log per process, and the fan-out to its open feeds.

It wakes by NOTIFY, polls as a net under it, and gathers what falls into one tick, so that a
listener is written to a few times a second however many events there are.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import structlog
from aiohttp import web

from callcenter.db.database import Database
from callcenter.db.events import StoredEvent, newest, read_after
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
SIGNED_IN_CHECK_S = 4
STALLED_S = 3.0
CATCH_UPS = 4


class FeedHub:
    """Tails the log and serves the listeners that have caught up with it."""

    def __init__(self, database: Database, authenticator: Authenticator, metrics: Metrics) -> None:
        self.database = database
        self.metrics = metrics
        self.position: Cursor = START
        self.ready = asyncio.Event()
        self.closing = False
        self._authenticator = authenticator
        self.catching_up = asyncio.Semaphore(CATCH_UPS)
        self._woken = asyncio.Event()
        self._listeners: dict[Audience, set[Listener]] = defaultdict(set)

    async def run(self) -> None:
        """Until cancelled; a lost database costs a pause, never the feed."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._tail_for_ever())
            tasks.create_task(self._sweep())
            tasks.create_task(self._check_signed_in())

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

    async def _tail_for_ever(self) -> None:
        while True:
            try:
                await self._tail()
            except RETRYABLE as failure:
                log.warning("feed_lost_database", error=repr(failure))
                await asyncio.sleep(0.5)

    async def _tail(self) -> None:
        async with self.database.reading() as tx:
            connection = tx.connection
            await connection.add_listener(CHANNEL, self._wake)
            try:
                if not self.ready.is_set():
                    self.position = cursor_of(await newest(connection))
                    self.ready.set()
                while True:
                    await self._advance(connection)
            finally:
                with contextlib.suppress(*RETRYABLE):
                    await connection.remove_listener(CHANNEL, self._wake)

    def _wake(self, *_: Any) -> None:
        self._woken.set()

    async def _advance(self, connection: Any) -> None:
        self._woken.clear()
        events = await read_after(connection, text_of(self.position), BATCH)
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
        """Each second: who has left, who is stalled; now and then a sign of life."""
        loop = asyncio.get_running_loop()
        beat_at = loop.time() + HEARTBEAT_S
        while True:
            await asyncio.sleep(1)
            now = loop.time()
            for listener in self._all():
                if listener.has_left() or listener.stalled_for(now) >= STALLED_S:
                    self._drop(listener)
            if now >= beat_at:
                beat_at = now + HEARTBEAT_S
                # The id moves the resume point on for those who hear little.
                beat = http_chunk(f": beat\nid: {text_of(self.position)}\n\n".encode())
                for audience in list(self._listeners):
                    self._push(audience, beat)

    async def _check_signed_in(self) -> None:
        """A revoked session or token ends its feeds within five seconds."""
        while True:
            await asyncio.sleep(SIGNED_IN_CHECK_S)
            listeners = self._all()
            if not listeners:
                continue
            try:
                good = await self._authenticator.still_signed_in({x.actor for x in listeners})
            except RETRYABLE as failure:
                log.warning("feed_cannot_check_sessions", error=repr(failure))
                continue
            for listener in listeners:
                if listener.actor not in good:
                    listener.gone.set()


HUB = web.AppKey("feed_hub", FeedHub)
