"""What all of outbound speaks of: ways to an owner, a touch and its states. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from callcenter.customers.consents import model as consents


class Way(StrEnum):
    """How a step of a campaign reaches an owner."""

    AGENT_CALL = "agent_call"
    AUTOMATED_CALL = "automated_call"
    TEXT = "text"
    EMAIL = "email"


NEEDS_CONSENT_FOR = {
    Way.AGENT_CALL: consents.Channel.CALL,
    Way.AUTOMATED_CALL: consents.Channel.AUTOMATED_CALL,
    Way.TEXT: consents.Channel.TEXT,
    Way.EMAIL: consents.Channel.EMAIL,
}


class TouchState(StrEnum):
    """ready -> claimed -> sending -> sent | failed | unknown. Sending is committed before anybody
    outside is called; unknown is never tried again by itself.

    From ready also: skipped (it may not be, with its reason), expired, withdrawn (its campaign was
    stopped). Claimed goes back to ready when its claimer has died.
    """

    READY = "ready"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What came of a touch; a step's rules go by it."""

    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    ANSWERED = "answered"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    UNREACHABLE = "unreachable"
    MACHINE = "machine"
    ABANDONED = "abandoned"
    HUNG_UP = "hung_up"
    REFUSED = "refused"
    OPTED_OUT = "opted_out"
    WRONG_NUMBER = "wrong_number"
    CALL_BACK = "call_back"
    BOOKED = "booked"
    SURVEY_DONE = "survey_done"
    SURVEY_BEGUN = "survey_begun"
    NOTED = "noted"


_BY_STRENGTH: tuple[frozenset[Outcome], ...] = (
    frozenset({Outcome.UNDELIVERED}),
    frozenset({Outcome.DELIVERED}),
    frozenset({Outcome.BUSY, Outcome.NO_ANSWER, Outcome.UNREACHABLE, Outcome.ABANDONED}),
    frozenset({Outcome.ANSWERED}),
    frozenset({Outcome.HUNG_UP, Outcome.MACHINE}),
    frozenset({Outcome.SURVEY_BEGUN}),
    frozenset({Outcome.NOTED}),
    frozenset({Outcome.WRONG_NUMBER, Outcome.REFUSED, Outcome.CALL_BACK, Outcome.OPTED_OUT}),
    frozenset({Outcome.SURVEY_DONE}),
    frozenset({Outcome.BOOKED}),
)
"""News of a touch come in any order: what the owner has done says more than what an agent wrote
down, and that more than what lines and carriers report."""


def weaker_than(outcome: Outcome) -> frozenset[Outcome]:
    """What this one may take the place of: all that says less. Of what an agent may say the later
    word counts; what a carrier has said first stays."""
    rank = next(n for n, alike in enumerate(_BY_STRENGTH) if outcome in alike)
    below = frozenset[Outcome]().union(*_BY_STRENGTH[:rank])
    return below | (_BY_STRENGTH[rank] - {outcome})


ENDS_ALL = frozenset(
    {Outcome.BOOKED, Outcome.SURVEY_DONE, Outcome.REFUSED, Outcome.OPTED_OUT, Outcome.CALL_BACK}
)
"""After these nothing else that waits for the owner in this run is said."""


class Skip(StrEnum):
    """Why an agent does not call whom he was shown."""

    SPOKE_TODAY = "spoke_today"
    WRONG_PERSON = "wrong_person"
    KNOWN_DISPUTE = "known_dispute"
    NOT_MY_LANGUAGE = "not_my_language"
    OTHER = "other"


DROPPED = frozenset(Skip) - {Skip.NOT_MY_LANGUAGE}
"""With these he ends the run for the owner; the touch keeps the word as its reason."""


class Arm(StrEnum):
    """Whether a member of a run is spoken to, or held out to compare with."""

    TREATED = "treated"
    HELD_OUT = "held_out"
    HELD_OUT_OF_ALL = "held_out_of_all"


@dataclass(frozen=True)
class Touch:
    """One row of `touches`: one step of a run towards one owner, tried the `attempt`th time.
    `promised_call_id`: it is to keep what he was promised; `promised_to`: by this agent alone."""

    id: UUID
    run_id: UUID
    campaign_id: UUID
    owner_id: UUID
    vehicle_id: UUID | None
    ticket_id: UUID | None
    step: int
    attempt: int
    channel: Way
    purpose: consents.Purpose
    variant: str
    priority: int
    state: TouchState
    due_at: datetime
    expires_at: datetime
    reason: str
    outcome: Outcome | None
    promised_to: UUID | None
    promised_call_id: UUID | None = None
