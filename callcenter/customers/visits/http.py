"""Routes of a car's visits."""

from callcenter.customers.visits import service
from callcenter.customers.visits.wire import (
    VehiclePath,
    VisitDraft,
    VisitList,
    VisitOut,
    VisitPatch,
    VisitPath,
    in_fen,
    visit_out,
)
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["customers"])
READ, WRITE = Permission.CUSTOMERS_READ, Permission.CUSTOMERS_WRITE


@routes.get("/api/v1/vehicles/{vehicle_id}/visits", permission=READ)
async def list_visits(call: Call, path: VehiclePath) -> VisitList:
    """A car's visits, newest first."""
    visits = await service.visits_of(call.tx, path.vehicle_id)
    return VisitList(items=[visit_out(one, visits) for one in visits])


@routes.post(
    "/api/v1/vehicles/{vehicle_id}/visits", permission=WRITE, status=201, problems=(404, 409)
)
async def add_visit(call: Call, path: VehiclePath, body: VisitDraft) -> VisitOut:
    """A visit of this car, once: told again, it is answered as it is known."""
    visit = await service.record_visit(call.tx, call.actor.id, body.told(path.vehicle_id))
    return visit_out(visit, await service.visits_of(call.tx, path.vehicle_id))


@routes.patch("/api/v1/visits/{visit_id}", permission=WRITE, problems=(409,))
async def correct_visit(call: Call, path: VisitPath, body: VisitPatch) -> VisitOut:
    """Correct the day, the kind or the figures of a visit."""
    visit = await service.get_visit(call.tx, path.visit_id)
    call.expects(visit.version)
    changes = body.model_dump(exclude_unset=True)
    if "amount" in changes:
        changes["amount"] = in_fen(changes["amount"])
    visit = await service.correct_visit(call.tx, call.actor.id, visit, changes)
    return visit_out(visit, await service.visits_of(call.tx, visit.vehicle_id))


@routes.delete("/api/v1/visits/{visit_id}", permission=WRITE, if_match=True)
async def take_back_visit(call: Call, path: VisitPath) -> None:
    """It was not so, as of a visit that was told of the wrong car: known no more. What was not said
    because of it stays unsaid."""
    visit = await service.get_visit(call.tx, path.visit_id)
    call.expects(visit.version)
    await service.take_back_visit(call.tx, call.actor.id, visit)
