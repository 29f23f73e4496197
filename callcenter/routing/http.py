"""Routes of the desk: how a rescue is dispatched, and what a person decides about it."""

from callcenter.places.intake import Intake
from callcenter.places.model import Source
from callcenter.routing import by_hand, journey, reading
from callcenter.routing.candidates import Spot
from callcenter.routing.choose import Need
from callcenter.routing.journey_wire import NewEta
from callcenter.routing.model import DispatchStage
from callcenter.routing.preview import preview_by_road
from callcenter.routing.rescue_wire import (
    HandAssignment,
    HandOver,
    LadderOut,
    PhoneAcceptance,
    PreviewOut,
    PreviewQuery,
    RescueOut,
    RescuePath,
)
from callcenter.routing.wire import (
    DispatchOut,
    DispatchPath,
    OfferOut,
    PhoneReport,
    WithReason,
    of,
)
from callcenter.stations import repository as stations
from callcenter.stations.needs import CarFacts, needs_of
from callcenter.tickets.location import named_place
from callcenter.tickets.wire import TicketOut, ticket_out
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["dispatch"])
WRITE = Permission.DISPATCH_WRITE


@routes.get("/api/v1/routing/preview", permission=Permission.CHOICE_PREVIEW, transaction=False)
async def preview_choice(call: Call, query: PreviewQuery) -> PreviewOut:
    """Who would come to this place for this fault at this time, and why not the nearer ones.

    Duty and suspension are those of the time that is asked about; trucks are as they stand now.
    Where a router is set, it is asked how long each would take, and the quickest is first.
    """
    place = named_place(
        call.part(Intake), Source.TYPED, lat=query.lat, lon=query.lon, datum=query.datum
    )
    car = CarFacts(**{name: getattr(query, name) for name in CarFacts.__dataclass_fields__})
    needs = needs_of(query.fault, car)
    need = Need(
        needs.skills | frozenset(query.skills),
        needs.equipment | frozenset(query.equipment),
        place.province,
        one_of=needs.one_of,
        weight_kg=needs.weight_kg,
        height_limit_cm=needs.height_limit_cm,
    )
    spot = Spot(place.position.lat, place.position.lon, place.province)
    rung, choice = await preview_by_road(
        call.database, spot, need, call.settings.routing, at=query.at
    )
    told = reading.preview_out(rung.value, choice)
    named = {one.station_id for one in (*told.ranked, *told.passed_over)}
    known = await call.database.run(lambda tx: stations.by_ids(tx, named), readonly=True)
    seen = [reading.station_seen(station) for station in known.values()]
    return told.model_copy(update={"doubts": list(place.doubts), "stations": seen})


@routes.get("/api/v1/rescues/{ticket_id}", permission=Permission.DISPATCH_READ)
async def get_rescue(call: Call, path: RescuePath) -> RescueOut:
    """Ladder, choices with every reason, offers, dispatches, the truck's last position."""
    return await reading.rescue(call.tx, path.ticket_id)


@routes.post("/api/v1/rescues/{ticket_id}/hold", permission=WRITE, problems=(409,))
async def hold(call: Call, path: RescuePath) -> LadderOut:
    """Ask no further station until released; the deadline runs on."""
    return await _set_held(call, path, held=True)


@routes.post("/api/v1/rescues/{ticket_id}/release", permission=WRITE, problems=(409,))
async def release(call: Call, path: RescuePath) -> LadderOut:
    """Go on asking."""
    return await _set_held(call, path, held=False)


@routes.post(
    "/api/v1/rescues/{ticket_id}/hand-assignment",
    permission=WRITE,
    status=201,
    problems=(404, 409),
)
async def assign(call: Call, path: RescuePath, body: HandAssignment) -> OfferOut:
    """Ask this station now and no other, overruling filters by name and with a reason."""
    offer = await by_hand.assign(
        call.tx,
        call.actor.id,
        path.ticket_id,
        body.station_id,
        overruled=body.overruled,
        reason=body.reason,
        settings=call.settings.routing,
    )
    return of(OfferOut, offer)


