"""What a touch is planned with, what is said by it, and what comes after an outcome. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from callcenter.customers.consents.model import Purpose
from callcenter.db.transaction import Tx
from callcenter.outbound.model import Outcome, Touch, TouchState, Way

BUCKETS = 64
"""Claimers begin in different ones, so that they do not meet at the head of one queue."""
ALL_BUCKETS = range(BUCKETS)
BATCH = 200


def bucket_of(owner_id: UUID) -> int:
    """In SQL: `get_byte(uuid_send(owner_id), 15) & 63`."""
    return owner_id.int % BUCKETS


@dataclass(frozen=True)
class Planned:
    """A touch that is to be, of a run. `promised_to`: the agent who is to call."""

    owner_id: UUID
    step: int
    channel: Way
    purpose: Purpose
    priority: int
    due_at: datetime
    expires_at: datetime
    attempt: int = 1
    vehicle_id: UUID | None = None
    ticket_id: UUID | None = None
    variant: str = ""
    promised_to: UUID | None = None


class Follow(Protocol):
    """What a run's plan makes of a touch's end (`state`: sent, failed, unknown, skipped, expired),
    or of its `outcome`: told in the transaction in which it is written, once for each."""

    async def __call__(
        self,
        tx: Tx,
        touch: Touch,
        *,
        state: TouchState | None = None,
        outcome: Outcome | None = None,
    ) -> None: ...


async def nothing_follows(
    tx: Tx,
    touch: Touch,
    *,
    state: TouchState | None = None,
    outcome: Outcome | None = None,
) -> None:
    """A campaign of one step, tried once."""


@dataclass(frozen=True)
class Said:
    """The words of a touch, for one owner. `recipient`: E.164 or an address. `language`: zh, en."""

    recipient: str
    language: str
    body: str
    subject: str | None = None
    variant: str = ""


class Words(Protocol):
    """Puts touches into words, for many owners at once; a touch that is missing in the answer
    cannot be said (no number, no address), and is skipped."""

    async def __call__(self, tx: Tx, touches: Sequence[Touch], /) -> Mapping[UUID, Said]: ...
