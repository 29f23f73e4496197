"""A call to an owner: its states, and what came of it by the call's own record. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from callcenter.calls.model import Disposition, EndReason
from callcenter.outbound.model import Outcome


class Begun(StrEnum):
    """Who begins the call; `keys`: nobody, the owner answers by keys."""

    PREVIEW = "preview"
    PROGRESSIVE = "progressive"
    PREDICTIVE = "predictive"
    KEYS = "keys"


class OwnerCallState(StrEnum):
    """taken -> dialling -> answered -> connected -> ended. Dialling is committed before the switch
    is asked."""

    TAKEN = "taken"
    DIALLING = "dialling"
    ANSWERED = "answered"
    CONNECTED = "connected"
    ENDED = "ended"


class Machine(StrEnum):
    """What is done about answering machines."""

    NOT_ASKED = "not_asked"
    HANG_UP = "hang_up"
    LEAVE_MESSAGE = "leave_message"


@dataclass(frozen=True)
class OwnerCall:
    """One row of `owner_calls`; `words`: what is to be said."""

    id: UUID
    touch_id: UUID
    campaign_id: UUID
    owner_id: UUID
    mode: Begun
    number: str
    words: str
    language: str
    staff_id: UUID | None
    call_id: UUID | None
    state: OwnerCallState
    outcome: Outcome | None
    note: str
    taken_at: datetime
    dialled_at: datetime | None
    answered_at: datetime | None
    connected_at: datetime | None
    ended_at: datetime | None


BY_AGENT = {
    Outcome.BOOKED: Disposition.INFORMATION,
    Outcome.SURVEY_DONE: Disposition.INFORMATION,
    Outcome.SURVEY_BEGUN: Disposition.INFORMATION,
    Outcome.NOTED: Disposition.INFORMATION,
    Outcome.REFUSED: Disposition.INFORMATION,
    Outcome.OPTED_OUT: Disposition.INFORMATION,
    Outcome.CALL_BACK: Disposition.CALL_BACK,
    Outcome.WRONG_NUMBER: Disposition.WRONG_NUMBER,
    Outcome.HUNG_UP: Disposition.SILENT,
    Outcome.MACHINE: Disposition.SILENT,
}
"""What an agent may say came of it, and what that is in the hotline's list."""

BY_REASON = {
    EndReason.BUSY: Outcome.BUSY,
    EndReason.NO_ANSWER: Outcome.NO_ANSWER,
    EndReason.UNREACHABLE: Outcome.UNREACHABLE,
}
BY_ENDING = {
    "busy": Outcome.BUSY,
    "declined": Outcome.BUSY,
    "no_answer": Outcome.NO_ANSWER,
    "unknown_number": Outcome.UNREACHABLE,
    "unreachable": Outcome.UNREACHABLE,
}


@dataclass(frozen=True)
class OwnerLeg:
    """The owner's end of the call on the switch."""

    answered: bool
    ending: str | None


class NotCalled(StrEnum):
    """The owner's telephone has surely not rung; or nobody can say."""

    SURELY = "surely"
    UNKNOWN = "unknown"


def came_of(
    reason: EndReason, *, talked: bool, owner_legs: Sequence[OwnerLeg]
) -> Outcome | NotCalled:
    """By the record of a call that has ended, whoever was there to see it.

    Who was spoken to has answered: what more came of it his agent says. An agent who gave up while
    it rang has let a telephone ring. A call that was lost without a leg of the owner's may have
    been dialled in that moment: nobody dials it again by himself.
    """
    if talked:
        return Outcome.ANSWERED
    if reason is EndReason.NOT_DIALLED and not owner_legs:
        return NotCalled.SURELY
    if reason is EndReason.ABANDONED:
        return Outcome.ABANDONED
    if reason in BY_REASON:
        return BY_REASON[reason]
    if not owner_legs:
        return NotCalled.UNKNOWN
    leg = owner_legs[-1]
    if leg.answered:
        return Outcome.HUNG_UP if reason is not EndReason.LINE_LOST else Outcome.ABANDONED
    if leg.ending in BY_ENDING:
        return BY_ENDING[leg.ending]
    return NotCalled.UNKNOWN if leg.ending in (None, "lost") else Outcome.NO_ANSWER
