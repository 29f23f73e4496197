"""A transaction as the rooms see it: the connection, the database's time, who listens to what."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import asyncpg

V = TypeVar("V")

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy
Subscriptions = Mapping[str, Sequence[str]]
"""Event kind -> names of the reactions whose jobs are made with it."""
Views = Mapping[type, object]
"""What the process keeps in memory of the database, by type."""


class Tx:
    """One open transaction. Verbs take it first and never commit.

    `connection` goes to named queries; `now()` is the database's transaction time, so that
    one transaction has one now, whatever the clocks of the machines say.
    """

    def __init__(
        self, connection: Any, subscriptions: Subscriptions, views: Views | None = None
    ) -> None:
        self.connection = connection
        self.subscriptions = subscriptions
        self._views = views or {}
        self._now: datetime | None = None

    def view(self, wanted: type[V]) -> V | None:
        """What this process keeps in memory of the database, by type; None where it keeps no such
        view. It may lag: what is decided is read in the transaction."""
        found: Any = self._views.get(wanted)
        return found  # type: ignore[no-any-return]

    async def now(self) -> datetime:
        """The transaction's time (with zone), read from the database once."""
        if self._now is None:
            self._now = await self.connection.fetchval("select now()")
        assert self._now is not None
        return self._now
