"""An owner books a service by the link in a campaign's text: a workshop, then a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from callcenter.clock import CHINA
from callcenter.customers import service as customers
from callcenter.customers.model import Owner, Vehicle
from callcenter.customers.visits.service import visits_of
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.plan_links import BOOKING
from callcenter.outbound.touches.claim import SQL
from callcenter.portal.attempt import Refused, attempt
from callcenter.stations import repository as stations
from callcenter.stations.bookings import repository as bookings
from callcenter.stations.bookings import service
from callcenter.stations.bookings.errors import BookingLinkGone
from callcenter.stations.bookings.model import (
    Booking,
    BookingSource,
    BookingState,
    FreeTime,
    Wanted,
)
from callcenter.stations.model import Station
from callcenter.web.call import Call
from callcenter.web.html import Html, Redirect
from callcenter.web.links import SignedLinks
from callcenter.web.pages import render
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])
PAGE = "/b/{token}"
WANTED = {"first_service": Wanted.FIRST_SERVICE, "recall": Wanted.RECALL}
"""Kind of the campaign -> what the car is brought for; else maintenance."""
DAYS_SHOWN = 4
LOOKED_AHEAD_DAYS = 14
SHOWN = 8
"""Workshops: more are no choice on a phone; the hotline knows them all."""


class BookingTokenPath(QueryModel):
    """The signed link."""

    token: str


class BookingQuery(QueryModel):
    """The workshop that was chosen, and the language."""

    station: UUID | None = None
    lang: str = ""


class BookingTimeForm(QueryModel):
    """A time at a workshop."""

    station: UUID
    starts_at: Annotated[AwareDatetime, Field(description="RFC 3339")]


@dataclass(frozen=True)
class Invited:
    """Whose link it is: his touch, he himself, the car it is about, what is booked for it."""

    touch_id: UUID
    owner: Owner
    car: Vehicle
    wanted: Wanted
    booked: Booking | None


@routes.get(PAGE, permission=Permission.PUBLIC)
async def booking_page(call: Call, path: BookingTokenPath, query: BookingQuery) -> Html:
    """Workshops near him; of the one he has chosen its free times; what he has booked."""
    return await _page(call, await _invited(call, path.token), query.station)


@routes.post(PAGE, permission=Permission.PUBLIC)
async def book_on_page(
    call: Call, path: BookingTokenPath, form: BookingTimeForm
) -> Html | Redirect:
    """The car is expected; of a time that is taken meanwhile the page says so, with others."""
    invited = await _invited(call, path.token)
    made = await attempt(call, _book(call.tx, invited, form))
    if isinstance(made, Refused):
        return await _page(call, invited, form.station, made)
    return Redirect(f"/b/{path.token}")


async def _book(tx: Tx, invited: Invited, form: BookingTimeForm) -> None:
    """Pressed twice, it is one booking."""
    if invited.booked is not None:
        return
    await service.book(
        tx,
        f"link:booking:{invited.touch_id}",
        station_id=form.station,
        vehicle_id=invited.car.id,
        starts_at=form.starts_at,
        wanted=invited.wanted,
        source=BookingSource.CAMPAIGN,
        owner_id=invited.owner.id,
        touch_id=invited.touch_id,
    )


async def _invited(call: Call, token: str) -> Invited:
    touch_id = call.part(SignedLinks).read(BOOKING, token)
    row = await SQL.touch_invites(call.tx.connection, id=touch_id) if touch_id else None
    if row is None or row["vehicle_id"] is None:
        raise BookingLinkGone
    car = await customers.get_vehicle(call.tx, row["vehicle_id"])
    if car is None:
        raise BookingLinkGone
    found = await bookings.of_vehicle(call.tx, car.id)
    booked = next((one for one in found if one.state is BookingState.BOOKED), None)
    wanted = WANTED.get(row["kind"], Wanted.MAINTENANCE)
    owner = await customers.get_owner(call.tx, row["owner_id"])
    return Invited(row["id"], owner, car, wanted, booked)


async def _page(
    call: Call, invited: Invited, chosen: UUID | None, refused: Refused | None = None
) -> Html:
    booked = invited.booked
    station_id = booked.station_id if booked else chosen
    station = await stations.get(call.tx, station_id) if station_id else None
    return render(
        call,
        "booking.html",
        status=refused.status if refused else 200,
        problem=refused.words if refused else None,
        car=" ".join(filter(None, (invited.car.model, invited.car.plate))),
        booked=booked.starts_at.astimezone(CHINA) if booked else None,
        station=station,
        near=[] if station else await _near(call.tx, invited),
        days=await _days(call.tx, station) if station and not booked else [],
        in_china=lambda at: f"{at.astimezone(CHINA):%H:%M}",
        hotline=call.settings.hotline,
    )


async def _near(tx: Tx, invited: Invited) -> list[Station]:
    """Where the car was last, then those of his city and province."""
    visits = await visits_of(tx, invited.car.id)
    last = next((one.station_id for one in visits if one.station_id), None)
    here = {"kind": "dealer", "suspended": False, "province": invited.owner.province or None}
    found = [one for one in await stations.listed(tx, limit=200, **here) if one.id != last]
    found.sort(key=lambda one: one.city_zh != invited.owner.city)
    known = [await stations.get(tx, last)] if last else []
    return [*known, *found][:SHOWN]


async def _days(tx: Tx, station: Station) -> list[tuple[datetime, list[FreeTime]]]:
    """The next days that have a free time."""
    today = (await tx.now()).astimezone(CHINA).date()
    days = []
    for ahead in range(LOOKED_AHEAD_DAYS):
        free = await bookings.free_on(tx, station, today + timedelta(days=ahead))
        if free:
            days.append((free[0].starts_at.astimezone(CHINA), free))
        if len(days) == DAYS_SHOWN:
            break
    return days
