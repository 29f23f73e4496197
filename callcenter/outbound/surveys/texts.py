"""What of a survey was asked by text message, and which of it a text that comes in may answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.surveys.repository import SQL

ANSWERED_WITHIN_DAYS = 14
"""A text that comes later means something else."""


@dataclass(frozen=True)
class AskedByText:
    """What an owner was asked by text last. `question`: the one that stood in it; None: a link."""

    response_id: UUID
    question: str | None
    at: datetime


async def keep(
    tx: Tx, response_id: UUID, question: str | None, *, touch_id: UUID | None = None
) -> None:
    """A text is about to leave that asks this. With a touch it counts once it has been said."""
    await SQL.keep_text(
        tx.connection,
        id=new_id(),
        response_id=response_id,
        touch_id=touch_id,
        question=question,
    )


async def asked_last(tx: Tx, owners: Sequence[UUID]) -> AskedByText | None:
    """Of the responses of these owners that take answers; None: they were asked nothing lately."""
    row = await SQL.asked_last_by_text(
        tx.connection, owners=list(owners), days=ANSWERED_WITHIN_DAYS
    )
    return AskedByText(**dict(row)) if row else None


async def told_since(tx: Tx, owners: Sequence[UUID], number: str, at: datetime) -> bool:
    """Whether another text of ours has gone to them, or about a ticket to this number (E.164),
    since then."""
    was_told: bool = await SQL.told_since(tx.connection, owners=list(owners), number=number, at=at)
    return was_told
