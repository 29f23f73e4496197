"""A rescue always has a next step with a clock, or an alarm. This looks for one that has not.

Timers are rows of the queue, so this should find nothing; what it finds it mends, and says so.
"""

from uuid import UUID

import structlog

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.routing import repository
from callcenter.routing.ladder import ask_next
from callcenter.routing.offers import tell_offer_ended
from callcenter.settings import RoutingSettings
from callcenter.tickets import repository as tickets

log = structlog.get_logger()


async def keep_watch(database: Database, settings: RoutingSettings) -> int:
    """Ends offers whose clock was lost, asks on for rescues without a step; answers how many."""
    async with database.reading() as tx:
        rows = await repository.SQL.rescues_without_next_step(tx.connection)
    for row in rows:
        log.error("rescue_without_next_step", ticket_id=str(row["ticket_id"]))
        await _mend(database, row["ticket_id"], settings)
    return len(rows)


async def _mend(database: Database, ticket_id: UUID, settings: RoutingSettings) -> None:
    async def work(tx: Tx) -> None:
        await tickets.lock(tx, ticket_id)
        for offer in await repository.open_offers(tx, ticket_id):
            row = await repository.SQL.expire_offer(tx.connection, id=offer.id)
            if row is not None:
                await tell_offer_ended(tx, "system", repository.offer_of(row))
        await ask_next(tx, ticket_id, settings)

    await database.run(work)
