"""Touches counted for all who look at a campaign: a million of them take a second to count."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.model import Campaign
from callcenter.outbound.campaigns.repository import SQL

KEPT_AT_LEAST_S = 2.0
KEPT_FOR_COST = 10
"""A count is kept ten times as long as it took: counting takes at most a tenth of a core."""
MOST_KEPT = 200


@dataclass
class Kept:
    """Rows of a count, and until when they are good enough."""

    rows: list[Any]
    until: float


@dataclass
class Counts:
    """Kept for each campaign in its version: after it was moved it is counted anew."""

    clock: Callable[[], float] = time.monotonic
    kept: dict[tuple[UUID, int], Kept] = field(default_factory=dict)
    counting: defaultdict[UUID, asyncio.Lock] = field(
        default_factory=lambda: defaultdict(asyncio.Lock)
    )

    async def of(self, tx: Tx, campaign: Campaign) -> list[Any]:
        """By step, channel, state and outcome; who asks at the same time waits for one count."""
        async with self.counting[campaign.id]:
            key = campaign.id, campaign.version
            known = self.kept.get(key)
            if known is None or known.until <= self.clock():
                known = self.kept[key] = await self._count(tx, campaign.id)
                self._forget_old()
            return known.rows

    async def _count(self, tx: Tx, campaign_id: UUID) -> Kept:
        begun = self.clock()
        rows = list(await SQL.progress(tx.connection, campaign_id=campaign_id))
        now = self.clock()
        return Kept(rows, now + max(KEPT_AT_LEAST_S, KEPT_FOR_COST * (now - begun)))

    def _forget_old(self) -> None:
        now = self.clock()
        for key in [key for key, one in self.kept.items() if one.until <= now]:
            del self.kept[key]
        while len(self.kept) > MOST_KEPT:
            del self.kept[next(iter(self.kept))]
        for idle in [one for one, lock in self.counting.items() if not lock.locked()]:
            del self.counting[idle]
