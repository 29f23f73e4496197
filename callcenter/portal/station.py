"""The station's page: offers with their countdown, and the job from departure to the safe car.

Signed in, a station sees all its own; by the signed short link of an offer, only that one.
"""

from uuid import UUID

from callcenter.errors import CallCenterError
from callcenter.portal.attempt import Refused, attempt
from callcenter.portal.station_job import Job, job_of
from callcenter.portal.station_verbs import StationForm, press
from callcenter.portal.tow_view import tow_view
from callcenter.routing import answers, repository
from callcenter.routing.errors import OfferNotFound
from callcenter.routing.merging import service as merging
from callcenter.routing.model import DeclineReason, Offer, OfferState
from callcenter.routing.towing import tows
from callcenter.stations import repository as stations
from callcenter.stations.push.key import PushKey
from callcenter.web.call import Call
from callcenter.web.errors import Forbidden
from callcenter.web.html import Html, Redirect
from callcenter.web.links import SignedLinks
from callcenter.web.pages import render
from callcenter.web.permission import Permission
from callcenter.web.routes import UPLOAD_LIMIT, Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])
LINK_LIVES_S = 24 * 3600
SHOWN_PAST = 30
SHOWN_NOW = 100
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
    """Everything that waits for this station or is under way, however much came after it."""
    station_id = call.actor.station_id
    if station_id is None:
        raise Forbidden(permission=ANSWER.value)
    station = await stations.get(call.tx, station_id)
    waiting = await _offers(call, station_id, only_open=True, limit=SHOWN_NOW)
    running = [*await _running(call, station_id), *await _in_yards(call, station_id)]
    now_on = {offer.id for offer in (*waiting, *running)}
    latest = await _offers(call, station_id, only_open=False, limit=SHOWN_PAST + len(now_on))
    past = [offer for offer in latest if offer.id not in now_on][:SHOWN_PAST]
    return render(
        call,
        "station.html",
        station=station,
        waiting=[await job_of(call, offer, station) for offer in waiting],
        running=[await job_of(call, offer, station) for offer in running],
        past=[await job_of(call, offer, station) for offer in past],
        push_key=call.part(PushKey).public if call.settings.push.services else "",
        is_demo=call.settings.demo,
        hotline=call.settings.hotline,
        now=await call.tx.now(),
    )


async def _offers(call: Call, station_id: UUID, *, only_open: bool, limit: int) -> list[Offer]:
    sql = repository.SQL
    ask = sql.open_offers_at_station if only_open else sql.offers_at_station
    rows = await ask(
        call.tx.connection, station_id=station_id, before_at=None, before_id=None, limit=limit
    )
    return [repository.offer_of(row) for row in rows]


async def _running(call: Call, station_id: UUID) -> list[Offer]:
    """The offers out of which came what this station holds now."""
    rows = await repository.SQL.dispatches_at_station(
        call.tx.connection,
        station_id=station_id,
        live=True,
        before_at=None,
        before_id=None,
        limit=SHOWN_NOW,
    )
    return [await repository.get_offer(call.tx, row["offer_id"]) for row in rows]


async def _in_yards(call: Call, station_id: UUID) -> list[Offer]:
    """The offers out of which came a car that this station has promised for the morning."""
    rows = await tows.SQL.in_yards_of_station(call.tx.connection, station_id=station_id)
    return [await repository.get_offer(call.tx, row["offer_id"]) for row in rows]


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
    done = await attempt(call, press(call, offer, form, actor))
    return await _offer_page(call, offer, done) if done else Redirect(back)


async def _offer_page(call: Call, offer: Offer, refused: Refused | None = None) -> Html:
    is_new = offer.seen_at is None and offer.state is OfferState.OFFERED
    if is_new and not _is_fetched_ahead(call):
        await _see(call, offer)
    station = await stations.get(call.tx, offer.station_id)
    job = await job_of(call, await repository.get_offer(call.tx, offer.id), station)
    return render(
        call,
        "offer.html",
        status=refused.status if refused else 200,
        asks_position=True,
        problem=refused.words if refused else None,
        job=job,
        end=_end(job),
        towed=await tow_view(call, job.tow, with_others=job.concerned),
        station=station,
        reasons=list(DeclineReason),
        now=await call.tx.now(),
        is_demo=call.settings.demo,
        hotline=call.settings.hotline,
    )


def _is_fetched_ahead(call: Call) -> bool:
    """A browser that loads what might be opened next: nobody looks at it yet."""
    said = (call.request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return any("prefetch" in one or "preview" in one for one in said)


async def _see(call: Call, offer: Offer) -> None:
    """Looking writes: a page is read in a read-only transaction, so this takes its own."""
    actor = call.actor.id if call.actor.kind == "staff" else f"link:offer:{offer.id}"
    await call.database.run(lambda tx: answers.see_offer(tx, actor, offer.id))


def _end(job: Job) -> str:
    """Why it is over, as a code of the page's words."""
    if job.dispatch is not None:
        was_merged = job.dispatch.end_reason == merging.REASON
        return merging.REASON if was_merged else job.dispatch.stage.value
    withdrawn = job.offer.state is OfferState.WITHDRAWN
    return (withdrawn and job.offer.end_reason) or job.offer.state.value


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
    held = await repository.SQL.dispatches_of(call.tx.connection, ticket_id=offer.ticket_id)
    dispatch = next((row for row in held if row["offer_id"] == offer.id), None)
    ended = dispatch["ended_at"] if dispatch else offer.ended_at
    if ended and (await call.tx.now() - ended).total_seconds() > LINK_LIVES_S:
        raise OfferNotFound
    return offer
