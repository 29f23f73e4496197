"""What a visit, a page or the night asks of due dates is looked up, however many cars there are."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import asyncpg

from callcenter.outbound.due.repository import SQL
from tests.db.test_plans import Ask, connection, each, planned, unknown_or_known

__all__ = ["connection"]

ID = UUID("01890000-0000-7000-8000-00000000000a")
ONE = {"since": ID, "until": ID, "part": 256, "limit": 1, "gone_too": True}
PAGE = {"since": ID, "until": UUID(int=(1 << 128) - 1), "part": 256, "limit": 5_000}
TODAY = date(2026, 3, 2)
WEEK = {"since": date(2026, 3, 2), "until": date(2026, 3, 9)}
COLUMNS = ("visits", "last_day", "last_km", "km_per_day", "p10", "p50", "p90")
KEPT = {"days": 0, "still_ours_by": 0.0, "read_at": datetime.now(UTC)}
VISITS = "visits_vehicle_id_visited_on_kind_work_order_key"


async def kept(connection: asyncpg.Connection) -> Any:
    """A page of one car is written."""
    ones: dict[str, Any] = {name: [1] for name in COLUMNS}
    flags = {"first": [False], "by_distance": [True], "still_ours": [0.5]}
    return await SQL.keep_due(connection, **ones, **flags, ids=[ID], **KEPT)


LOOKED_UP: dict[str, tuple[str, Ask]] = {
    "the_visits_of_one_car": (VISITS, lambda c: SQL.cars(c, today=TODAY, **ONE)),
    "one_car": ("vehicles_pkey", lambda c: SQL.cars(c, today=TODAY, **ONE)),
    "the_visits_of_a_page": (
        VISITS,
        lambda c: SQL.cars(c, today=TODAY, gone_too=False, **PAGE),
    ),
    "a_page": ("vehicles_pkey", lambda c: SQL.cars(c, today=TODAY, gone_too=False, **PAGE)),
    "where_a_car_lives": (
        "owner_vehicles_by_vehicle",
        lambda c: SQL.cars(c, today=TODAY, gone_too=False, **PAGE),
    ),
    "when_one_car_is_due": ("due_dates_pkey", lambda c: SQL.due_of(c, vehicle_id=ID)),
    "its_booking": ("service_bookings_once", lambda c: SQL.due_of(c, vehicle_id=ID)),
    "the_weeks_to_come": ("due_dates_by_day", lambda c: SQL.due_weeks(c, **WEEK)),
    "the_cars_of_a_week": (
        "due_dates_by_day",
        lambda c: SQL.due_cars(c, region=None, after_day=TODAY, after_id=ID, limit=51, **WEEK),
    ),
}


@unknown_or_known
@each(LOOKED_UP)
async def test_it_is_looked_up_and_not_searched_for(
    connection: asyncpg.Connection, index: str, ask: Ask, guarded: bool, generic: bool
) -> None:
    plan = await planned(connection, index, ask, guarded, generic)
    assert plan.scanned == set()
    assert index in plan.conditions, plan.nodes


@unknown_or_known
async def test_the_first_cars_of_a_page_come_without_sorting_and_without_a_table_of_visits(
    connection: asyncpg.Connection, generic: bool
) -> None:
    _, ask = LOOKED_UP["the_visits_of_a_page"]
    plan = await planned(connection, VISITS, ask, True, generic)
    kinds = {node["Node Type"] for node in plan.nodes}
    assert not plan.sorts
    assert not kinds & {"Hash Join", "Merge Join"}, "every visit there is would be read"


@unknown_or_known
async def test_what_was_said_before_is_looked_up(
    connection: asyncpg.Connection, generic: bool
) -> None:
    plan = await planned(connection, "due_dates_pkey", kept, True, generic)
    assert plan.scanned == set()
    assert "due_dates_pkey" in plan.conditions
