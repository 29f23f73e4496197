"""The worker's loop: due texts and e-mails go into the outbox while there is room in it."""

import random
from functools import partial

import structlog

from callcenter.db.database import Database
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
    """One round over all ways and buckets; how many touches were judged."""
    judged = 0
    for way in CHANNEL_OF:
        groups = list(range(0, BUCKETS, GROUP))
        random.shuffle(groups)
        for first in groups:
            if await _is_full(database, way):
                break
            buckets = range(first, first + GROUP)
            batch = partial(
                claim_and_queue,
                way=way,
                by=by,
                words=words,
                buckets=buckets,
                following=following,
            )
            judged += await database.run(batch)
    return judged


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


async def take_back_lapsed(database: Database) -> None:
    """What dead claimers left, until there is none."""
    while True:
        back, unknown = await database.run(lambda tx: lapse(tx, LEASE_S, LAPSED_AT_ONCE))
        if back or unknown:
            log.warning("touches_lapsed", back=back, unknown=unknown)
        if back + unknown < LAPSED_AT_ONCE:
            return
