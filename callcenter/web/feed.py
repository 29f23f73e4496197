"""GET /api/v1/feed: the event log as server-sent events, resumed without a gap.

A reader first catches up from the database, only to where the hub stands, and then joins the
hub in the same breath: nothing lies between, nothing comes twice.
"""

import asyncio

from aiohttp import web
from pydantic import Field

from callcenter.db.events import newest, read_after
from callcenter.db.retry import RETRYABLE, DatabaseAway
from callcenter.errors import FieldError
from callcenter.web.call import Call
from callcenter.web.errors import CursorInvalid
from callcenter.web.feed_hub import BATCH, STALLED_S, FeedHub
from callcenter.web.feed_listener import Cursor, Listener, cursor_of, frame, text_of
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["feed"])

RETRY_MS = 2000
READY_WITHIN_S = 5.0
HUB_LAG_S = 0.02


class FeedHeaders(QueryModel):
    """Where the reader stopped."""

    last_event_id: str | None = Field(
        default=None, alias="Last-Event-ID", max_length=41, description="Resume behind this event."
    )


class FeedQuery(QueryModel):
    """For readers that cannot send the header."""

    after: str | None = Field(default=None, max_length=41, description="As Last-Event-ID.")


@routes.get(
    "/api/v1/feed",
    permission=Permission.FEED_READ,
    transaction=False,
    media_types=("text/event-stream",),
)
async def open_feed(call: Call, headers: FeedHeaders, query: FeedQuery) -> web.StreamResponse:
    """What happens from now on, or since Last-Event-ID, as far as the caller may hear it.

    Each event has the id to resume from, its kind as the event name, and as data
    {id, kind, at, ticket_id, station_id, facts}. `feed.hello` comes first; `feed.reset` instead
    when the log does not know the id: load anew what is shown.
    """
    hub = call.part(FeedHub)
    cursor = _cursor(headers.last_event_id or query.after)
    try:
        async with asyncio.timeout(READY_WITHIN_S):
            await hub.ready.wait()
    except TimeoutError:
        raise DatabaseAway("the feed has not reached the database") from None
    if hub.closing:
        raise DatabaseAway("this process is stopping")
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}
    )
    await response.prepare(call.request)
    await _Feed(call, hub, response).serve(cursor)
    return response


def _cursor(given: str | None) -> Cursor | None:
    if given is None:
        return None
    try:
        return cursor_of(given)
    except ValueError:
        fault = FieldError("#/header/Last-Event-ID", "last_event_id_invalid", "not an event's id")
        raise CursorInvalid(fields=[fault]) from None


class _Feed:
    """One reader, from its first byte to its last."""

    def __init__(self, call: Call, hub: FeedHub, response: web.StreamResponse) -> None:
        self.hub = hub
        self.database = call.database
        self.response = response
        self.listener = Listener(call.request, call.actor)

    async def serve(self, cursor: Cursor | None) -> None:
        """Greet, catch up, listen until it ends."""
        self.listener.keep_kernel_buffer_small()
        try:
            begin = await self._greet(cursor)
            await self._catch_up(begin)
            await self.listener.gone.wait()
        # The head is sent: all that can still be said is the end of the stream.
        except RETRYABLE:
            self.listener.drop()
        finally:
            self.hub.leave(self.listener)

    async def _greet(self, cursor: Cursor | None) -> Cursor:
        name = "feed.hello"
        begin = self.hub.position if cursor is None else cursor
        if begin > self.hub.position and begin > await self._newest():
            name, begin = "feed.reset", self.hub.position
        await self._write(
            f"retry: {RETRY_MS}\nid: {text_of(begin)}\nevent: {name}\ndata: {{}}\n\n".encode()
        )
        return begin

    async def _catch_up(self, cursor: Cursor) -> None:
        while cursor != self.hub.position:
            if cursor > self.hub.position:
                # The reader was ahead, on another process: this one will be there in a moment.
                await asyncio.sleep(HUB_LAG_S)
                continue
            async with self.hub.catching_up, self.database.reading() as tx:
                events = await read_after(tx.connection, text_of(cursor), BATCH)
            known = [event for event in events if cursor_of(event.cursor) <= self.hub.position]
            heard = [frame(event) for event in known if self.listener.audience.hears(event)]
            if heard:
                await self._write(b"".join(heard))
            cursor = cursor_of(known[-1].cursor) if known else self.hub.position
        # No await since the last look at the hub's position: nothing can have come between.
        self.hub.join(self.listener)
        if self.hub.closing:
            self.listener.gone.set()

    async def _newest(self) -> Cursor:
        async with self.database.reading() as tx:
            return cursor_of(await newest(tx.connection))

    async def _write(self, data: bytes) -> None:
        async with asyncio.timeout(STALLED_S):
            await self.response.write(data)
