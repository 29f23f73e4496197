"""Routes of stations: the network, its trucks, its duty. A station's own: own_http.py."""

from typing import Any

from callcenter.phones import e164
from callcenter.places.intake import Intake
from callcenter.stations import (
    hours_http,
    overrides_http,
    own_http,
    points_http,
    repository,
    service,
)
from callcenter.stations.filters import StationQuery
from callcenter.stations.model import Station
from callcenter.stations.own_http import page_of_roster, rostered
from callcenter.stations.place import province_after_move, province_of
from callcenter.stations.wire import (
    DutyDraft,
    DutyOut,
    RosterPage,
    RosterPath,
    RosterQuery,
    StationDraft,
    StationOut,
    StationPage,
    StationPatch,
    StationPath,
    Suspension,
    TruckDraft,
    TruckOut,
    TruckPatch,
    TruckPath,
    station_out,
    truck_out,
)
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["stations"])
READ, WRITE = Permission.STATIONS_READ, Permission.STATIONS_WRITE


@routes.get("/api/v1/stations", permission=READ)
async def list_stations(call: Call, query: StationQuery) -> StationPage:
    """Stations in the order of their codes."""
    found = await repository.listed(
        call.tx,
        limit=query.limit + 1,
        province=query.province,
        simulated=query.simulated,
        kind=query.kind.value if query.kind else None,
        suspended=query.suspended,
        search=query.search,
        after=query.cursor,
    )
    last = found[query.limit - 1] if len(found) > query.limit else None
    return StationPage(
        items=[station_out(station) for station in found[: query.limit]],
        next_cursor=last.code if last else None,
    )


@routes.post("/api/v1/stations", permission=WRITE, status=201, problems=(409,))
async def add_station(call: Call, body: StationDraft) -> StationOut:
    """Open a station."""
    fields = body.model_dump(mode="json")
    if body.duty_phone is not None:
        fields["duty_phone"] = e164(body.duty_phone)
    fields["province"] = province_of(call.part(Intake), body.lat, body.lon, body.province)
    return station_out(await service.add_station(call.tx, call.actor.id, fields))


@routes.get("/api/v1/stations/{station_id}", permission=READ)
async def get_station(call: Call, path: StationPath) -> StationOut:
    """One station."""
    return station_out(await repository.get(call.tx, path.station_id))


@routes.patch("/api/v1/stations/{station_id}", permission=WRITE)
async def edit_station(call: Call, path: StationPath, body: StationPatch) -> StationOut:
    """Change a station; where it moves, its province follows."""
    station = await repository.get(call.tx, path.station_id)
    call.expects(station.version)
    changes = body.model_dump(mode="json", exclude_unset=True)
    if changes.get("duty_phone") is not None:
        changes["duty_phone"] = e164(changes["duty_phone"])
    changes |= _province(call.part(Intake), station, changes)
    return station_out(await service.edit_station(call.tx, call.actor.id, station, changes))


@routes.post("/api/v1/stations/{station_id}/suspension", permission=WRITE)
async def suspend(call: Call, path: StationPath, body: Suspension) -> StationOut:
    """Ask it no more."""
    station = await service.suspend(
        call.tx, call.actor.id, path.station_id, reason=body.reason, until=body.until
    )
    return station_out(station)


@routes.delete("/api/v1/stations/{station_id}/suspension", permission=WRITE, status=200)
async def resume(call: Call, path: StationPath) -> StationOut:
    """Ask it again."""
    return station_out(await service.resume(call.tx, call.actor.id, path.station_id))


@routes.post("/api/v1/stations/{station_id}/trucks", permission=WRITE, status=201, problems=(409,))
async def add_truck(call: Call, path: StationPath, body: TruckDraft) -> TruckOut:
    """A new truck."""
    truck = await service.add_truck(
        call.tx,
        call.actor.id,
        path.station_id,
        plate=body.plate,
        equipment=[equipment.value for equipment in body.equipment],
        capacity_kg=body.capacity_kg,
        height_cm=body.height_cm,
    )
    return truck_out(truck)


@routes.patch("/api/v1/trucks/{truck_id}", permission=WRITE, problems=(409,))
async def edit_truck(call: Call, path: TruckPath, body: TruckPatch) -> TruckOut:
    """Change a truck, or take it out of service."""
    truck = await service.get_truck(call.tx, path.truck_id)
    call.expects(truck.version)
    changes = body.model_dump(mode="json", exclude_unset=True)
    return truck_out(await service.edit_truck(call.tx, call.actor.id, truck, changes))


@routes.get("/api/v1/stations/{station_id}/roster", permission=READ)
async def list_roster(call: Call, path: StationPath, query: RosterQuery) -> RosterPage:
    """Who is on duty now and later, in the order of the beginning; the newest made counts."""
    return await page_of_roster(call, path.station_id, query)


@routes.post("/api/v1/stations/{station_id}/roster", permission=WRITE, status=201)
async def roster_duty(call: Call, path: StationPath, body: DutyDraft) -> DutyOut:
    """Who is on duty in this time."""
    return await rostered(call, path.station_id, body)


@routes.delete("/api/v1/stations/{station_id}/roster/{entry_id}", permission=WRITE)
async def unroster_duty(call: Call, path: RosterPath) -> None:
    """Take an entry off the roster; the second time nothing happens."""
    await service.unroster_duty(call.tx, call.actor.id, path.station_id, path.entry_id)


def _province(intake: Intake, station: Station, changes: dict[str, Any]) -> dict[str, str]:
    """The province that goes with a changed place, or with the one that is named now."""
    if not changes.keys() & {"lat", "lon", "province"}:
        return {}
    lat, lon = changes.get("lat", station.lat), changes.get("lon", station.lon)
    if named := changes.get("province"):
        return {"province": province_of(intake, lat, lon, named)}
    found = province_after_move(intake, lat, lon, station.province)
    return {"province": found} if found != station.province else {}


routes += own_http.routes + overrides_http.routes + hours_http.routes + points_http.routes
