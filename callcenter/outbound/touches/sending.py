"""The worker's loop: due texts and e-mails go into the outbox while there is room in it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import structlog

from callcenter.db.database import Database
from callcenter.db.retry import RETRYABLE
from callcenter.outbound.model import Way
from callcenter.outbound.touches.by_message import CHANNEL_OF, claim_and_queue
from callcenter.outbound.touches.claim import SQL
from callcenter.outbound.touches.model import BUCKETS
from callcenter.outbound.touches.ports import Follow, Words, nothing_follows
from callcenter.outbound.touches.service import lapse

log = structlog.get_logger()

AT_MOST_WAITING = 2000
"""Messages of touches in the outbox, for each way. One that has waited long is asked for anew
before it leaves; more of them would only be more that change their mind."""
GROUP = 4
"""Buckets of one batch: workers that begin elsewhere do not meet."""
LEASE_S = 600.0
LAPSED_AT_ONCE = 500


async def send_due(
    database: Database, words: Words, by: str, following: Follow = nothing_follows
) -> int:
    """One round over all ways and buckets; how many touches were judged. A batch that fails costs
    itself only: the others, and the other way, have their turn."""
    judged = 0
    for way in CHANNEL_OF:
        batches = _Batches(database, words, by, following, way)
        groups = list(range(0, BUCKETS, GROUP))
        random.shuffle(groups)
        for first in groups:
            if await _is_full(database, way):
                break
            judged += await batches.of(range(first, first + GROUP))
    return judged


@dataclass(frozen=True)
class _Batches:
    database: Database
    words: Words
    by: str
    following: Follow
    way: Way

    async def of(self, buckets: Sequence[int]) -> int:
        """How many were judged. Of buckets that fail together each is tried by itself, so that few
        owners wait for one that cannot be put into words."""
        batch = partial(
            claim_and_queue,
            way=self.way,
            by=self.by,
            words=self.words,
            buckets=buckets,
            following=self.following,
        )
        try:
            return await self.database.run(batch)
        except RETRYABLE:
            raise
        # Whatever it is, it must not keep all other campaigns from being said.
        except Exception:
            log.exception("touches_failed", way=self.way.value, buckets=list(buckets))
        if len(buckets) == 1:
            return 0
        return sum([await self.of([one]) for one in buckets])


async def _is_full(database: Database, way: Way) -> bool:
    async with database.reading() as tx:
        waiting: int = await SQL.messages_under_way(
            tx.connection, way=way.value, most=AT_MOST_WAITING
        )
    return waiting >= AT_MOST_WAITING


async def send_while_due(
    database: Database, words: Words, by: str, following: Follow = nothing_follows
) -> None:
    """Rounds until one has found nothing; who calls it again and again need not hurry."""
    while await send_due(database, words, by, following):
        pass


async def take_back_lapsed(database: Database, following: Follow = nothing_follows) -> None:
    """What dead claimers left, until there is none; the plan goes on where it is unknown."""
    while True:
        back, unknown = await database.run(lambda tx: lapse(tx, LEASE_S, LAPSED_AT_ONCE, following))
        if back or unknown:
            log.warning("touches_lapsed", back=back, unknown=unknown)
        if back + unknown < LAPSED_AT_ONCE:
            return
