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
from callcenter.stations.bookings.near import Workshop
from callcenter.stations.overrides_http import Day
from callcenter.web.wire import Moment, QueryModel, WireModel

Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
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
    """Another time, or another station, too, or another thing; null: as it was."""

    starts_at: Moment
    station_id: UUID | None = None
    wanted: Wanted | None = None
    note: Note | None = None


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
    """The day in China; `but`: a booking that is to be moved takes no place of its own."""

    day: Day
    but: UUID | None = None


class NearQuery(WireModel):
    """A place (WGS-84), and from which day on; `known`: a workshop that is told first, however far
    it is."""

    lat: Latitude
    lon: Longitude
    since: Day | None = None
    known: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=20)] = 6


class WorkshopOut(WireModel):
    """A workshop that takes bookings, so many an hour, with its next free times."""

    station_id: UUID
    code: str
    name_zh: str
    name_en: str
    city_zh: str
    city_en: str
    address: str
    lat: float
    lon: float
    distance_m: float
    per_hour: int
    free: list[FreeTimeOut]


class WorkshopList(WireModel):
    """The known one, then the nearest first."""

    items: list[WorkshopOut]


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


def workshop_out(near: Workshop) -> WorkshopOut:
    """As the API tells it."""
    station = near.station
    names = ("code", "name_zh", "name_en", "city_zh", "city_en", "address", "lat", "lon")
    return WorkshopOut(
        station_id=station.id,
        **{name: getattr(station, name) for name in names},
        distance_m=round(near.distance_m or 0.0),
        per_hour=near.per_hour,
        free=[free_out(one) for one in near.free],
    )


def free_out(free: FreeTime) -> FreeTimeOut:
    """As the API tells it."""
    return FreeTimeOut(starts_at=free.starts_at, left=free.left)


def last_day(first: date, days: int) -> date:
    """The last of so many days."""
    return date.fromordinal(first.toordinal() + days - 1)
