"""Bookings, read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from callcenter.clock import CHINA
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.stations.bookings.errors import BookingNotFound
from callcenter.stations.bookings.model import (
    LOOKED_THROUGH_DAYS,
    Booking,
    BookingSource,
    BookingState,
    FreeTime,
    Wanted,
    free_times,
    hour_of,
    midnight_of,
    times_of,
)
from callcenter.stations.model import AppliesTo, Station

SQL = load_queries(__file__)
MOST_OF_A_DAY = 500
MOST_OF_A_CAR = 50
TOLD_FREE = 3
"""Of the next free times that a refusal names."""


async def get(tx: Tx, booking_id: UUID) -> Booking:
    """Raises BookingNotFound."""
    row = await SQL.get_booking(tx.connection, id=booking_id)
    if row is None:
        raise BookingNotFound
    return booking_of(row)


async def of_days(tx: Tx, station_id: UUID, first: date, last: date) -> Sequence[Booking]:
    """Those of a station from one day to another, all states, in the order of their time."""
    rows = await SQL.bookings_of_station(
        tx.connection,
        station_id=station_id,
        since=midnight_of(first),
        until=midnight_of(last + timedelta(days=1)),
        limit=MOST_OF_A_DAY,
    )
    return [booking_of(row) for row in rows]


async def left_open(tx: Tx, station_id: UUID, before: datetime) -> Sequence[Booking]:
    """Those of the days before that nobody has closed yet."""
    rows = await SQL.bookings_left_open_at(
        tx.connection,
        station_id=station_id,
        since=before - timedelta(days=LOOKED_THROUGH_DAYS),
        until=before,
        limit=MOST_OF_A_DAY,
    )
    return [booking_of(row) for row in rows]


async def of_vehicle(tx: Tx, vehicle_id: UUID) -> Sequence[Booking]:
    """Those of a car, the latest first."""
    rows = await SQL.bookings_of_vehicle(tx.connection, vehicle_id=vehicle_id, limit=MOST_OF_A_CAR)
    return [booking_of(row) for row in rows]


async def free_on(tx: Tx, station: Station, day: date, but: UUID | None = None) -> list[FreeTime]:
    """The free times of a day still to come; `but`: a booking that is being moved."""
    now = await tx.now()
    times = times_of(station.workshop_hours, day, station.overrides_of(AppliesTo.WORKSHOP))
    taken = await taken_in_hours(
        tx, station.id, midnight_of(day), midnight_of(day + timedelta(days=1)), but
    )
    capacity = await SQL.capacity_of(tx.connection, id=station.id)
    return free_times(times, taken, capacity, now)


async def next_free(tx: Tx, station: Station, since: datetime) -> list[FreeTime]:
    """The next few free times at or after this time."""
    capacity = {station.id: await SQL.capacity_of(tx.connection, id=station.id)}
    return (await next_free_of(tx, [station], capacity, since))[station.id]


async def next_free_of(
    tx: Tx, stations: Sequence[Station], capacity: Mapping[UUID, int], since: datetime
) -> dict[UUID, list[FreeTime]]:
    """The next few free times of each station at or after this time: one query for all of them.
    `capacity`: cars an hour."""
    first = since.astimezone(CHINA).date()
    days = [first + timedelta(days=ahead) for ahead in range(LOOKED_THROUGH_DAYS)]
    rows = await SQL.taken_at(
        tx.connection,
        station_ids=[one.id for one in stations],
        since=midnight_of(days[0]),
        until=midnight_of(days[-1] + timedelta(days=1)),
    )
    taken = Counter((row["station_id"], hour_of(row["starts_at"])) for row in rows)
    now = await tx.now()
    return {
        one.id: _first_free(
            one,
            days,
            {hour: many for (at, hour), many in taken.items() if at == one.id},
            capacity[one.id],
            now,
            since,
        )
        for one in stations
    }


def _first_free(
    station: Station,
    days: Sequence[date],
    taken: Mapping[datetime, int],
    capacity: int,
    now: datetime,
    since: datetime,
) -> list[FreeTime]:
    overrides = station.overrides_of(AppliesTo.WORKSHOP)
    found: list[FreeTime] = []
    for day in days:
        times = times_of(station.workshop_hours, day, overrides)
        found += [one for one in free_times(times, taken, capacity, now) if one.starts_at >= since]
        if len(found) >= TOLD_FREE:
            break
    return found[:TOLD_FREE]


async def taken_in_hours(
    tx: Tx, station_id: UUID, since: datetime, until: datetime, but: UUID | None
) -> Counter[datetime]:
    """Bookings by the whole hour they begin in."""
    rows = await SQL.taken_between(
        tx.connection, station_id=station_id, since=since, until=until, but=but
    )
    return Counter(hour_of(row["starts_at"]) for row in rows)


def booking_of(row: Any) -> Booking:
    """A row of `service_bookings`."""
    values = {name: row[name] for name in Booking.__dataclass_fields__}
    return Booking(
        **values
        | {
            "wanted": Wanted(row["wanted"]),
            "state": BookingState(row["state"]),
            "source": BookingSource(row["source"]),
        }
    )
