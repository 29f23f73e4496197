"""The station's page: offers with their countdown, and the job from departure to the safe car.

Signed in, a station sees all its own; by the signed short link of an offer, only that one.
"""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from callcenter.errors import CallCenterError
from callcenter.places.model import Datum, Position, Source
from callcenter.portal.attempt import attempt
from callcenter.routing import answers, journey, reading, repository
from callcenter.routing.errors import OfferNotFound
from callcenter.routing.model import DeclineReason, Dispatch, Offer, OfferState
from callcenter.routing.wire import StationOffer, TruckSeenOut
from callcenter.stations import repository as stations
from callcenter.web import files
from callcenter.web.call import Call
from callcenter.web.errors import Forbidden
from callcenter.web.forms import Upload
from callcenter.web.html import Html, Redirect
from callcenter.web.installation import Installation
from callcenter.web.links import SignedLinks
from callcenter.web.pages import render
from callcenter.web.permission import Permission
from callcenter.web.routes import UPLOAD_LIMIT, Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])
LINK_LIVES_S = 24 * 3600
SHOWN = 30
ANSWER = Permission.DISPATCH_ANSWER


class LanguageQuery(QueryModel):
    """Only the language."""

    lang: str = ""


class OfferPath(QueryModel):
    """The offer in the address."""

    offer_id: UUID


class TokenPath(QueryModel):
    """The signed link."""

    token: str


class StationForm(QueryModel):
    """One button; each takes the fields it needs."""

    action: Literal[
        "accept",
        "decline",
        "depart",
        "arrive",
        "complete",
        "gone",
        "hand_back",
        "eta",
        "position",
    ]
    eta_minutes: Annotated[int, Field(ge=1, le=600)] = 30
    truck_id: Annotated[str, Field(max_length=36)] = ""
    reason: DeclineReason = DeclineReason.OTHER
    words: Annotated[str, Field(max_length=500)] = ""
    outcome: Literal["repaired", "towed_to_workshop", "brought_to_safety", "charged", "other"] = (
        "repaired"
    )
    called_owner: Literal["", "on"] = ""
    photo: Upload | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] = 0.0
    lon: Annotated[float, Field(ge=-180, le=180)] = 0.0
    accuracy_m: Annotated[float, Field(ge=0, le=100000)] | None = None
    fixed_at: datetime | None = None


@routes.get("/station", permission=ANSWER)
async def station_page(call: Call, query: LanguageQuery) -> Html:
    """Everything that waits for this station, newest first."""
    if call.actor.station_id is None:
        raise Forbidden(permission=ANSWER.value)
    rows = await repository.SQL.offers_at_station(
        call.tx.connection,
        station_id=call.actor.station_id,
        open=False,
        before_at=None,
        before_id=None,
        limit=SHOWN,
    )
    offers = [repository.offer_of(row) for row in rows]
    jobs = [await _job(call, offer) for offer in offers]
    return render(
        call,
        "station.html",
        station=await stations.get(call.tx, call.actor.station_id),
        waiting=[job for job in jobs if job.told.offer.state is OfferState.OFFERED],
        running=[job for job in jobs if job.live],
        past=[
            job for job in jobs if not job.live and job.told.offer.state is not OfferState.OFFERED
        ],
        is_demo=call.part(Installation).demo,
    )


@routes.get("/station/offers/{offer_id}", permission=ANSWER)
async def offer_page(call: Call, path: OfferPath, query: LanguageQuery) -> Html:
    """One offer and its job."""
    return await _offer_page(call, await _own(call, path.offer_id))


@routes.post(
    "/station/offers/{offer_id}", permission=Permission.DISPATCH_ANSWER, body_limit=UPLOAD_LIMIT
)
async def act(call: Call, path: OfferPath, form: StationForm) -> Html | Redirect:
    """One button of the station."""
    offer = await _own(call, path.offer_id)
    return await _act(call, offer, form, call.actor.id, f"/station/offers/{offer.id}")


@routes.get("/s/{token}", permission=Permission.PUBLIC)
async def linked_page(call: Call, path: TokenPath, query: LanguageQuery) -> Html:
    """The same page by the signed link of the dispatch."""
    return await _offer_page(call, await _linked(call, path.token))


@routes.post("/s/{token}", permission=Permission.PUBLIC, body_limit=UPLOAD_LIMIT)
async def act_by_link(call: Call, path: TokenPath, form: StationForm) -> Html | Redirect:
    """One button, by the signed link."""
    offer = await _linked(call, path.token)
    return await _act(call, offer, form, f"link:offer:{offer.id}", f"/s/{path.token}")


