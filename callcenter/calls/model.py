"""A call, and the moves of its state."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class CallState(StrEnum):
    """ringing -> answered -> ended; a caller may give up while it rings."""

    RINGING = "ringing"
    ANSWERED = "answered"
    ENDED = "ended"


class EndReason(StrEnum):
    """Who ended it, or what."""

    CALLER_HUNG_UP = "caller_hung_up"
    AGENT_HUNG_UP = "agent_hung_up"
    ABANDONED = "abandoned"
    LINE_LOST = "line_lost"
    FLOW_HUNG_UP = "flow_hung_up"


@dataclass(frozen=True)
class Call:
    """One row of `calls`; `caller_words` is what the carrier said where that is no number."""

    id: UUID
    carrier_ref: str
    caller: str | None
    caller_words: str | None
    state: CallState
    ringing_at: datetime
    answered_at: datetime | None
    answered_by: UUID | None
    ended_at: datetime | None
    end_reason: str | None
    ticket_id: UUID | None
    version: int
