"""A rescue always has a next step with a clock, or an alarm. This looks for one that has not.

Timers are rows of the queue, so this should find nothing; what it finds it mends, and says so.
What it cannot mend it gives to a person, and mends the others.
"""

from uuid import UUID

import structlog

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.routing import repository
from callcenter.routing.ladder import ask_next
from callcenter.routing.ladder_alarms import LADDER_ALARMS, NOT_ACCEPTED, look_again, sound
from callcenter.routing.offers import tell_offer_ended
from callcenter.settings import RoutingSettings
from callcenter.staff import alarms
from callcenter.tickets import repository as tickets
from callcenter.tickets.model import Stage

log = structlog.get_logger()


async def keep_watch(database: Database, settings: RoutingSettings) -> int:
    """Ends offers whose clock was lost, asks on for rescues without a step; answers how many."""
    async with database.reading() as tx:
        rows = await repository.SQL.rescues_without_next_step(
            tx.connection, follow_up_s=settings.alarm_follow_up_s
        )
    for row in rows:
        ticket_id = row["ticket_id"]
        log.error("rescue_without_next_step", ticket_id=str(ticket_id))
        try:
            await _mend(database, ticket_id, settings)
        # Whatever is wrong with this one, the others must not wait for it.
        except Exception:
            log.exception("rescue_not_mended", ticket_id=str(ticket_id))
            await _call_a_person(database, ticket_id)
    return len(rows)


async def _mend(database: Database, ticket_id: UUID, settings: RoutingSettings) -> None:
    async def work(tx: Tx) -> None:
        await tickets.lock(tx, ticket_id)
        for offer in await repository.open_offers(tx, ticket_id):
            row = await repository.SQL.expire_offer(tx.connection, id=offer.id)
            if row is not None:
                await tell_offer_ended(tx, "system", repository.offer_of(row))
        await ask_next(tx, ticket_id, settings)
        if not await repository.open_offers(tx, ticket_id):
            # Held, or nobody left to ask: the alarm that should have called somebody.
            await look_again(tx, {"ticket_id": str(ticket_id)}, settings)

    await database.run(work)


async def _call_a_person(database: Database, ticket_id: UUID) -> None:
    """Once: an alarm that is open already is not sounded anew at each look."""

    async def work(tx: Tx) -> None:
        ticket = await tickets.lock(tx, ticket_id)
        known = await alarms.listed(tx, limit=100, only_open=True, ticket_id=ticket_id)
        if ticket.stage is Stage.DISPATCHING and not any(a.kind in LADDER_ALARMS for a in known):
            await sound(tx, ticket, NOT_ACCEPTED, "not_mended", occasion="")

    try:
        await database.run(work)
    # Not even that: the next look tries again.
    except Exception:
        log.exception("nobody_called", ticket_id=str(ticket_id))
