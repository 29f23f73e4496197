"""The cars a workshop expects, on a phone: came, with its odometer; or missed."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from callcenter.clock import CHINA
from callcenter.customers import service as customers
from callcenter.customers.model import Vehicle
from callcenter.customers.visits import service as visits
from callcenter.customers.visits.model import VisitKind, VisitSource
from callcenter.customers.visits.service import Told
from callcenter.portal.attempt import Refused, attempt
from callcenter.portal.fields import EmptyIsNone
from callcenter.stations import repository as stations
from callcenter.stations.bookings import repository, service
from callcenter.stations.bookings.errors import BookingNotFound
from callcenter.stations.bookings.model import Booking, midnight_of
from callcenter.web.call import Call
from callcenter.web.errors import Forbidden
from callcenter.web.html import Html, Redirect
from callcenter.web.pages import render
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])
OWN = Permission.STATION_OWN
PAGE = "/station/bookings"
_Km = Annotated[int, Field(ge=0, le=5_000_000)]


class LanguageQuery(QueryModel):
    """Only the language."""

    lang: str = ""


class BookingPath(QueryModel):
    """The booking in the address."""

    booking_id: UUID


class BookingForm(QueryModel):
    """One button; `kind`: what was done, which may differ from what was wanted."""

    action: Literal["came", "missed"]
    kind: VisitKind = VisitKind.MAINTENANCE
    odometer_km: Annotated[_Km | None, EmptyIsNone] = None
    work_order: Annotated[str, Field(max_length=60)] = ""


@dataclass(frozen=True)
class _Expected:
    """A booking with its car."""

    booking: Booking
    car: Vehicle | None


@routes.get(PAGE, permission=OWN)
async def bookings_page(call: Call, query: LanguageQuery) -> Html:
    """Today, tomorrow, and what of the days before nobody has closed."""
    return await _page(call)


@routes.post(f"{PAGE}/{{booking_id}}", permission=OWN)
async def close_booking(call: Call, path: BookingPath, form: BookingForm) -> Html | Redirect:
    """Came or missed."""
    booking = await repository.get(call.tx, path.booking_id)
    if booking.station_id != call.actor.station_id:
        raise BookingNotFound
    refused = await attempt(call, _close(call, booking, form))
    return await _page(call, refused) if isinstance(refused, Refused) else Redirect(PAGE)


async def _close(call: Call, booking: Booking, form: BookingForm) -> None:
    if form.action == "missed":
        await service.missed(call.tx, call.actor.id, booking.id)
        return
    closed = await service.came(call.tx, call.actor.id, booking.id)
    await _tell_visit(call, closed, form)


async def _tell_visit(call: Call, booking: Booking, form: BookingForm) -> None:
    """The visit is the owner's room's; it is told with the booking, or neither is."""
    today = (await call.tx.now()).astimezone(CHINA).date()
    told = Told(
        vehicle_id=booking.vehicle_id,
        visited_on=min(today, booking.starts_at.astimezone(CHINA).date()),
        kind=form.kind,
        source=VisitSource.STATION,
        odometer_km=form.odometer_km,
        station_id=booking.station_id,
        work_order=form.work_order.strip(),
    )
    await visits.record_visit(call.tx, call.actor.id, told)


async def _page(call: Call, refused: Refused | None = None) -> Html:
    station_id = call.actor.station_id
    if station_id is None:
        raise Forbidden(permission=OWN.value)
    now = await call.tx.now()
    today = now.astimezone(CHINA).date()
    days = [today, today + timedelta(days=1)]
    by_day = {day: await repository.of_days(call.tx, station_id, day, day) for day in days}
    return render(
        call,
        "station_bookings.html",
        status=refused.status if refused else 200,
        problem=refused.words if refused else None,
        station=await stations.get(call.tx, station_id),
        late=[
            await _with_car(call, one)
            for one in await repository.left_open(call.tx, station_id, midnight_of(today))
        ],
        days=[
            (name, [await _with_car(call, one) for one in by_day[day]])
            for name, day in zip(("today", "tomorrow"), days, strict=True)
        ],
        kinds=list(VisitKind),
        now=now,
    )


async def _with_car(call: Call, booking: Booking) -> _Expected:
    return _Expected(booking, await customers.get_vehicle(call.tx, booking.vehicle_id))
