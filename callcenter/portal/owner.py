"""The owner's page, by its signed link: what to do now, who comes, where the truck was last."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from callcenter.places.intake import Intake
from callcenter.places.model import Source
from callcenter.places.share_text import read_share_text
from callcenter.portal.attempt import Refused, attempt
from callcenter.portal.fields import Check
from callcenter.portal.owner_view import Said, owner_view
from callcenter.routing import by_hand
from callcenter.tickets import location, owner_words, service
from callcenter.tickets import repository as tickets
from callcenter.tickets.errors import HandledTogether, LinkGone, PlaceRefused, TicketEnded
from callcenter.tickets.model import ENDED, Ticket
from callcenter.web.call import Call
from callcenter.web.html import Html, Redirect
from callcenter.web.links import SignedLinks
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])
LINK_LIVES_S = 7 * 24 * 3600


class TokenPath(QueryModel):
    """The signed link."""

    token: str


class OwnerQuery(QueryModel):
    """What the page says about the last form."""

    said: Said = ""
    lang: str = ""


class OwnerForm(QueryModel):
    """Cancel, correct the place, write to the desk, or rate what was done."""

    action: Literal["cancel", "correct", "message", "rate"]
    place: Annotated[str, Field(max_length=1000)] = ""
    sure: Check = ""
    words: Annotated[str, Field(max_length=1000)] = ""
    score: Annotated[int, Field(ge=1, le=5)] = 5


@routes.get("/o/{token}", permission=Permission.PUBLIC)
async def ownerowner_view(call: Call, path: TokenPath, query: OwnerQuery) -> Html:
    """How it stands."""
    return await owner_view(call, *await _tickets(call, path.token), query.said)


@routes.post("/o/{token}", permission=Permission.PUBLIC)
async def act(call: Call, path: TokenPath, form: OwnerForm) -> Html | Redirect:
    """Cancel, correct the place, write to the desk, or rate what was done."""
    own, ticket = await _tickets(call, path.token)
    said = await attempt(call, VERBS[form.action](call, own, ticket, form))
    if isinstance(said, Refused):
        return await owner_view(call, own, ticket, "", said)
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


async def _message(call: Call, own: Ticket, ticket: Ticket, form: OwnerForm) -> Said:
    await owner_words.write_to_desk(call.tx, _actor(own), ticket.id, form.words)
    return "heard"


async def _rate(call: Call, own: Ticket, ticket: Ticket, form: OwnerForm) -> Said:
    await owner_words.rate(call.tx, _actor(own), own, form.score, form.words)
    return "rated"


VERBS = {"cancel": _cancel, "correct": _correct, "message": _message, "rate": _rate}


def _actor(ticket: Ticket) -> str:
    return f"link:owner:{ticket.id}"


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
