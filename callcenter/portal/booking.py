"""An owner books a service by the link in a campaign's text, changes it or cancels it: a workshop,
then a time. Without scripts his city's workshops come first, with them those nearest to him."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator

from callcenter.db.transaction import Tx
from callcenter.portal.attempt import Refused, attempt
from callcenter.portal.booking_view import Chosen, Invited, booking_view, invited_by
from callcenter.portal.fields import AgeMs, Latitude, Longitude, Metres
from callcenter.stations.bookings import service
from callcenter.stations.bookings.errors import BookingOver
from callcenter.stations.bookings.model import BookingSource, BookingState
from callcenter.web.call import Call
from callcenter.web.html import Html, Redirect
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])
PAGE = "/b/{token}"


class BookingTokenPath(QueryModel):
    """The signed link."""

    token: str


class BookingQuery(QueryModel):
    """The workshop that was chosen; whether what is booked is to be changed, or was just
    cancelled."""

    station: UUID | None = None
    change: bool = False
    cancelled: bool = False
    lang: str = ""


class BookingForm(QueryModel):
    """A time at a workshop, for a new booking or instead of `booking`; that `booking` is
    cancelled; or where he is."""

    action: Literal["book", "change", "cancel", "near"] = "book"
    booking: UUID | None = None
    station: UUID | None = None
    starts_at: Annotated[AwareDatetime | None, Field(description="RFC 3339")] = None
    lat: Latitude = None
    lon: Longitude = None
    accuracy_m: Metres = None
    age_ms: AgeMs = None

    @model_validator(mode="after")
    def _says_enough(self) -> Self:
        needed = {
            "book": (self.station, self.starts_at),
            "change": (self.booking, self.station, self.starts_at),
            "cancel": (self.booking,),
            "near": (self.lat, self.lon),
        }
        if None in needed[self.action]:
            raise ValueError(f"{self.action} needs more")
        return self


@routes.get(PAGE, permission=Permission.PUBLIC)
async def booking_page(call: Call, path: BookingTokenPath, query: BookingQuery) -> Html:
    """Workshops near him; of the one he has chosen its free times; what he has booked."""
    chosen = Chosen(query.station, query.change, query.cancelled)
    return await booking_view(call, await invited_by(call, path.token), chosen)


@routes.post(PAGE, permission=Permission.PUBLIC)
async def book_on_page(call: Call, path: BookingTokenPath, form: BookingForm) -> Html | Redirect:
    """Booked, changed or cancelled; of a time that is taken meanwhile the page says so, with
    others. Where he is is kept nowhere."""
    invited = await invited_by(call, path.token)
    if form.action == "near":
        assert form.lat is not None
        assert form.lon is not None
        changing = form.booking is not None
        return await booking_view(call, invited, Chosen(None, changing), (form.lat, form.lon))
    made = await attempt(call, _act(call.tx, invited, form))
    if isinstance(made, Refused):
        chosen = Chosen(form.station, form.action == "change")
        return await booking_view(call, invited, chosen, problem=made)
    return Redirect(f"/b/{path.token}{'?cancelled=1' if form.action == 'cancel' else ''}")


async def _act(tx: Tx, invited: Invited, form: BookingForm) -> None:
    """Pressed twice, it is one booking, and the same one that he has looked at."""
    actor = f"link:booking:{invited.touch_id}"
    booked = invited.booked
    if form.action == "book":
        if booked is None:
            await _book(tx, actor, invited, form)
        return
    if booked is None or booked.id != form.booking:
        raise BookingOver(state=BookingState.CANCELLED.value)
    if form.action == "cancel":
        await service.cancel(tx, actor, booked.id)
    else:
        assert form.starts_at is not None
        await service.move(tx, actor, booked.id, starts_at=form.starts_at, station_id=form.station)


async def _book(tx: Tx, actor: str, invited: Invited, form: BookingForm) -> None:
    assert form.station is not None
    assert form.starts_at is not None
    await service.book(
        tx,
        actor,
        station_id=form.station,
        vehicle_id=invited.car.id,
        starts_at=form.starts_at,
        wanted=invited.wanted,
        source=BookingSource.CAMPAIGN,
        owner_id=invited.owner.id,
        touch_id=invited.touch_id,
    )