async def _act(
    call: Call, offer: Offer, form: StationForm, actor: str, back: str
) -> Html | Redirect:
    if problem := await attempt(call, _verb(call, offer, form, actor)):
        return await _offer_page(call, offer, problem)
    return Redirect(back)


async def _verb(call: Call, offer: Offer, form: StationForm, actor: str) -> None:
    if form.action == "accept":
        await answers.accept_offer(
            call.tx,
            actor,
            offer.id,
            eta_minutes=form.eta_minutes,
            truck_id=UUID(form.truck_id) if form.truck_id else None,
            settings=call.settings.routing,
        )
    elif form.action == "decline":
        await answers.decline_offer(call.tx, actor, offer.id, form.reason, call.settings.routing)
    else:
        told = await reading.station_offer(call.tx, offer)
        if told.dispatch_id is None:
            raise OfferNotFound
        await _step(call, told.dispatch_id, form, actor)


def _step(call: Call, dispatch_id: UUID, form: StationForm, actor: str) -> Awaitable[object]:
    tx, rules = call.tx, call.settings.routing
    match form.action:
        case "depart":
            return journey.depart(tx, actor, dispatch_id)
        case "arrive":
            return journey.arrive(tx, actor, dispatch_id)
        case "complete":
            return journey.complete(tx, actor, dispatch_id, form.outcome)
        case "hand_back":
            return journey.hand_back(tx, actor, dispatch_id, form.words or "station", rules)
        case "eta":
            return journey.change_eta(tx, actor, dispatch_id, form.eta_minutes)
        case "gone":
            return _gone(call, dispatch_id, form, actor)
        case _:
            return journey.see_truck(tx, actor, dispatch_id, _position(form), rules)


async def _gone(call: Call, dispatch_id: UUID, form: StationForm, actor: str) -> None:
    proof = await files.store(call.tx, form.photo.data, uploaded_by=actor) if form.photo else None
    await journey.gone_on_arrival(
        call.tx,
        actor,
        dispatch_id,
        proof_file=proof.id if proof else None,
        called_owner=form.called_owner == "on",
    )


def _position(form: StationForm) -> Position:
    return Position(form.lat, form.lon, form.accuracy_m, form.fixed_at, Source.TRUCK, Datum.WGS84)


async def _offer_page(call: Call, offer: Offer, problem: str | None = None) -> Html:
    if offer.seen_at is None and offer.state is OfferState.OFFERED:
        await _see(call, offer)
    job = await _job(call, await repository.get_offer(call.tx, offer.id))
    return render(
        call,
        "offer.html",
        status=409 if problem else 200,
        asks_position=True,
        problem=problem,
        job=job,
        station=await stations.get(call.tx, offer.station_id),
        reasons=list(DeclineReason),
        now=await call.tx.now(),
        is_demo=call.part(Installation).demo,
    )


async def _see(call: Call, offer: Offer) -> None:
    """Looking writes: a page is read in a read-only transaction, so this takes its own."""
    actor = call.actor.id if call.actor.kind == "staff" else f"link:offer:{offer.id}"
    await call.database.run(lambda tx: answers.see_offer(tx, actor, offer.id))


@dataclass(frozen=True)
class Job:
    """An offer as the page shows it, and what has come of it."""

    told: StationOffer
    dispatch: Dispatch | None
    truck: TruckSeenOut | None

    @property
    def live(self) -> bool:
        """Whether this station holds the rescue now."""
        return self.dispatch is not None and self.dispatch.ended_at is None


async def _job(call: Call, offer: Offer) -> Job:
    told = await reading.station_offer(call.tx, offer)
    if told.dispatch_id is None:
        return Job(told, None, None)
    dispatch = await repository.get_dispatch(call.tx, told.dispatch_id)
    return Job(told, dispatch, await reading.last_seen(call.tx, dispatch.id))


async def _own(call: Call, offer_id: UUID) -> Offer:
    offer = await repository.get_offer(call.tx, offer_id)
    if offer.station_id != call.actor.station_id:
        raise OfferNotFound
    return offer


async def _linked(call: Call, token: str) -> Offer:
    """The offer of a signed link; the link ends a day after the offer or its dispatch."""
    offer_id = call.part(SignedLinks).read("offer", token)
    if offer_id is None:
        raise OfferNotFound
    try:
        offer = await repository.get_offer(call.tx, offer_id)
    except CallCenterError:
        raise OfferNotFound from None
    job = await _job(call, offer)
    ended = job.dispatch.ended_at if job.dispatch else offer.ended_at
    if ended and (await call.tx.now() - ended).total_seconds() > LINK_LIVES_S:
        raise OfferNotFound
    return offer
