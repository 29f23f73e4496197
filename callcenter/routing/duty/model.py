"""A call to a duty phone, its states and outcomes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from callcenter.phones import line_of
from callcenter.stations.model import Duty, Station


class DutyCallState(StrEnum):
    """Claimed by a process, being dialled, somebody is there, over."""

    CLAIMED = "claimed"
    DIALLING = "dialling"
    ANSWERED = "answered"
    ENDED = "ended"


class DutyOutcome(StrEnum):
    """What came of it. `offer_over`: the offer ended while it rang or was told; `too_late`: a key
    was pressed and another had been quicker; `lost`: the process or the line was gone."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    DESK = "desk"
    NO_KEY = "no_key"
    HUNG_UP = "hung_up"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    UNREACHABLE = "unreachable"
    OFFER_OVER = "offer_over"
    TOO_LATE = "too_late"
    NO_VOICE = "no_voice"
    LOST = "lost"


NOBODY_HEARD = frozenset(
    {DutyOutcome.BUSY, DutyOutcome.NO_ANSWER, DutyOutcome.UNREACHABLE, DutyOutcome.LOST}
)
"""After these it is rung once more while the offer lives."""
MOST_ATTEMPTS = 2


@dataclass(frozen=True)
class DutyCall:
    """One row of `duty_calls`."""

    id: UUID
    offer_id: UUID
    ticket_id: UUID
    station_id: UUID
    number: str
    attempt: int
    state: DutyCallState
    claim: UUID
    switch_call: str | None
    outcome: DutyOutcome | None
    claimed_at: datetime
    dialled_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None


def numbers_of(station: Station, duty: Duty) -> Sequence[str]:
    """Whom to ring first, and second: the phone of the roster, then the station's own. A carrier
    dials a line; the extension behind it is not known to it."""
    lines = [line_of(number) for number in (duty.phone, station.duty_phone) if number]
    return list(dict.fromkeys(lines))


def number_for(numbers: Sequence[str], attempt: int) -> str | None:
    """The first attempt rings the first number, the next the second where there is one."""
    return numbers[min(attempt, len(numbers)) - 1] if numbers else None
