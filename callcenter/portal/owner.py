"""The owner's page, by its signed link: what to do now, who comes, where the truck was last."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from callcenter.places.intake import Intake
from callcenter.places.model import Datum, Source
from callcenter.places.share_text import read_share_text
from callcenter.portal.attempt import attempt
from callcenter.routing import by_hand, reading, repository
from callcenter.stations import repository as stations
from callcenter.tickets import location
from callcenter.tickets import repository as tickets
from callcenter.tickets.errors import LinkGone, PlaceRefused
from callcenter.tickets.model import ENDED, Ticket
from callcenter.tickets.words import safety_words
from callcenter.web.call import Call
from callcenter.web.html import Html, Redirect
from callcenter.web.links import SignedLinks
from callcenter.web.pages import render
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])
LINK_LIVES_S = 7 * 24 * 3600
STEPS = ("opened", "dispatching", "assigned", "en_route", "on_site", "resolved")


class TokenPath(QueryModel):
    """The signed link."""

    token: str


class LanguageQuery(QueryModel):
    """Only the language."""

    lang: str = ""


class OwnerForm(QueryModel):
    """Cancel, or correct the place."""

    action: Literal["cancel", "correct"]
    place: Annotated[str, Field(max_length=1000)] = ""
    sure: Literal["", "on"] = ""


@routes.get("/o/{token}", permission=Permission.PUBLIC)
async def owner_page(call: Call, path: TokenPath, query: LanguageQuery) -> Html:
    """How it stands."""
    return await _page(call, await _ticket(call, path.token))


@routes.post("/o/{token}", permission=Permission.PUBLIC)
async def act(call: Call, path: TokenPath, form: OwnerForm) -> Html | Redirect:
    """Cancel, or correct the place."""
    ticket = await _ticket(call, path.token)
    verb = _cancel(call, ticket, form) if form.action == "cancel" else _correct(call, ticket, form)
    if problem := await attempt(call, verb):
        return await _page(call, ticket, problem)
    return Redirect(f"/o/{path.token}")


async def _cancel(call: Call, ticket: Ticket, form: OwnerForm) -> None:
    if form.sure == "on":
        await by_hand.cancel_rescue(call.tx, f"link:owner:{ticket.id}", ticket.id, "owner")


async def _correct(call: Call, ticket: Ticket, form: OwnerForm) -> None:
    """A correction is proposed; without a doubt it counts at once, else the desk asks."""
    read = read_share_text(form.place)
    if read is None:
        raise PlaceRefused(
            why_zh="看不出坐标。请粘贴地图分享的链接,或致电热线。",
            why_en="No coordinates found. Paste a link shared by a map app, or call the hotline.",
        )
    actor = f"link:owner:{ticket.id}"
    named = location.named_place(
        call.part(Intake),
        Source.SHARE_TEXT,
        lat=read.lat,
        lon=read.lon,
        datum=read.datum or Datum.WGS84,
        words=read.words,
    )
    place = await location.propose_place(call.tx, actor, ticket.id, named, call.settings.places)
    if place.state == "proposed" and not place.doubts:
        await location.confirm_place(call.tx, actor, ticket.id, place.id, None)


async def _page(call: Call, ticket: Ticket, problem: str | None = None) -> Html:
    ticket = await tickets.get(call.tx, ticket.id)
    dispatch = await repository.live_dispatch(call.tx, ticket.id)
    station = await stations.get(call.tx, dispatch.station_id) if dispatch else None
    place = (
        await tickets.get_place(call.tx, ticket.id, ticket.place_id) if ticket.place_id else None
    )
    return render(
        call,
        "owner.html",
        status=409 if problem else 200,
        problem=problem,
        ticket=ticket,
        safety=safety_words(call.language, danger=ticket.danger, expressway=ticket.expressway),
        dispatch=dispatch,
        station=station,
        duty_phone=await stations.duty_phone(call.tx, station.id) if station else None,
        truck=await reading.last_seen(call.tx, dispatch.id) if dispatch else None,
        place=place,
        near=call.part(Intake).near(place.lat, place.lon) if place else None,
        steps=STEPS,
        at=STEPS.index(ticket.stage.value) if ticket.stage.value in STEPS else -1,
        ended=ticket.stage in ENDED,
        hotline=call.settings.hotline,
        now=await call.tx.now(),
    )


async def _ticket(call: Call, token: str) -> Ticket:
    """The ticket of a signed link; the link ends a week after the ticket."""
    ticket_id: UUID | None = call.part(SignedLinks).read("owner", token)
    if ticket_id is None:
        raise LinkGone
    ticket = await tickets.get(call.tx, ticket_id)
    if ticket.closed_at and (await call.tx.now() - ticket.closed_at).total_seconds() > LINK_LIVES_S:
        raise LinkGone
    return ticket
