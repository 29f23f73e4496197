"""The pool and its transactions. Every wait here has a limit."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Self, TypeVar

import asyncpg

from callcenter.db.retry import CANCELLED_SYNC_WAIT, RETRYABLE, CommitUnknown, DatabaseAway
from callcenter.db.transaction import Subscriptions, Tx

T = TypeVar("T")

RETRY_BUDGET_S = 10.0
ACQUIRE_TIMEOUT_S = 2.0
COMMAND_TIMEOUT_S = 5.0


class Database:
    """A pool of connections to one PostgreSQL, the subscriptions its facts wake, and the views
    that this process keeps of it: `views[Network] = network`, read by `tx.view(Network)`."""

    def __init__(self, pool: asyncpg.Pool, dsn: str, subscriptions: Subscriptions) -> None:
        self.pool = pool
        self.dsn = dsn
        self.subscriptions = subscriptions
        self.views: dict[type, object] = {}

    @classmethod
    async def open(
        cls,
        dsn: str,
        *,
        subscriptions: Subscriptions | None = None,
        min_size: int = 2,
        max_size: int = 16,
    ) -> Self:
        """Connect; raises the driver's error when the first connection cannot be made."""
        pool = await asyncpg.create_pool(
            dsn,
            min_size=min_size,
            max_size=max_size,
            timeout=ACQUIRE_TIMEOUT_S,
            command_timeout=COMMAND_TIMEOUT_S,
            max_inactive_connection_lifetime=60,
            reset=_leave_as_it_is,
        )
        return cls(pool, dsn, subscriptions or {})

    async def close(self) -> None:
        """Give connections 5 s to come back, then cut them."""
        try:
            await asyncio.wait_for(self.pool.close(), 5)
        except TimeoutError:
            self.pool.terminate()

    @asynccontextmanager
    async def transaction(self, *, readonly: bool = False) -> AsyncIterator[Tx]:
        """One transaction; commits when the block ends, rolls back when it raises."""
        async with self.pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as connection:
            with _watched_commit(connection):
                async with connection.transaction(readonly=readonly):
                    yield Tx(connection, self.subscriptions, self.views)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """A connection without a transaction: each statement sees the newest state."""
        async with self.pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as connection:
            yield Tx(connection, self.subscriptions, self.views)

    async def run(self, work: Callable[[Tx], Awaitable[T]], *, readonly: bool = False) -> T:
        """Run `work` in a transaction, the whole of it again after a retryable failure.

        Back-off doubles from 50 ms to 0.5 s with jitter; after 10 s raises DatabaseAway.
        """
        loop = asyncio.get_running_loop()
        give_up, pause = loop.time() + RETRY_BUDGET_S, 0.05
        while True:
            try:
                async with self.transaction(readonly=readonly) as tx:
                    return await work(tx)
            except RETRYABLE as failure:
                if loop.time() + pause > give_up:
                    raise DatabaseAway(str(failure)) from failure
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))
            pause = min(pause * 2, 0.5)


async def _leave_as_it_is(_connection: Any) -> None:
    """Nobody here changes a session's state (who listens, unlistens): the driver's own reset,
    four statements each time a connection comes back, would cost more than the work between.
    An open transaction is rolled back all the same, before this is called."""


@contextmanager
def _watched_commit(connection: Any) -> Iterator[None]:
    """Raises CommitUnknown when the server says that the commit's wait was cancelled.

    asyncpg hides this warning; without it a cancelled wait for the standby looks like success.
    """
    heard: list[Any] = []

    def listen(_: Any, message: Any) -> None:
        if CANCELLED_SYNC_WAIT in str(message):
            heard.append(message)

    connection.add_log_listener(listen)
    try:
        yield
    finally:
        connection.remove_log_listener(listen)
    if heard:
        raise CommitUnknown(CANCELLED_SYNC_WAIT)
