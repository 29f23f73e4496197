"""Bookings on the wire."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.stations.bookings.model import (
    Booking,
    BookingSource,
    BookingState,
    FreeTime,
    Wanted,
)
from callcenter.stations.overrides_http import Day
from callcenter.web.wire import Moment, QueryModel, WireModel

Note = Annotated[str, Field(max_length=300)]


class BookingDraft(WireModel):
    """A car that is to be brought. `starts_at`: a free time, or any time within its hour."""

    station_id: UUID
    vehicle_id: UUID
    owner_id: UUID | None = None
    starts_at: Moment
    wanted: Wanted
    note: Note = ""


class BookingMove(WireModel):
    """Another time, or another station, too."""

    starts_at: Moment
    station_id: UUID | None = None


class BookingOut(WireModel):
    """A car that is expected, or was."""

    id: UUID
    station_id: UUID
    vehicle_id: UUID
    owner_id: UUID | None
    starts_at: Moment
    wanted: Wanted
    note: str
    state: BookingState
    source: BookingSource
    booked_at: Moment
    closed_at: Moment | None
    version: int


class BookingList(WireModel):
    """Bookings: of a station in the order of their time, of a car the latest first."""

    items: list[BookingOut]


class FreeTimeOut(WireModel):
    """When a car may come; `left`: how many more within this hour."""

    starts_at: Moment
    left: int


class FreeTimeList(WireModel):
    """The free times of a day."""

    items: list[FreeTimeOut]


class FreeTimesQuery(QueryModel):
    """The day in China."""

    day: Day


class BookingsOfStationQuery(QueryModel):
    """From this day on, so many days."""

    day: Day
    days: Annotated[int, Field(ge=1, le=31)] = 1


class BookingsOfVehicleQuery(QueryModel):
    """The car."""

    vehicle_id: UUID


class BookingPath(QueryModel):
    """The booking in the address."""

    booking_id: UUID


class WorkshopCapacity(WireModel):
    """How many cars the workshop takes in an hour; 0: it takes no bookings."""

    per_hour: Annotated[int, Field(ge=0, le=100)]


def booking_out(booking: Booking) -> BookingOut:
    """As the API tells it."""
    return BookingOut(**{name: getattr(booking, name) for name in BookingOut.model_fields})


def free_out(free: FreeTime) -> FreeTimeOut:
    """As the API tells it."""
    return FreeTimeOut(starts_at=free.starts_at, left=free.left)


def last_day(first: date, days: int) -> date:
    """The last of so many days."""
    return date.fromordinal(first.toordinal() + days - 1)
