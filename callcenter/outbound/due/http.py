"""Routes of due dates: one car, the weeks to come, the cars behind a week."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from callcenter.outbound.due import repository, service
from callcenter.outbound.due.model import Because, NextService
from callcenter.outbound.due.repository import SQL
from callcenter.outbound.due.wire import (
    DueCar,
    DueCars,
    DueCarsQuery,
    DueDateOut,
    DueWeek,
    DueWeeks,
    VehiclePath,
    WeeksQuery,
    due_date_out,
)
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["outbound"])
READ = Permission.OUTBOUND_READ
WEEK = timedelta(days=7)
SAME = frozenset({"vehicle_id", "owner_id", "plate", "model", "region", "booked_for"})


@routes.get("/api/v1/vehicles/{vehicle_id}/due", permission=READ)
async def get_due_date(call: Call, path: VehiclePath) -> DueDateOut:
    """When this car is due for service, and why then."""
    return due_date_out(await repository.due_of(call.tx, path.vehicle_id), call.language)


@routes.get("/api/v1/due-weeks", permission=READ)
async def list_due_weeks(call: Call, query: WeeksQuery) -> DueWeeks:
    """How many cars are due in the weeks to come, by region."""
    today = await service.today(call.tx)
    since = today - timedelta(days=today.weekday())
    rows = await SQL.due_weeks(call.tx.connection, since=since, until=since + query.weeks * WEEK)
    items = [
        DueWeek(
            monday=since + row["week"] * WEEK,
            region=row["region"],
            due=row["due"],
            booked=row["booked"],
            expected=round(row["expected"], 1),
        )
        for row in rows
    ]
    return DueWeeks(since=since, weeks=query.weeks, items=items)


@routes.get("/api/v1/due-cars", permission=READ)
async def list_due_cars(call: Call, query: DueCarsQuery) -> DueCars:
    """The cars that are due in one week, the first due first."""
    at, car = read_cursor(query.cursor) or (None, None)
    rows = await SQL.due_cars(
        call.tx.connection,
        since=query.monday,
        until=query.monday + WEEK,
        region=query.region,
        after_day=at.date() if at else None,
        after_id=car,
        limit=query.limit + 1,
    )
    shown = rows[: query.limit]
    items = [
        DueCar(
            **{name: row[name] for name in DueCar.model_fields if name in SAME},
            p50=row["due_p50"],
            next_service=NextService(row["next_service"]),
            because=Because(row["because"]),
            still_ours=round(row["still_ours"], 3),
        )
        for row in shown
    ]
    more = len(rows) > query.limit
    return DueCars(
        items=items,
        next_cursor=_cursor(shown[-1]["due_p50"], shown[-1]["vehicle_id"]) if more else None,
    )


def _cursor(day: date, vehicle_id: UUID) -> str:
    return write_cursor(datetime.combine(day, time.min, UTC), vehicle_id)
