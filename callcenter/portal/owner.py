"""The owner's page, by its signed link: what to do now, who comes, where the truck was last."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from callcenter.places.intake import Intake
from callcenter.places.model import Source
from callcenter.places.share_text import read_share_text
from callcenter.portal.attempt import Refused, attempt
from callcenter.portal.fields import Check
from callcenter.portal.tow_view import latest_tow, tow_view
from callcenter.routing import by_hand, reading, repository
from callcenter.routing.towing.tows import travels_of
from callcenter.stations import repository as stations
from callcenter.tickets import location, service
from callcenter.tickets import repository as tickets
from callcenter.tickets.errors import HandledTogether, LinkGone, PlaceRefused, TicketEnded
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


Said = Literal["", "confirmed", "asked", "read", "unsure"]
"""What became of the last form: a place that counts, one that the desk asks about, words that the
desk reads; or a cancellation without the tick."""


class OwnerQuery(QueryModel):
    """What the page says about the last form."""

    said: Said = ""
    lang: str = ""


class OwnerForm(QueryModel):
    """Cancel, or correct the place."""

    action: Literal["cancel", "correct"]
    place: Annotated[str, Field(max_length=1000)] = ""
    sure: Check = ""


@routes.get("/o/{token}", permission=Permission.PUBLIC)
async def owner_page(call: Call, path: TokenPath, query: OwnerQuery) -> Html:
    """How it stands."""
    return await _page(call, *await _tickets(call, path.token), query.said)


@routes.post("/o/{token}", permission=Permission.PUBLIC)
async def act(call: Call, path: TokenPath, form: OwnerForm) -> Html | Redirect:
    """Cancel, or correct the place."""
    own, ticket = await _tickets(call, path.token)
    verb = _cancel if form.action == "cancel" else _correct
    said = await attempt(call, verb(call, own, ticket, form))
    if isinstance(said, Refused):
        return await _page(call, own, ticket, "", said)
    return Redirect(f"/o/{path.token}?said={said}" if said else f"/o/{path.token}")


async def _cancel(call: Call, own: Ticket, ticket: Ticket, form: OwnerForm) -> Said:
    """One of several callers does not send away the help of the others: he rings."""
    if own.id != ticket.id:
        raise HandledTogether(number=own.number, other=ticket.number)
    if form.sure != "on":
        return "unsure"
    await by_hand.cancel_rescue(call.tx, _actor(ticket), ticket.id, "owner")
    return ""


async def _correct(call: Call, own: Ticket, ticket: Ticket, form: OwnerForm) -> Said:
    """A correction is proposed; without a doubt it counts at once, else the desk asks, as it does
    when the rescue goes on for several callers. Words are kept, for the desk to read."""
    read = read_share_text(form.place)
    if read is None:
        return await _keep_words(call, own, ticket, form.place.strip())
    named = location.named_place(
        call.part(Intake),
        Source.SHARE_TEXT,
        lat=read.lat,
        lon=read.lon,
        datum=read.datum,
        accuracy_m=read.accuracy_m,
        words=read.words,
    )
    actor = _actor(own)
    place = await location.propose_place(call.tx, actor, ticket.id, named, call.settings.places)
    if place.doubts or own.id != ticket.id:
        await location.ask_desk_to_read(call.tx, ticket.id, f"place:{place.id}")
        return "asked"
    if place.state == "proposed":
        await location.confirm_place(call.tx, actor, ticket.id, place.id, None)
    return "confirmed"


async def _keep_words(call: Call, own: Ticket, ticket: Ticket, words: str) -> Said:
    if not words:
        raise PlaceRefused(why_zh="请先填写。", why_en="Write something first.")
    if (await tickets.lock(call.tx, ticket.id)).stage in ENDED:
        raise TicketEnded(number=ticket.number)
    note = await service.write_note(call.tx, _actor(own), ticket.id, words)
    await location.ask_desk_to_read(call.tx, ticket.id, f"words:{note['id']}")
    return "read"


def _actor(ticket: Ticket) -> str:
    return f"link:owner:{ticket.id}"


async def _page(
    call: Call, own: Ticket, ticket: Ticket, said: Said, refused: Refused | None = None
) -> Html:
    ticket = await tickets.get(call.tx, ticket.id)
    dispatch = await repository.live_dispatch(call.tx, ticket.id)
    station = await stations.get(call.tx, dispatch.station_id) if dispatch else None
    place = (
        await tickets.get_place(call.tx, ticket.id, ticket.place_id) if ticket.place_id else None
    )
    return render(
        call,
        "owner.html",
        status=refused.status if refused else 200,
        problem=refused.words if refused else None,
        said=said,
        own=own,
        ticket=ticket,
        safety=safety_words(call.language, danger=ticket.danger, expressway=ticket.expressway),
        dispatch=dispatch,
        station=station,
        duty_phone=await stations.duty_phone(call.tx, station.id) if station else None,
        truck=await reading.last_seen(call.tx, dispatch.id) if dispatch else None,
        place=place,
        near=call.part(Intake).near(place.lat, place.lon) if place else None,
        towed=await tow_view(call, await latest_tow(call, ticket.id)),
        travels=await travels_of(call.tx, ticket.id),
        steps=STEPS,
        at=STEPS.index(ticket.stage.value) if ticket.stage.value in STEPS else -1,
        ended=ticket.stage in ENDED,
        hotline=call.settings.hotline,
        now=await call.tx.now(),
    )


async def _tickets(call: Call, token: str) -> tuple[Ticket, Ticket]:
    """The ticket of a signed link, and the one that goes on for it (itself, when it was not
    merged); the link ends a week after that."""
    ticket_id: UUID | None = call.part(SignedLinks).read("owner", token)
    if ticket_id is None:
        raise LinkGone
    own = await tickets.get(call.tx, ticket_id)
    ticket = await tickets.lives_on_in(call.tx, own)
    if ticket.closed_at and (await call.tx.now() - ticket.closed_at).total_seconds() > LINK_LIVES_S:
        raise LinkGone
    return own, ticket
