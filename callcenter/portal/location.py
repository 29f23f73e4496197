"""The location link's page: asks for the position, says why, and has a way without it."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import Field

from callcenter.places.intake import Intake
from callcenter.places.model import Datum, Source
from callcenter.places.share_text import read_share_text
from callcenter.portal.attempt import attempt
from callcenter.tickets import location, location_link
from callcenter.tickets.errors import PlaceRefused
from callcenter.tickets.location import NamedPlace
from callcenter.web import files
from callcenter.web.call import Call
from callcenter.web.forms import Upload
from callcenter.web.html import Html
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

    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None
    accuracy_m: Annotated[float, Field(ge=0, le=100000, allow_inf_nan=False)] | None = None
    fixed_ms: Annotated[float, Field(ge=0, le=1e14)] | None = None
    words: Annotated[str, Field(max_length=1000)] = ""
    photo: Upload | None = None


@routes.get("/l/{token}", permission=Permission.PUBLIC)
async def location_page(call: Call, path: TokenPath, query: LanguageQuery) -> Html:
    """Looking at the page uses nothing up: previews of chat apps look, too."""
    await location_link.look_at_link(call.tx, path.token)
    return _page(call, path.token)


@routes.post("/l/{token}", permission=Permission.PUBLIC, body_limit=UPLOAD_LIMIT)
async def submit(call: Call, path: TokenPath, form: LocationForm) -> Html:
    """One answer: a fix, words or a photo."""
    said: list[str] = []
    if problem := await attempt(call, _take(call, path.token, form, said)):
        return _page(call, path.token, problem)
    return render(call, "location_thanks.html", said=said[0])


async def _take(call: Call, token: str, form: LocationForm, said: list[str]) -> None:
    settings = call.settings.places
    if form.lat is not None and form.lon is not None:
        named = _fix(call, form, form.lat, form.lon)
        consent = location_link.CONSENT_VERSION
        place = await location_link.answer_with_fix(call.tx, token, named, consent, settings)
        said.append("confirmed" if place.state == "confirmed" else "asked")
    elif form.photo is not None:
        photo = await files.store(call.tx, form.photo.data, uploaded_by="link")
        await location_link.answer_with_photo(call.tx, token, photo.id, settings)
        said.append("read")
    elif form.words.strip():
        shared = _shared(call, form.words)
        await location_link.answer_with_words(call.tx, token, form.words, shared, settings)
        said.append("read")
    else:
        raise PlaceRefused(
            why_zh="请先填写或选择照片。", why_en="Write something or choose a photo first."
        )


def _fix(call: Call, form: LocationForm, lat: float, lon: float) -> NamedPlace:
    fixed_at = datetime.fromtimestamp(form.fixed_ms / 1000, UTC) if form.fixed_ms else None
    return location.named_place(
        call.part(Intake),
        Source.LINK_FIX,
        lat=lat,
        lon=lon,
        datum=Datum.WGS84,
        accuracy_m=form.accuracy_m,
        fixed_at=fixed_at or datetime.fromtimestamp(0, UTC),
    )


def _shared(call: Call, words: str) -> NamedPlace | None:
    """Coordinates in pasted text; what cannot be a place stays words for the desk."""
    read = read_share_text(words)
    if read is None:
        return None
    try:
        return location.named_place(
            call.part(Intake),
            Source.SHARE_TEXT,
            lat=read.lat,
            lon=read.lon,
            datum=read.datum or Datum.WGS84,
            words=read.words,
        )
    except PlaceRefused:
        return None


def _page(call: Call, token: str, problem: str | None = None) -> Html:
    return render(
        call,
        "location.html",
        status=422 if problem else 200,
        asks_position=True,
        problem=problem,
        hotline=call.settings.hotline,
    )
