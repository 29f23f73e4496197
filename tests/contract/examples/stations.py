"""The network and what a station says about itself."""

from uuid import uuid4

from tests.contract.examples.registry import example
from tests.contract.world import Example, World, shift, station


@example(
    "GET /api/v1/stations",
    "GET /api/v1/stations/points",
    "GET /api/v1/station",
    "GET /api/v1/station/roster",
)
async def as_it_is(w: World) -> Example:
    return Example()


@example("POST /api/v1/stations")
async def post_stations(w: World) -> Example:
    return Example(body=station(uuid4().hex[:12].upper()))


@example("GET /api/v1/stations/{station_id}")
async def get_stations_station_id(w: World) -> Example:
    return Example(await w.station())


@example("PATCH /api/v1/stations/{station_id}")
async def patch_stations_station_id(w: World) -> Example:
    return Example(await w.station(), body={"name_zh": "新名"}, version=1)


@example("POST /api/v1/stations/{station_id}/suspension")
async def post_stations_station_id_suspension(w: World) -> Example:
    return Example(await w.station(), body={"reason": "audit"})


@example("DELETE /api/v1/stations/{station_id}/suspension")
async def delete_stations_station_id_suspension(w: World) -> Example:
    return Example(await w.suspended())


@example("POST /api/v1/stations/{station_id}/trucks")
async def post_stations_station_id_trucks(w: World) -> Example:
    return Example(await w.station(), body={"plate": f"辽B{uuid4().hex[:8]}"})


@example("PATCH /api/v1/trucks/{truck_id}")
async def patch_trucks_truck_id(w: World) -> Example:
    return Example(await w.truck(), body={"in_service": False}, version=1)


@example("POST /api/v1/stations/{station_id}/roster")
async def post_stations_station_id_roster(w: World) -> Example:
    return Example(await w.station(), body=shift())


@example("GET /api/v1/stations/{station_id}/roster")
async def get_stations_station_id_roster(w: World) -> Example:
    return Example({"station_id": (await w.rostered())["station_id"]})


@example("DELETE /api/v1/stations/{station_id}/roster/{entry_id}")
async def delete_stations_station_id_roster_entry_id(w: World) -> Example:
    return Example(await w.rostered())


@example("GET /api/v1/hours/preview")
async def get_hours_preview(w: World) -> Example:
    return Example(query={"hours": "Mo-Fr 08:30-17:30; PH off", "first_day": "2026-10-01"})


@example("PUT /api/v1/station/duty-phone")
async def put_station_duty_phone(w: World) -> Example:
    return Example(body={"phone": "024-88881234"})


@example("PATCH /api/v1/station/trucks/{truck_id}")
async def patch_station_trucks_truck_id(w: World) -> Example:
    path, version = await w.own_truck()
    return Example(path, body={"in_service": True}, version=version)


@example("POST /api/v1/station/roster")
async def post_station_roster(w: World) -> Example:
    return Example(body=shift())


@example("DELETE /api/v1/station/roster/{entry_id}")
async def delete_station_roster_entry_id(w: World) -> Example:
    return Example(await w.own_rostered())


@example("GET /api/v1/stations/{station_id}/hours-overrides")
async def get_stations_station_id_hours_overrides(w: World) -> Example:
    return Example(await w.station())


@example("POST /api/v1/stations/{station_id}/hours-overrides")
async def post_stations_station_id_hours_overrides(w: World) -> Example:
    days = {"first_day": "2036-10-01", "last_day": "2036-10-03"}
    return Example(await w.station(), body={**days, "hours": "10:00-16:00", "reason": "国庆"})


@example("DELETE /api/v1/stations/{station_id}/hours-overrides/{override_id}")
async def delete_stations_station_id_hours_overrides_override_id(w: World) -> Example:
    return Example(await w.overridden())
