"""The station's page: offers with their countdown, and the job from departure to the safe car.

Signed in, a station sees all its own; by the signed short link of an offer, only that one.
"""

from dataclasses import dataclass
from uuid import UUID

from callcenter.errors import CallCenterError
from callcenter.portal.attempt import attempt
from callcenter.portal.station_verbs import StationForm, press
from callcenter.routing import answers, reading, repository
from callcenter.routing.errors import OfferNotFound
from callcenter.routing.model import DeclineReason, Dispatch, Offer, OfferState
from callcenter.routing.wire import StationOffer, TruckSeenOut
from callcenter.stations import repository as stations
from callcenter.web.call import Call
from callcenter.web.errors import Forbidden
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
    if problem := await attempt(call, press(call, offer, form, actor)):
        return await _offer_page(call, offer, problem)
    return Redirect(back)


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
