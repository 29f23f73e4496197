"""What a touch is planned with, what is said by it, and what comes after an outcome. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from callcenter.customers.consents.model import Purpose
from callcenter.outbound.model import Way
from callcenter.outbound.policies.verdict import Why

BUCKETS = 64
"""Claimers begin in different ones, so that they do not meet at the head of one queue."""
ALL_BUCKETS = range(BUCKETS)
BATCH = 200


def bucket_of(owner_id: UUID) -> int:
    """In SQL: `get_byte(uuid_send(owner_id), 15) & 63`."""
    return owner_id.int % BUCKETS


@dataclass(frozen=True)
class Planned:
    """A touch that is to be, of a run. `promised_to`: the agent who is to call, of a call that was
    promised."""

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
    promised_call_id: UUID | None = None


@dataclass(frozen=True)
class AgentsCalls:
    """Which calls are an agent's: of these `campaigns`, and what was promised by him, or by anybody
    in a campaign of his `groups`. `languages`: of the owners; None: nobody has written down which
    he speaks."""

    staff_id: UUID
    campaigns: Sequence[UUID]
    groups: frozenset[str]
    languages: frozenset[str] | None = None


@dataclass(frozen=True)
class Said:
    """The words of a touch, for one owner. `recipient`: E.164 or an address. `language`: zh, en."""

    recipient: str
    language: str
    body: str
    subject: str | None = None
    variant: str = ""


@dataclass(frozen=True)
class Unsaid:
    """There are no words for this owner, and why."""

    why: Why = Why.NO_WORDS
