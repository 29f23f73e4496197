"""Routes of the second leg: of the station that holds the car, and of the desk."""

from uuid import UUID

from callcenter.routing import repository
from callcenter.routing.errors import DispatchNotFound
from callcenter.routing.model import Dispatch
from callcenter.routing.rescue_wire import RescuePath
from callcenter.routing.station_http import own_dispatch
from callcenter.routing.towing import service as towing
from callcenter.routing.towing import tows
from callcenter.routing.towing.errors import TowNotFound
from callcenter.routing.towing.finding import Wish
from callcenter.routing.towing.stops import instead_of, stops_of
from callcenter.routing.towing.tows import Tow
from callcenter.routing.towing.wire import (
    Delivery,
    DestinationWish,
    InsteadList,
    InsteadOut,
    Refusal,
    SecondLeg,
    TowOut,
    TravelDraft,
    TravelOut,
    tow_out,
)
from callcenter.routing.wire import DispatchPath, of
from callcenter.stations import repository as stations
from callcenter.tickets import repository as tickets
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["tow"])
ANSWER, WRITE = Permission.DISPATCH_ANSWER, Permission.DISPATCH_WRITE
OF_DISPATCH, OF_RESCUE = "/api/v1/dispatches/{dispatch_id}/tow", "/api/v1/rescues/{ticket_id}/tow"


@routes.post(OF_DISPATCH, permission=ANSWER, status=201, problems=(409,))
async def plan(call: Call, path: DispatchPath) -> TowOut:
    """The car must be taken away: answers with the destination that is proposed."""
    return await _plan(call, await own_dispatch(call, path.dispatch_id))


@routes.post(OF_DISPATCH + "/destination", permission=ANSWER, problems=(404, 409))
async def choose(call: Call, path: DispatchPath, body: DestinationWish) -> TowOut:
    """Another place than the one proposed."""
    return await _choose(call, await _own(call, path.dispatch_id), body)


@routes.post(OF_DISPATCH + "/refusal", permission=ANSWER, problems=(404, 409))
async def refuse(call: Call, path: DispatchPath, body: Refusal) -> TowOut:
    """The destination does not take the car; the next one is proposed."""
    return await _refuse(call, await _own(call, path.dispatch_id), body)


@routes.post(OF_DISPATCH + "/loading", permission=ANSWER, problems=(404, 409))
async def load(call: Call, path: DispatchPath) -> TowOut:
    """The car stands on the truck."""
    tow = await _own(call, path.dispatch_id)
    return await _out(call, await towing.load(call.tx, call.actor.id, tow.id))


@routes.post(OF_DISPATCH + "/delivery", permission=ANSWER, problems=(404, 409))
async def deliver(call: Call, path: DispatchPath, body: Delivery) -> TowOut:
    """The car is there: at the workshop, or in the yard, and then at the workshop."""
    return await _deliver(call, await _own(call, path.dispatch_id), body)


@routes.get("/api/v1/rescues/{ticket_id}/second-leg", permission=Permission.DISPATCH_READ)
async def get_second_leg(call: Call, path: RescuePath) -> SecondLeg:
    """Where the car is taken, every place that was passed by or has refused, the onward travel."""
    ticket = await tickets.get(call.tx, path.ticket_id)
    found = [await _out(call, tow) for tow in await tows.tows_of(call.tx, ticket.id)]
    return SecondLeg(
        tows=found,
        stops=await stops_of(call.tx, found),
        onward_travel=[of(TravelOut, one) for one in await tows.travels_of(call.tx, ticket.id)],
    )


@routes.get(OF_RESCUE + "/destinations", permission=WRITE, problems=(404,))
async def list_destinations(call: Call, path: RescuePath) -> InsteadList:
    """Where the car could be taken instead: the nearest that a person may choose."""
    tow = await _latest(call, path.ticket_id)
    found = await instead_of(call.tx, tow, call.settings.routing)
    named = await stations.by_ids(call.tx, [one.station_id for one in found])
    return InsteadList(items=[of(InsteadOut, named[one.station_id], **vars(one)) for one in found])


@routes.post(OF_RESCUE, permission=WRITE, status=201, problems=(404, 409))
async def plan_at_desk(call: Call, path: RescuePath) -> TowOut:
    """The car must be taken away: answers with the destination that is proposed."""
    held_by = await repository.live_dispatch(call.tx, path.ticket_id)
    if held_by is None:
        raise DispatchNotFound
    return await _plan(call, held_by)


@routes.post(OF_RESCUE + "/destination", permission=WRITE, problems=(404, 409))
async def choose_at_desk(call: Call, path: RescuePath, body: DestinationWish) -> TowOut:
    """Another place than the one proposed; or where the car is, when that was not said."""
    return await _choose(call, await _latest(call, path.ticket_id), body)


@routes.post(OF_RESCUE + "/refusal", permission=WRITE, problems=(404, 409))
async def refuse_at_desk(call: Call, path: RescuePath, body: Refusal) -> TowOut:
    """The destination has rung: it does not take the car; the next one is proposed."""
    return await _refuse(call, await _latest(call, path.ticket_id), body)


@routes.post(OF_RESCUE + "/delivery", permission=WRITE, problems=(404, 409))
async def deliver_at_desk(call: Call, path: RescuePath, body: Delivery) -> TowOut:
    """The car is there, as the desk was told on the telephone."""
    return await _deliver(call, await _latest(call, path.ticket_id), body)


@routes.post(
    "/api/v1/rescues/{ticket_id}/onward-travel", permission=WRITE, status=201, problems=(409,)
)
async def record_onward_travel(call: Call, path: RescuePath, body: TravelDraft) -> TravelOut:
    """How people of the car travel on."""
    travel = await towing.record_onward_travel(
        call.tx, call.actor.id, path.ticket_id, body.kind, body.persons, body.note
    )
    return of(TravelOut, travel)


async def _plan(call: Call, held_by: Dispatch) -> TowOut:
    rules = call.settings.routing
    return await _out(call, await towing.plan(call.tx, call.actor.id, held_by.id, rules))


async def _choose(call: Call, tow: Tow, body: DestinationWish) -> TowOut:
    wish = Wish(body.station_id, body.place_words, body.reason)
    rules, instead_of = call.settings.routing, body.instead_of
    chosen = await towing.choose(call.tx, call.actor.id, tow.id, wish, rules, instead_of=instead_of)
    return await _out(call, chosen)


async def _refuse(call: Call, tow: Tow, body: Refusal) -> TowOut:
    refused = await towing.refuse(
        call.tx,
        call.actor.id,
        tow.id,
        body.destination_id,
        body.reason,
        call.settings.routing,
        proof_file=body.proof_file,
    )
    return await _out(call, refused)


async def _deliver(call: Call, tow: Tow, body: Delivery) -> TowOut:
    delivered = await towing.deliver(call.tx, call.actor.id, tow.id, body.destination_id)
    return await _out(call, delivered)


async def _out(call: Call, tow: Tow) -> TowOut:
    return tow_out(tow, await tows.destinations_of(call.tx, tow))


async def _latest(call: Call, ticket_id: UUID) -> Tow:
    tow = await tows.latest(call.tx, ticket_id)
    if tow is None:
        raise TowNotFound
    return tow


async def _own(call: Call, dispatch_id: UUID) -> Tow:
    dispatch = await own_dispatch(call, dispatch_id)
    tow = await tows.tow_of_dispatch(call.tx, dispatch.id)
    if tow is None:
        raise TowNotFound
    return tow