@routes.post(
    "/api/v1/rescues/{ticket_id}/phone-acceptance",
    permission=WRITE,
    status=201,
    problems=(404, 409),
)
async def accept_by_phone(call: Call, path: RescuePath, body: PhoneAcceptance) -> DispatchOut:
    """The station said yes on the telephone."""
    dispatch = await by_hand.accept_by_phone(
        call.tx,
        call.actor.id,
        path.ticket_id,
        body.station_id,
        eta_minutes=body.eta_minutes,
        truck_id=body.truck_id,
        overruled=body.overruled,
        reason=body.reason,
        settings=call.settings.routing,
    )
    return of(DispatchOut, dispatch)


@routes.post("/api/v1/rescues/{ticket_id}/hand-over", permission=WRITE, problems=(409,))
async def hand_over(call: Call, path: RescuePath, body: HandOver) -> TicketOut:
    """The road operator (12122) goes; the case stays with us."""
    ticket = await by_hand.hand_over(
        call.tx, call.actor.id, path.ticket_id, body.operator, body.reason
    )
    return ticket_out(ticket, phones=call.actor.may(Permission.PHONES_READ))


@routes.post("/api/v1/rescues/{ticket_id}/new-round", permission=WRITE, problems=(409,))
async def ask_again(call: Call, path: RescuePath) -> LadderOut:
    """Begin to ask anew: after the alarm, or when the operator cannot come."""
    ladder = await by_hand.ask_again(call.tx, call.actor.id, path.ticket_id, call.settings.routing)
    return of(LadderOut, ladder)


@routes.post("/api/v1/rescues/{ticket_id}/cancellation", permission=WRITE, problems=(409,))
async def cancel_rescue(call: Call, path: RescuePath, body: WithReason) -> TicketOut:
    """No help is needed any more, at whatever stage: every station is told."""
    ticket = await by_hand.cancel_rescue(call.tx, call.actor.id, path.ticket_id, body.reason)
    return ticket_out(ticket, phones=call.actor.may(Permission.PHONES_READ))


@routes.post("/api/v1/dispatches/{dispatch_id}/reassignment", permission=WRITE, problems=(409,))
async def reassign(call: Call, path: DispatchPath, body: WithReason) -> DispatchOut:
    """Take the rescue from the station: it is told, and others are asked."""
    dispatch = await journey.reassign(
        call.tx, call.actor.id, path.dispatch_id, body.reason, call.settings.routing
    )
    return of(DispatchOut, dispatch)


@routes.post("/api/v1/dispatches/{dispatch_id}/phone-report", permission=WRITE, problems=(409,))
async def report_by_phone(call: Call, path: DispatchPath, body: PhoneReport) -> DispatchOut:
    """The station said on the telephone how far it is; the desk writes it down."""
    dispatch = await by_hand.report_by_phone(
        call.tx,
        call.actor.id,
        path.dispatch_id,
        DispatchStage(body.stage),
        body.outcome,
        proof_file=body.proof_file,
        called_owner=body.called_owner,
    )
    return of(DispatchOut, dispatch)


@routes.post("/api/v1/dispatches/{dispatch_id}/phone-eta", permission=WRITE, problems=(409,))
async def promise_by_phone(call: Call, path: DispatchPath, body: NewEta) -> DispatchOut:
    """The station said on the telephone when it will be there."""
    dispatch = await journey.change_eta(call.tx, call.actor.id, path.dispatch_id, body.eta_minutes)
    return of(DispatchOut, dispatch)


async def _set_held(call: Call, path: RescuePath, *, held: bool) -> LadderOut:
    ladder = await by_hand.hold(call.tx, call.actor.id, path.ticket_id, held, call.settings.routing)
    return of(LadderOut, ladder)
