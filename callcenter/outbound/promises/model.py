"""A call that an owner was promised, and what follows a try to keep it. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from callcenter.outbound.model import Outcome, Skip, TouchState

PROMISED = 0
"""The priority of a promised call: before all campaigns."""
LIVES = timedelta(hours=8)
"""So long, in hours in which he may be called, it is tried to keep a promise: a working day."""
MOST_TRIES = 3


class PromiseState(StrEnum):
    """open -> kept | broken; kept is open again where he had not been reached after all."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"


@dataclass(frozen=True)
class PromisedCall:
    """One row of `promised_calls`. `promised_by`: an agent's id; none: a key. `due_at`: as he was
    told. `reason`: a code, why it was broken."""

    id: UUID
    owner_id: UUID
    campaign_id: UUID
    in_touch: UUID
    promised_by: UUID | None
    promised_at: datetime
    due_at: datetime
    state: PromiseState
    reason: str
    settled_at: datetime | None
    left_to_all_at: datetime | None
    seen_to_at: datetime | None
    seen_to_by: str | None
    seen_to_note: str


AGAIN_AFTER = {
    Outcome.BUSY: timedelta(minutes=10),
    Outcome.ABANDONED: timedelta(minutes=5),
    Outcome.HUNG_UP: timedelta(minutes=10),
    Outcome.NO_ANSWER: timedelta(hours=1),
    Outcome.MACHINE: timedelta(hours=1),
    Outcome.UNREACHABLE: timedelta(hours=1),
}
"""He waits for this call: it is tried again sooner than what he does not know of."""
ENDED = frozenset(
    {
        TouchState.SKIPPED,
        TouchState.EXPIRED,
        TouchState.WITHDRAWN,
        TouchState.FAILED,
        TouchState.UNKNOWN,
    }
)
"""A touch in one of these has not kept it."""


@dataclass(frozen=True)
class Kept:
    """He was spoken to."""


@dataclass(frozen=True)
class Again:
    """The same once more, so long from now."""

    after: timedelta


@dataclass(frozen=True)
class Broken:
    """`reason`: a code; empty: as the touch has it."""

    reason: str = ""


def after_try(
    outcome: Outcome | None,
    state: TouchState | None,
    reason: str,
    *,
    was: PromiseState,
    tries: int,
) -> Kept | Again | Broken | None:
    """What a touch that was to keep a promise has come to, by its `reason` where it has ended
    without an outcome; None: nothing yet. Who hangs up when he has been spoken to was called; who
    does so before was not."""
    if outcome is None:
        return _unsaid(state, reason)
    if outcome is Outcome.WRONG_NUMBER:
        return Broken(outcome.value)
    if outcome not in AGAIN_AFTER or (outcome is Outcome.HUNG_UP and was is PromiseState.KEPT):
        return Kept()
    return Again(AGAIN_AFTER[outcome]) if tries < MOST_TRIES else Broken("not_reached")


def _unsaid(state: TouchState | None, reason: str) -> Kept | Broken | None:
    if state not in ENDED:
        return None
    # An agent who has spoken to him today does not call him a second time.
    spoken_to = state is TouchState.SKIPPED and reason == Skip.SPOKE_TODAY
    return Kept() if spoken_to else Broken()
