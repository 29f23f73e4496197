"""Who else has a ticket open now: a row that each browser renews and that soon counts no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.tickets import repository

BEAT_S = 5
"""How often a browser says that it is still there; it hears of the others in the same breath."""
GONE_S = 9.0
"""After so long without a word somebody has left: with one beat of the reader under 15 s."""


@dataclass(frozen=True)
class Reader:
    """A colleague who has the ticket open, whether he is changing it, and since when."""

    staff_id: UUID
    name: str
    editing: bool
    since: datetime


async def stay(tx: Tx, ticket_id: UUID, staff_id: UUID, *, editing: bool) -> None:
    """He has it open, still or anew; raises TicketNotFound."""
    await repository.get(tx, ticket_id)
    await repository.SQL.say_here(
        tx.connection, ticket_id=ticket_id, staff_id=staff_id, editing=editing, gone_s=GONE_S
    )


async def leave(tx: Tx, ticket_id: UUID, staff_id: UUID) -> None:
    """He has closed it."""
    await repository.SQL.leave(tx.connection, ticket_id=ticket_id, staff_id=staff_id)


async def readers_of(tx: Tx, ticket_id: UUID) -> Sequence[Reader]:
    """All who have it open, the first to come first."""
    rows = await repository.SQL.readers_of(tx.connection, ticket_id=ticket_id, gone_s=GONE_S)
    return [Reader(**dict(row)) for row in rows]
