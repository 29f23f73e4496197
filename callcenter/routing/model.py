"""Offers and dispatches: their states, the moves between them, and pure decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from callcenter.routing.choose import Rung
from callcenter.routing.errors import DispatchMoveRefused


class OfferState(StrEnum):
    """An offer always ends: by an answer, by the clock, or taken back."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class DeclineReason(StrEnum):
    """Why a station says no."""

    TRUCKS_BUSY = "trucks_busy"
    NO_TECHNICIAN = "no_technician"
    EQUIPMENT_UNSUITABLE = "equipment_unsuitable"
    TOO_FAR = "too_far"
    ROAD_CLOSED = "road_closed"
    OTHER = "other"


class DispatchStage(StrEnum):
    """From the acceptance to the safe car."""

    ACCEPTED = "accepted"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    DONE = "done"
    GONE_ON_ARRIVAL = "gone_on_arrival"
    HANDED_BACK = "handed_back"
    CANCELLED = "cancelled"
    REASSIGNED = "reassigned"


D = DispatchStage
_ENDINGS = frozenset({D.HANDED_BACK, D.CANCELLED, D.REASSIGNED})

# accepted -> departed -> arrived -> done, or gone_on_arrival; handed back, cancelled and
# reassigned may come at any stage before the end.
DISPATCH_MOVES: Mapping[DispatchStage, frozenset[DispatchStage]] = {
    D.ACCEPTED: frozenset({D.DEPARTED, D.ARRIVED}) | _ENDINGS,
    D.DEPARTED: frozenset({D.ARRIVED}) | _ENDINGS,
    D.ARRIVED: frozenset({D.DONE, D.GONE_ON_ARRIVAL}) | _ENDINGS,
}

LIVE_STAGES = frozenset(DISPATCH_MOVES)


@dataclass(frozen=True)
class Offer:
    """One row of `offers`."""

    id: UUID
    ticket_id: UUID
    station_id: UUID
    place_id: UUID
    round: int
    rung: str
    distance_m: float
    overruled: tuple[str, ...]
    hand_reason: str | None
    made_by: str
    state: OfferState
    made_at: datetime
    expires_at: datetime
    seen_at: datetime | None
    ended_at: datetime | None
    end_reason: str | None
    ended_by: str | None


@dataclass(frozen=True)
class Dispatch:
    """One row of `dispatches`: a station holds a rescue, with a truck."""

    id: UUID
    ticket_id: UUID
    offer_id: UUID
    station_id: UUID
    truck_id: UUID
    stage: DispatchStage
    by_phone: bool
    eta_at: datetime
    accepted_at: datetime
    departed_at: datetime | None
    arrived_at: datetime | None
    ended_at: datetime | None
    end_reason: str | None
    proof_file: UUID | None
    last_sign_at: datetime
    version: int


@dataclass(frozen=True)
class Ladder:
    """One row of `ladders`."""

    ticket_id: UUID
    round: int
    place_id: UUID
    rung: Rung
    urgent: bool
    held: bool
    began_at: datetime
    deadline_at: datetime
    ended_at: datetime | None


def check_dispatch_move(dispatch: Dispatch, to: DispatchStage) -> None:
    """Raises DispatchMoveRefused when the journey has no such step."""
    if to not in DISPATCH_MOVES.get(dispatch.stage, frozenset()):
        raise DispatchMoveRefused(stage=dispatch.stage.value, to=to.value)


LATE_S = 2.0
"""A step heard within this time of the press was made now."""


def told_late(dispatch: Dispatch, happened_at: datetime | None, now: datetime) -> datetime | None:
    """When a step was made that is heard only now: not before the step before it. None for one
    that was made now, or by a clock that runs ahead of ours."""
    if happened_at is None or (now - happened_at).total_seconds() < LATE_S:
        return None
    before = (dispatch.accepted_at, dispatch.departed_at, dispatch.arrived_at)
    return max(happened_at, *(at for at in before if at is not None))


GROWN_M = 200.0
"""A truck that stands still does so, too, by the error of its fixes."""


def grows_for(distances: Sequence[tuple[datetime, float]]) -> float:
    """For how many seconds the distance to the car has only grown; the newest comes last.

    A truck on a detour turns back now and then; one that drives away does not.
    """
    if not distances:
        return 0.0
    first, last = distances[-1], distances[-1]
    for earlier in reversed(distances[:-1]):
        if first[1] <= earlier[1]:
            break
        first = earlier
    return (last[0] - first[0]).total_seconds() if last[1] - first[1] >= GROWN_M else 0.0
