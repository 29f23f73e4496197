"""The days of a workshop on the wire."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.stations.bookings.model import BookingSource, BookingState, Wanted
from callcenter.stations.overrides_http import Day
from callcenter.web.wire import Moment, QueryModel, WireModel


class WorkshopDaysQuery(QueryModel):
    """From this day on (China's), so many days."""

    day: Day
    days: Annotated[int, Field(ge=1, le=14)] = 7


class WorkshopHour(WireModel):
    """An hour in which cars are taken, or are expected all the same. `starts_at`: the earliest time
    in it; `room`: so many are taken, 0 while the workshop is closed."""

    starts_at: Moment
    room: int
    taken: int


class ExpectedCar(WireModel):
    """A car that is expected, came or stayed away, and whose it is."""

    booking_id: UUID
    starts_at: Moment
    wanted: Wanted
    note: str
    state: BookingState
    source: BookingSource
    vehicle_id: UUID
    plate: str | None
    model: str
    owner_id: UUID | None
    owner: str | None


class WorkshopDay(WireModel):
    """A day of a workshop, hour by hour; the cars in the order of their times."""

    day: date
    hours: list[WorkshopHour]
    cars: list[ExpectedCar]


class WorkshopDays(WireModel):
    """So many cars it takes in an hour, and its days."""

    per_hour: int
    days: list[WorkshopDay]
