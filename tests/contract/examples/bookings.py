"""Cars that a workshop expects."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from callcenter.clock import CHINA
from tests.contract.examples.registry import example
from tests.contract.world import Example, World, station


def tomorrow(hour: int) -> datetime:
    """In China, where the workshops are."""
    day = datetime.now(CHINA) + timedelta(days=1)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


async def draft(w: World) -> dict[str, Any]:
    """A car, into a workshop that is always open."""
    always = station(uuid4().hex[:12].upper()) | {"workshop_hours": "24/7"}
    made = await w.api.post("/api/v1/stations", always)
    return {
        "station_id": made["id"],
        "vehicle_id": await w.vehicle(),
        "starts_at": tomorrow(10).isoformat(),
        "wanted": "maintenance",
    }


async def booked(w: World) -> dict[str, str]:
    made = await w.api.post("/api/v1/bookings", await draft(w))
    return {"booking_id": made["id"]}


@example("POST /api/v1/bookings")
async def post_bookings(w: World) -> Example:
    return Example(body=await draft(w))


@example("GET /api/v1/bookings")
async def get_bookings(w: World) -> Example:
    return Example(query={"vehicle_id": await w.vehicle()})


@example("GET /api/v1/bookings/{booking_id}", "POST /api/v1/bookings/{booking_id}/cancellation")
async def one_booking(w: World) -> Example:
    return Example(await booked(w))


@example("POST /api/v1/bookings/{booking_id}/time")
async def post_bookings_booking_id_time(w: World) -> Example:
    return Example(await booked(w), body={"starts_at": tomorrow(14).isoformat()})


@example(
    "GET /api/v1/stations/{station_id}/free-times", "GET /api/v1/stations/{station_id}/bookings"
)
async def of_a_day(w: World) -> Example:
    return Example(await w.station(), query={"day": tomorrow(10).date().isoformat()})


@example("GET /api/v1/stations/{station_id}/capacity")
async def get_stations_station_id_capacity(w: World) -> Example:
    return Example(await w.station())


@example("PUT /api/v1/stations/{station_id}/capacity")
async def put_stations_station_id_capacity(w: World) -> Example:
    return Example(await w.station(), body={"per_hour": 3})


@example("POST /api/v1/workshops/nearest")
async def post_workshops_nearest(w: World) -> Example:
    return Example(body={"lat": 41.8, "lon": 123.43})
