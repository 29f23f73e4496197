"""What a workshop has before it: its hours, how full they are, whose cars come."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from callcenter.clock import CHINA
from callcenter.db.queries import load_queries
from callcenter.reports.workshop_wire import (
    ExpectedCar,
    WorkshopDay,
    WorkshopDays,
    WorkshopDaysQuery,
    WorkshopHour,
)
from callcenter.stations import repository as stations
from callcenter.stations.bookings.model import (
    TAKES_PLACE,
    BookingSource,
    BookingState,
    Wanted,
    hour_of,
    midnight_of,
    times_of,
)
from callcenter.stations.model import AppliesTo, Station
from callcenter.stations.wire import StationPath
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

SQL = load_queries(__file__)
routes = Routes(tags=["bookings"])
MOST = 5_000
"""Of bookings in all the days: more than the largest workshop takes in two weeks."""
SAME = ("starts_at", "note", "vehicle_id", "plate", "model", "owner_id", "owner")


@routes.get("/api/v1/stations/{station_id}/workshop-days", permission=Permission.CUSTOMERS_READ)
async def list_workshop_days(
    call: Call, path: StationPath, query: WorkshopDaysQuery
) -> WorkshopDays:
    """Its days hour by hour, and the cars that are expected, came or stayed away."""
    station = await stations.get(call.tx, path.station_id)
    days = [query.day + timedelta(days=ahead) for ahead in range(query.days)]
    rows = await SQL.expected_cars(
        call.tx.connection,
        station_id=station.id,
        since=midnight_of(days[0]),
        until=midnight_of(days[-1] + timedelta(days=1)),
        limit=MOST,
    )
    by_day: dict[date, list[Any]] = defaultdict(list)
    for row in rows:
        by_day[row["starts_at"].astimezone(CHINA).date()].append(row)
    per_hour = await SQL.takes_an_hour(call.tx.connection, id=station.id)
    return WorkshopDays(
        per_hour=per_hour, days=[_day(station, per_hour, day, by_day[day]) for day in days]
    )


def _day(station: Station, per_hour: int, day: date, rows: Sequence[Any]) -> WorkshopDay:
    times = times_of(station.workshop_hours, day, station.overrides_of(AppliesTo.WORKSHOP))
    taken = Counter(hour_of(row["starts_at"]) for row in rows if row["state"] in TAKES_PLACE)
    hours: dict[datetime, WorkshopHour] = {
        hour_of(at): WorkshopHour(starts_at=at, room=per_hour, taken=taken[hour_of(at)])
        for at in times
    }
    # Who was booked before the hours were changed is expected all the same.
    for row in rows:
        hour = hour_of(row["starts_at"])
        hours.setdefault(hour, WorkshopHour(starts_at=hour, room=0, taken=taken[hour]))
    return WorkshopDay(
        day=day, hours=[hours[hour] for hour in sorted(hours)], cars=[_car(row) for row in rows]
    )


def _car(row: Any) -> ExpectedCar:
    return ExpectedCar(
        booking_id=row["id"],
        wanted=Wanted(row["wanted"]),
        state=BookingState(row["state"]),
        source=BookingSource(row["source"]),
        **{name: row[name] for name in SAME},
    )
