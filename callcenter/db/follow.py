"""Following the event log: what a process keeps in memory of the database stays current."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from callcenter.db.database import Database
from callcenter.db.events import StoredEvent, newest, read_after
from callcenter.db.retry import RETRYABLE
from callcenter.db.transaction import Tx

CHANNEL = "events"
BATCH = 500
TICK_S = 0.025
POLL_S = 1.0

Begin = Callable[[Tx, str], Awaitable[None]]
Hear = Callable[[Tx, Sequence[StoredEvent], str], Awaitable[None]]


async def follow(database: Database, begin: Begin, hear: Hear) -> None:
    """`begin` with the cursor behind all that has settled, then `hear` all that settles after it
    and the new cursor. Ends only by an error: the connection's, or one of theirs."""
    woken = asyncio.Event()

    def wake(*_: Any) -> None:
        woken.set()

    async with database.reading() as tx:
        await tx.connection.add_listener(CHANNEL, wake)
        try:
            # The cursor first: what is committed while `begin` reads is heard once more.
            cursor = await newest(tx.connection)
            await begin(tx, cursor)
            while True:
                woken.clear()
                events = await read_after(tx.connection, cursor, BATCH)
                if events:
                    cursor = events[-1].cursor
                    await hear(tx, events, cursor)
                    await asyncio.sleep(0 if len(events) == BATCH else TICK_S)
                    continue
                # An event that has not settled is heard at the next news, or at the poll.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(POLL_S):
                        await woken.wait()
        finally:
            with contextlib.suppress(*RETRYABLE):
                await tx.connection.remove_listener(CHANNEL, wake)
