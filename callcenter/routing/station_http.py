"""Routes of the station: its offers, its answers, and the journey it reports.

A station sees only its own. Machines that play stations hold `dispatch_answer` and the
station's id; a simulator's token without one may answer for simulated stations.
"""

from uuid import UUID

from callcenter.places.model import Datum, Position, Source
from callcenter.routing import (
    answers,
    journey,
    readiness_http,
    reading,
    repository,
    truck_way,
)
from callcenter.routing.errors import DispatchNotFound, OfferNotFound
from callcenter.routing.journey_wire import (
    Completion,
    GoneOnArrival,
    NewEta,
    Step,
    TruckPosition,
)
from callcenter.routing.model import Dispatch, Offer
from callcenter.routing.wire import (
    Acceptance,
    Decline,
    DispatchOut,
    DispatchPage,
    DispatchPath,
    ListQuery,
    OfferOut,
    OfferPage,
    OfferPath,
    StationOffer,
    WithReason,
    of,
    offer_to_station,
)
from callcenter.stations import repository as stations
from callcenter.web.actor import Actor
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.errors import Forbidden
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["station"])
ANSWER = Permission.DISPATCH_ANSWER


@routes.get("/api/v1/offers", permission=ANSWER)
async def list_offers(call: Call, query: ListQuery) -> OfferPage:
    """The station's offers, newest first."""
    before_at, before_id = read_cursor(query.cursor) or (None, None)
    sql = repository.SQL
    ask = sql.open_offers_at_station if query.open else sql.offers_at_station
    rows = await ask(
        call.tx.connection,
        station_id=_station_of(call.actor),
        before_at=before_at,
        before_id=before_id,
        limit=query.limit + 1,
    )
    last = rows[query.limit - 1] if len(rows) > query.limit else None
    return OfferPage(
        items=[offer_to_station(repository.offer_of(row)) for row in rows[: query.limit]],
        next_cursor=write_cursor(last["made_at"], last["id"]) if last else None,
    )


@routes.get("/api/v1/offers/{offer_id}", permission=ANSWER)
async def get_offer(call: Call, path: OfferPath) -> StationOffer:
    """One offer with the job, the seconds left and the trucks that could go."""
    offer = await _own_offer(call, path.offer_id)
    return await reading.station_offer(call.tx, offer)


@routes.post("/api/v1/offers/{offer_id}/sight", permission=ANSWER)
async def see_offer(call: Call, path: OfferPath) -> OfferOut:
    """The station has the offer before its eyes."""
    offer = await _own_offer(call, path.offer_id)
    await answers.see_offer(call.tx, call.actor.id, offer.id)
    return offer_to_station(await repository.get_offer(call.tx, offer.id))


@routes.post("/api/v1/offers/{offer_id}/acceptance", permission=ANSWER, status=201, problems=(409,))
async def accept_offer(call: Call, path: OfferPath, body: Acceptance) -> DispatchOut:
    """Yes: the first station to say so holds the rescue."""
    offer = await _own_offer(call, path.offer_id)
    dispatch = await answers.accept_offer(
        call.tx,
        call.actor.id,
        offer.id,
        eta_minutes=body.eta_minutes,
        truck_id=body.truck_id,
        settings=call.settings.routing,
    )
    return _out(dispatch)


@routes.post("/api/v1/offers/{offer_id}/decline", permission=ANSWER, problems=(409,))
async def decline_offer(call: Call, path: OfferPath, body: Decline) -> OfferOut:
    """No, and why: the next station is asked at once."""
    offer = await _own_offer(call, path.offer_id)
    declined = await answers.decline_offer(
        call.tx, call.actor.id, offer.id, body.reason, call.settings.routing
    )
    return offer_to_station(declined)


@routes.get("/api/v1/dispatches", permission=ANSWER)
async def list_dispatches(call: Call, query: ListQuery) -> DispatchPage:
    """The station's dispatches, newest first."""
    before_at, before_id = read_cursor(query.cursor) or (None, None)
    rows = await repository.SQL.dispatches_at_station(
        call.tx.connection,
        station_id=_station_of(call.actor),
        live=query.open,
        before_at=before_at,
        before_id=before_id,
        limit=query.limit + 1,
    )
    last = rows[query.limit - 1] if len(rows) > query.limit else None
    return DispatchPage(
        items=[_out(repository.dispatch_of(row)) for row in rows[: query.limit]],
        next_cursor=write_cursor(last["accepted_at"], last["id"]) if last else None,
    )


@routes.get("/api/v1/dispatches/{dispatch_id}", permission=ANSWER)
async def get_dispatch(call: Call, path: DispatchPath) -> DispatchOut:
    """One dispatch."""
    return _out(await own_dispatch(call, path.dispatch_id))


