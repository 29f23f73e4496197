"""When a workshop has room, and what becomes of a booking. Pure.

A workshop takes so many cars an hour. An hour is a whole one of China's clock; the one in which the
workshop opens begins with its opening. A car comes half an hour before closing at the latest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from callcenter.clock import CHINA
from callcenter.hours import HoursOverride, hours_of_days

LAST_BEFORE_CLOSING = timedelta(minutes=30)
BOOKED_AHEAD = timedelta(days=90)
LOOKED_THROUGH_DAYS = 14
"""For the next free times."""
LATE_WORD = timedelta(days=14)
"""For so long somebody who was written down as missed can still have come."""
DAYS_LEFT_OPEN = 2
"""At the end of the day after its own, a booking that nobody has closed counts as missed."""
HOUR = timedelta(hours=1)


class Wanted(StrEnum):
    """What a car is brought for."""

    FIRST_SERVICE = "first_service"
    MAINTENANCE = "maintenance"
    REPAIR = "repair"
    ACCIDENT = "accident"
    RECALL = "recall"


class BookingState(StrEnum):
    """How it stands."""

    BOOKED = "booked"
    CAME = "came"
    MISSED = "missed"
    CANCELLED = "cancelled"


TAKES_PLACE = frozenset({BookingState.BOOKED, BookingState.CAME})
"""Who came early or late has taken his place all the same."""


class BookingSource(StrEnum):
    """By whom a booking was made."""

    DESK = "desk"
    OWNER = "owner"
    STATION = "station"
    CAMPAIGN = "campaign"
    DEMO = "demo"


MOVES: Mapping[BookingState, frozenset[BookingState]] = {
    BookingState.BOOKED: frozenset(
        {BookingState.CAME, BookingState.MISSED, BookingState.CANCELLED}
    ),
    BookingState.MISSED: frozenset({BookingState.CAME}),
    BookingState.CAME: frozenset(),
    BookingState.CANCELLED: frozenset(),
}


@dataclass(frozen=True)
class Booking:
    """One row of `service_bookings`."""

    id: UUID
    station_id: UUID
    vehicle_id: UUID
    owner_id: UUID | None
    starts_at: datetime
    wanted: Wanted
    note: str
    state: BookingState
    source: BookingSource
    touch_id: UUID | None
    booked_at: datetime
    booked_by: str
    closed_at: datetime | None
    version: int


@dataclass(frozen=True)
class FreeTime:
    """A time at which a car may come, and how many more may come within its hour."""

    starts_at: datetime
    left: int


def hour_of(at: datetime) -> datetime:
    """The whole hour that a time lies in, by China's clock."""
    return at.astimezone(CHINA).replace(minute=0, second=0, microsecond=0)


def midnight_of(day: date) -> datetime:
    """When a day begins in China."""
    return datetime.combine(day, time(), CHINA)


def times_of(rule: str, day: date, overrides: Sequence[HoursOverride]) -> list[datetime]:
    """The earliest time in each hour of the day in which the workshop takes cars."""
    (hours,) = hours_of_days(rule, day, 1, overrides)
    found: dict[datetime, datetime] = {}
    for begins, ends in hours.spans:
        opens = midnight_of(day) + timedelta(minutes=begins)
        last = midnight_of(day) + timedelta(minutes=ends) - LAST_BEFORE_CLOSING
        at = opens
        while at <= last and at < midnight_of(day) + timedelta(days=1):
            found.setdefault(hour_of(at), at)
            at = hour_of(at) + HOUR
    return [found[hour] for hour in sorted(found)]


def takes_cars(rule: str, at: datetime, overrides: Sequence[HoursOverride]) -> bool:
    """Whether the workshop is open at a time, and not about to close."""
    local = at.astimezone(CHINA)
    (hours,) = hours_of_days(rule, local.date(), 1, overrides)
    minute = local.hour * 60 + local.minute
    before_closing = LAST_BEFORE_CLOSING // timedelta(minutes=1)
    return any(begins <= minute <= ends - before_closing for begins, ends in hours.spans)


def free_times(
    times: Sequence[datetime], taken: Mapping[datetime, int], capacity: int, now: datetime
) -> list[FreeTime]:
    """Those times still to come in whose hour there is room; `taken`: bookings by whole hour."""
    left = ((at, capacity - taken.get(hour_of(at), 0)) for at in times if at > now)
    return [FreeTime(at, many) for at, many in left if many > 0]


def can_have_come(booking: Booking, now: datetime) -> bool:
    """From the morning of its day on; who was missed, not much later."""
    begins = midnight_of(booking.starts_at.astimezone(CHINA).date())
    if booking.state is BookingState.MISSED:
        return now <= booking.starts_at + LATE_WORD
    return now >= begins


def left_open_before(now: datetime) -> datetime:
    """Bookings that begin before this and are still open count as missed."""
    today = now.astimezone(CHINA).date()
    return midnight_of(today - timedelta(days=DAYS_LEFT_OPEN - 1))
