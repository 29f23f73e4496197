"""The location link's page: asks for the position, says why, and has a way without it."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from callcenter.places.intake import Intake
from callcenter.places.model import Datum, Source
from callcenter.portal.attempt import Refused, attempt
from callcenter.portal.fields import AgeMs, Latitude, Longitude, Metres
from callcenter.tickets import location, location_link
from callcenter.tickets import repository as tickets
from callcenter.tickets.errors import PlaceRefused
from callcenter.tickets.location import NamedPlace
from callcenter.tickets.model import Ticket
from callcenter.tickets.said_place import named_by_words
from callcenter.tickets.words import safety_words
from callcenter.web import files
from callcenter.web.call import Call
from callcenter.web.forms import Upload
from callcenter.web.html import Html
from callcenter.web.links import SignedLinks
from callcenter.web.pages import render
from callcenter.web.permission import Permission
from callcenter.web.routes import UPLOAD_LIMIT, Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])


class TokenPath(QueryModel):
    """The location link's token."""

    token: str


class LanguageQuery(QueryModel):
    """Only the language."""

    lang: str = ""


class LocationForm(QueryModel):
    """A fix of the browser, or words, or a photo."""

    lat: Latitude = None
    lon: Longitude = None
    accuracy_m: Metres = None
    age_ms: AgeMs = None
    words: Annotated[str, Field(max_length=1000)] = ""
    photo: Upload | None = None


@routes.get("/l/{token}", permission=Permission.PUBLIC)
async def location_page(call: Call, path: TokenPath, query: LanguageQuery) -> Html:
    """Looking at the page uses nothing up: previews of chat apps look, too."""
    return _page(call, await _ticket(call, path.token))


@routes.post("/l/{token}", permission=Permission.PUBLIC, body_limit=UPLOAD_LIMIT)
async def submit(call: Call, path: TokenPath, form: LocationForm) -> Html:
    """One answer: a fix, words or a photo."""
    ticket = await _ticket(call, path.token)
    said = await attempt(call, _take(call, path.token, form))
    if isinstance(said, Refused):
        return _page(call, ticket, said)
    return render(
        call,
        "location_thanks.html",
        said=said,
        safety=_safety(call, ticket),
        owner_url=f"/o/{call.part(SignedLinks).make('owner', ticket.id)}",
        hotline=call.settings.hotline,
    )


async def _ticket(call: Call, token: str) -> Ticket:
    return await tickets.get(call.tx, await location_link.look_at_link(call.tx, token))


async def _take(call: Call, token: str, form: LocationForm) -> str:
    """What became of the answer: confirmed, asked about, or read by the desk."""
    settings = call.settings.places
    if form.lat is not None and form.lon is not None:
        named = await _fix(call, form, form.lat, form.lon)
        consent = location_link.CONSENT_VERSION
        place = await location_link.answer_with_fix(call.tx, token, named, consent, settings)
        return "confirmed" if place.state == "confirmed" and not place.uncertain else "asked"
    if form.photo is not None:
        photo = await files.store(call.tx, form.photo.data, uploaded_by="link")
        await location_link.answer_with_photo(call.tx, token, photo.id, settings)
        return "read"
    if form.words.strip():
        shared = await _shared(call, form.words)
        await location_link.answer_with_words(call.tx, token, form.words, shared, settings)
        return "read"
    raise PlaceRefused(
        why_zh="请先填写或选择照片。", why_en="Write something or choose a photo first."
    )


async def _fix(call: Call, form: LocationForm, lat: float, lon: float) -> NamedPlace:
    """The phone tells how old the fix is; what hour it believes it to be does not matter."""
    age = None if form.age_ms is None else timedelta(milliseconds=form.age_ms)
    return location.named_place(
        call.part(Intake),
        Source.LINK_FIX,
        lat=lat,
        lon=lon,
        datum=Datum.WGS84,
        accuracy_m=form.accuracy_m,
        fixed_at=None if age is None else await call.tx.now() - age,
    )


async def _shared(call: Call, words: str) -> NamedPlace | None:
    """The place that words or pasted text tell; what cannot be one stays words for the desk."""
    try:
        return await named_by_words(call.tx, words, call.part(Intake))
    except PlaceRefused:
        return None


def _page(call: Call, ticket: Ticket, refused: Refused | None = None) -> Html:
    return render(
        call,
        "location.html",
        status=refused.status if refused else 200,
        asks_position=True,
        problem=refused.words if refused else None,
        safety=_safety(call, ticket),
        hotline=call.settings.hotline,
    )


def _safety(call: Call, ticket: Ticket) -> str:
    return safety_words(call.language, danger=ticket.danger, expressway=ticket.expressway)
