"""What a workshop's page, the desk and an owner's phone wait for is looked up by an index."""

from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg

from callcenter.outbound.touches.claim import SQL as TOUCHES
from callcenter.reports.http import SQL as REPORTS
from callcenter.stations.bookings.repository import SQL as BOOKINGS
from tests.db.test_plans import ID, Ask, connection, each, planned, unknown_or_known

__all__ = ["connection"]

NOW = datetime.now(UTC)
DAYS: dict[str, Any] = {"since": NOW, "until": NOW + timedelta(days=7)}
OF_STATION = "service_bookings_of_station"
LOOKED_UP: dict[str, tuple[str, Ask]] = {
    "how_full_an_hour_is": (
        OF_STATION,
        lambda c: BOOKINGS.taken_between(c, station_id=ID, but=None, **DAYS),
    ),
    "how_full_many_workshops_are": (
        OF_STATION,
        lambda c: BOOKINGS.taken_at(c, station_ids=[ID], **DAYS),
    ),
    "the_day_of_a_workshop": (
        OF_STATION,
        lambda c: BOOKINGS.bookings_of_station(c, station_id=ID, limit=500, **DAYS),
    ),
    "what_a_workshop_has_not_closed": (
        OF_STATION,
        lambda c: BOOKINGS.bookings_left_open_at(c, station_id=ID, limit=500, **DAYS),
    ),
    "whose_cars_a_workshop_expects": (
        OF_STATION,
        lambda c: REPORTS.expected_cars(c, station_id=ID, limit=5000, **DAYS),
    ),
    "the_cars_that_a_workshop_expects": (
        "vehicles_pkey",
        lambda c: REPORTS.expected_cars(c, station_id=ID, limit=5000, **DAYS),
    ),
    "bookings_of_a_car": (
        "service_bookings_of_vehicle",
        lambda c: BOOKINGS.bookings_of_vehicle(c, vehicle_id=ID, limit=50),
    ),
    "whether_a_car_is_booked": (
        "service_bookings_once",
        lambda c: BOOKINGS.is_booked(c, vehicle_id=ID, wanted="maintenance"),
    ),
    "one_booking": ("service_bookings_pkey", lambda c: BOOKINGS.lock_booking(c, id=ID)),
    "workshops_near_a_place": (
        "stations_by_place",
        lambda c: BOOKINGS.workshops_in_box(c, south=41.0, north=42.0, west=123.0, east=124.0),
    ),
    "a_workshop_that_is_known": (
        "stations_pkey",
        lambda c: BOOKINGS.workshops_by_id(c, ids=[ID]),
    ),
    "whose_booking_link_it_is": ("touches_pkey", lambda c: TOUCHES.touch_invites(c, id=ID)),
    "whose_letter_is_ended": ("touches_pkey", lambda c: TOUCHES.touch_by_id(c, id=ID)),
}


@unknown_or_known
@each(LOOKED_UP)
async def test_it_is_looked_up_and_not_searched_for(
    connection: asyncpg.Connection, index: str, ask: Ask, guarded: bool, generic: bool
) -> None:
    plan = await planned(connection, index, ask, guarded, generic)
    assert plan.scanned == set()
    assert index in plan.indexes