@routes.post("/api/v1/dispatches/{dispatch_id}/departure", permission=ANSWER, problems=(409,))
async def depart(call: Call, path: DispatchPath, body: Step | None) -> DispatchOut:
    """The truck has left."""
    await own_dispatch(call, path.dispatch_id)
    at = body.happened_at if body else None
    return _out(await journey.depart(call.tx, call.actor.id, path.dispatch_id, at))


@routes.post("/api/v1/dispatches/{dispatch_id}/arrival", permission=ANSWER, problems=(409,))
async def arrive(call: Call, path: DispatchPath, body: Step | None) -> DispatchOut:
    """The truck stands beside the car."""
    await own_dispatch(call, path.dispatch_id)
    at = body.happened_at if body else None
    return _out(await journey.arrive(call.tx, call.actor.id, path.dispatch_id, at))


@routes.post("/api/v1/dispatches/{dispatch_id}/completion", permission=ANSWER, problems=(409,))
async def complete(call: Call, path: DispatchPath, body: Completion) -> DispatchOut:
    """The car is safe."""
    await own_dispatch(call, path.dispatch_id)
    done = await journey.complete(
        call.tx, call.actor.id, path.dispatch_id, body.outcome, body.happened_at
    )
    return _out(done)


@routes.post("/api/v1/dispatches/{dispatch_id}/gone-on-arrival", permission=ANSWER, problems=(409,))
async def gone_on_arrival(call: Call, path: DispatchPath, body: GoneOnArrival) -> DispatchOut:
    """No car there: with a photo, and after a call to the owner."""
    await own_dispatch(call, path.dispatch_id)
    dispatch = await journey.gone_on_arrival(
        call.tx,
        call.actor.id,
        path.dispatch_id,
        proof_file=body.proof_file,
        called_owner=body.called_owner,
        happened_at=body.happened_at,
    )
    return _out(dispatch)


@routes.post("/api/v1/dispatches/{dispatch_id}/hand-back", permission=ANSWER, problems=(409,))
async def hand_back(call: Call, path: DispatchPath, body: WithReason) -> DispatchOut:
    """The station cannot do it after all: others are asked at once."""
    await own_dispatch(call, path.dispatch_id)
    dispatch = await journey.hand_back(
        call.tx, call.actor.id, path.dispatch_id, body.reason, call.settings.routing
    )
    return _out(dispatch)


@routes.post("/api/v1/dispatches/{dispatch_id}/eta", permission=ANSWER, problems=(409,))
async def change_eta(call: Call, path: DispatchPath, body: NewEta) -> DispatchOut:
    """A new promise, counted from now."""
    await own_dispatch(call, path.dispatch_id)
    return _out(
        await journey.change_eta(call.tx, call.actor.id, path.dispatch_id, body.eta_minutes)
    )


@routes.post("/api/v1/dispatches/{dispatch_id}/positions", permission=ANSWER, problems=(409,))
async def see_truck(call: Call, path: DispatchPath, body: TruckPosition) -> DispatchOut:
    """Where the truck is."""
    await own_dispatch(call, path.dispatch_id)
    position = Position(
        lat=body.lat,
        lon=body.lon,
        accuracy_m=body.accuracy_m,
        fixed_at=body.fixed_at,
        source=Source.TRUCK,
        source_datum=Datum.WGS84,
    )
    seen = await truck_way.see_truck(
        call.tx, call.actor.id, path.dispatch_id, position, call.settings.routing
    )
    return _out(seen)


async def _own_offer(call: Call, offer_id: UUID) -> Offer:
    offer = await repository.get_offer(call.tx, offer_id)
    if not await _may_act_for(call, offer.station_id):
        raise OfferNotFound
    return offer


async def own_dispatch(call: Call, dispatch_id: UUID) -> Dispatch:
    """The station's own, or a simulated one's for a simulator; raises DispatchNotFound."""
    dispatch = await repository.get_dispatch(call.tx, dispatch_id)
    if not await _may_act_for(call, dispatch.station_id):
        raise DispatchNotFound
    return dispatch


async def _may_act_for(call: Call, station_id: UUID) -> bool:
    if call.actor.station_id is not None:
        return call.actor.station_id == station_id
    if not call.actor.may(Permission.SIMULATE):
        return False
    return (await stations.get(call.tx, station_id)).simulated


def _station_of(actor: Actor) -> UUID:
    if actor.station_id is None:
        raise Forbidden(permission=ANSWER.value)
    return actor.station_id


def _out(dispatch: Dispatch) -> DispatchOut:
    return of(DispatchOut, dispatch)


routes += readiness_http.routes
