"""Routes of a station about itself, and of nobody else: its trucks, its roster, its duty phone."""

from uuid import UUID

from callcenter.phones import e164
from callcenter.stations import repository, service
from callcenter.stations.errors import TruckNotFound
from callcenter.stations.wire import (
    DutyDraft,
    DutyOut,
    DutyPhone,
    EntryPath,
    OwnTruckPatch,
    RosterPage,
    RosterQuery,
    StationOut,
    TruckOut,
    TruckPath,
    duty_out,
    station_out,
    truck_out,
)
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.errors import Forbidden
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["station"])
OWN = Permission.STATION_OWN


@routes.get("/api/v1/station", permission=OWN)
async def get_own_station(call: Call) -> StationOut:
    """The station of who asks, with its trucks."""
    return station_out(await repository.get(call.tx, own_station(call)))


@routes.put("/api/v1/station/duty-phone", permission=OWN)
async def set_own_duty_phone(call: Call, body: DutyPhone) -> StationOut:
    """The number that rings from now on, unless the roster names another."""
    phone = e164(body.phone)
    station = await service.set_duty_phone(call.tx, call.actor.id, own_station(call), phone)
    return station_out(station)


@routes.patch("/api/v1/station/trucks/{truck_id}", permission=OWN, problems=(409,))
async def edit_own_truck(call: Call, path: TruckPath, body: OwnTruckPatch) -> TruckOut:
    """Take an own truck out of service, or back into it."""
    truck = await service.get_truck(call.tx, path.truck_id)
    if truck.station_id != own_station(call):
        raise TruckNotFound
    call.expects(truck.version)
    changes = body.model_dump(mode="json", exclude_unset=True)
    return truck_out(await service.edit_truck(call.tx, call.actor.id, truck, changes))


@routes.get("/api/v1/station/roster", permission=OWN)
async def list_own_roster(call: Call, query: RosterQuery) -> RosterPage:
    """Who is on duty now and later, in the order of the beginning; the newest made counts."""
    return await page_of_roster(call, own_station(call), query)


@routes.post("/api/v1/station/roster", permission=OWN, status=201)
async def roster_own_duty(call: Call, body: DutyDraft) -> DutyOut:
    """Who is on duty in this time."""
    return await rostered(call, own_station(call), body)


@routes.delete("/api/v1/station/roster/{entry_id}", permission=OWN)
async def unroster_own_duty(call: Call, path: EntryPath) -> None:
    """Take an entry off the roster; the second time nothing happens."""
    await service.unroster_duty(call.tx, call.actor.id, own_station(call), path.entry_id)


def own_station(call: Call) -> UUID:
    """The station that the caller belongs to; raises Forbidden when to none."""
    if call.actor.station_id is None:
        raise Forbidden(permission=OWN.value)
    return call.actor.station_id


async def page_of_roster(call: Call, station_id: UUID, query: RosterQuery) -> RosterPage:
    """One page of a station's roster; raises StationNotFound."""
    await repository.get(call.tx, station_id)
    found = await repository.coming_roster(
        call.tx, station_id, limit=query.limit + 1, after=read_cursor(query.cursor)
    )
    last = found[query.limit - 1] if len(found) > query.limit else None
    return RosterPage(
        items=[duty_out(entry) for entry in found[: query.limit]],
        next_cursor=write_cursor(last.starts_at, last.id) if last else None,
    )


async def rostered(call: Call, station_id: UUID, draft: DutyDraft) -> DutyOut:
    """The entry that was written on a station's roster."""
    fields = draft.model_dump()
    if draft.phone is not None:
        fields["phone"] = e164(draft.phone)
    return duty_out(await service.roster_duty(call.tx, call.actor.id, station_id, fields))
