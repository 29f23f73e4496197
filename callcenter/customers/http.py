"""Routes of owners and cars."""

from zoneinfo import ZoneInfo

from callcenter.customers import edits, export_http, listing, service
from callcenter.customers.consents import http as consents_http
from callcenter.customers.days.wire import DaysOut, days_out
from callcenter.customers.errors import VehicleNotFound
from callcenter.customers.model import Owner
from callcenter.customers.tiers import http as tiers_http
from callcenter.customers.visits import http as visits_http
from callcenter.customers.visits.wire import VehiclePath
from callcenter.customers.wire import (
    OwnerDraft,
    OwnerList,
    OwnerOut,
    OwnerPatch,
    OwnerPath,
    OwnerQuery,
    OwnersVehiclePath,
    PhoneDraft,
    VehicleDraft,
    VehicleLink,
    VehicleList,
    VehicleOut,
    VehiclePatch,
    VehicleQuery,
    owner_out,
    vehicle_out,
)
from callcenter.phones import e164
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["customers"])
READ, WRITE = Permission.CUSTOMERS_READ, Permission.CUSTOMERS_WRITE


@routes.get("/api/v1/owners", permission=READ)
async def find_owners(call: Call, query: OwnerQuery) -> OwnerList:
    """Who has this number? Or all owners, newest first, by a name, a plate, or the end of a number
    or VIN."""
    if query.phone is not None:
        sharing = await service.find_by_phone(call.tx, e164(query.phone))
        return OwnerList(items=[_out(call, owner) for owner in sharing])
    part = await listing.listed(
        call.tx, typed=query.search, before=query.cursor, limit=query.limit + 1
    )
    shown = part.owners[: query.limit]
    return OwnerList(
        items=[_out(call, owner) for owner in shown],
        next_cursor=str(shown[-1].id) if len(part.owners) > query.limit else None,
        more=part.more,
    )


@routes.post("/api/v1/owners", permission=WRITE, status=201)
async def add_owner(call: Call, body: OwnerDraft) -> OwnerOut:
    """A new owner."""
    owner = await service.add_owner(
        call.tx,
        call.actor.id,
        name=body.name,
        phones=[e164(phone) for phone in body.phones],
        language=body.language,
        remark=body.remark,
        tier=body.tier,
    )
    return _out(call, owner)


@routes.get("/api/v1/owners/{owner_id}", permission=READ)
async def get_owner(call: Call, path: OwnerPath) -> OwnerOut:
    """One owner with numbers and cars."""
    return _out(call, await service.get_owner(call.tx, path.owner_id))


@routes.patch("/api/v1/owners/{owner_id}", permission=WRITE)
async def edit_owner(call: Call, path: OwnerPath, body: OwnerPatch) -> OwnerOut:
    """Change an owner."""
    owner = await service.get_owner(call.tx, path.owner_id)
    call.expects(owner.version)
    return _out(call, await edits.edit_owner(call.tx, call.actor.id, owner, body.changes()))


@routes.get("/api/v1/owners/{owner_id}/days", permission=READ)
async def get_days(call: Call, path: OwnerPath) -> DaysOut:
    """The owner's next birthday and anniversaries."""
    owner = await service.get_owner(call.tx, path.owner_id)
    return days_out(owner, (await call.tx.now()).astimezone(ZoneInfo(owner.zone)).date())


@routes.post("/api/v1/owners/{owner_id}/contact-points", permission=WRITE, status=201)
async def add_phone(call: Call, path: OwnerPath, body: PhoneDraft) -> OwnerOut:
    """One more number of this owner."""
    owner = await service.add_phone(
        call.tx, call.actor.id, path.owner_id, e164(body.phone), body.label
    )
    return _out(call, owner)


@routes.post("/api/v1/owners/{owner_id}/vehicles", permission=WRITE)
async def link_vehicle(call: Call, path: OwnerPath, body: VehicleLink) -> OwnerOut:
    """This owner drives this car."""
    owner = await service.link_vehicle(call.tx, call.actor.id, path.owner_id, body.vehicle_id)
    return _out(call, owner)


@routes.delete("/api/v1/owners/{owner_id}/vehicles/{vehicle_id}", permission=WRITE, status=200)
async def unlink_vehicle(call: Call, path: OwnersVehiclePath) -> OwnerOut:
    """This owner drives this car no more: he is not written to or called about it."""
    owner = await service.unlink_vehicle(call.tx, call.actor.id, path.owner_id, path.vehicle_id)
    return _out(call, owner)


@routes.post("/api/v1/vehicles", permission=WRITE, status=201, problems=(409,))
async def add_vehicle(call: Call, body: VehicleDraft) -> VehicleOut:
    """A new car."""
    return vehicle_out(await service.add_vehicle(call.tx, call.actor.id, body.model_dump()))


@routes.patch("/api/v1/vehicles/{vehicle_id}", permission=WRITE, problems=(409,))
async def edit_vehicle(call: Call, path: VehiclePath, body: VehiclePatch) -> VehicleOut:
    """Change a car."""
    vehicle = await service.get_vehicle(call.tx, path.vehicle_id)
    if vehicle is None:
        raise VehicleNotFound
    call.expects(vehicle.version)
    changes = body.model_dump(exclude_unset=True)
    return vehicle_out(await edits.edit_vehicle(call.tx, call.actor.id, vehicle, changes))


@routes.get("/api/v1/vehicles", permission=READ)
async def find_vehicles(call: Call, query: VehicleQuery) -> VehicleList:
    """Cars by plate or VIN."""
    found = await service.find_vehicles(call.tx, plate=query.plate, vin=query.vin)
    return VehicleList(items=[vehicle_out(vehicle) for vehicle in found])


def _out(call: Call, owner: Owner) -> OwnerOut:
    return owner_out(owner, phones=call.actor.may(Permission.PHONES_READ))


routes += [
    *export_http.routes,
    *consents_http.routes,
    *tiers_http.routes,
    *visits_http.routes,
]
