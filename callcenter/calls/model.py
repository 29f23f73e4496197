"""A call, and the moves of its state."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class CallState(StrEnum):
    """menu -> ringing -> answered -> ended; a caller may give up at each. In the menu he hears the
    hotline's own words, and no desk rings."""

    MENU = "menu"
    RINGING = "ringing"
    ANSWERED = "answered"
    ENDED = "ended"


class EndReason(StrEnum):
    """Who ended it, or what."""

    CALLER_HUNG_UP = "caller_hung_up"
    AGENT_HUNG_UP = "agent_hung_up"
    ABANDONED = "abandoned"
    LINE_LOST = "line_lost"
    CALL_BACK_ASKED = "call_back_asked"
    WENT_OUTSIDE = "went_outside"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    UNREACHABLE = "unreachable"
    NOT_DIALLED = "not_dialled"
    FLOW_HUNG_UP = "flow_hung_up"


NOT_REACHED = frozenset({EndReason.NO_ANSWER, EndReason.BUSY, EndReason.UNREACHABLE})
"""How a call of ours ends that nobody took."""


class Direction(StrEnum):
    """Who calls whom."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class Disposition(StrEnum):
    """What came of a call, in the agent's words."""

    TICKET = "ticket"
    INFORMATION = "information"
    TRANSFERRED = "transferred"
    CALL_BACK = "call_back"
    WRONG_NUMBER = "wrong_number"
    SILENT = "silent"
    NUISANCE = "nuisance"


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
    direction: Direction
    language: str
    disposition: Disposition | None
    disposition_note: str | None
