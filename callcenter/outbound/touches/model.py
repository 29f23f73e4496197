"""What a touch is planned with, what is said by it, and what comes after an outcome. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from callcenter.customers.consents.model import Purpose
from callcenter.outbound.model import Outcome, Touch, Way

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


class Next(Protocol):
    """What a run's plan says after an outcome; None: it was the last. Pure."""

    def __call__(
        self, plan: Mapping[str, Any], touch: Touch, outcome: Outcome, at: datetime, /
    ) -> Planned | None: ...


def nothing_follows(
    plan: Mapping[str, Any], touch: Touch, outcome: Outcome, at: datetime
) -> Planned | None:
    """A campaign of one step, tried once."""
    return None


@dataclass(frozen=True)
class Said:
    """The words of a touch, for one owner. `recipient`: E.164 or an address. `language`: zh, en."""

    recipient: str
    language: str
    body: str
    subject: str | None = None


class Words(Protocol):
    """Puts touches into words, for many owners at once; a touch that is missing in the answer
    cannot be said (no number, no address), and is skipped."""

    async def __call__(self, tx: Any, touches: Sequence[Touch], /) -> Mapping[UUID, Said]: ...
