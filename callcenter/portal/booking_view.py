"""What an owner sees behind his booking link: workshops, free times, what is booked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from callcenter.clock import CHINA
from callcenter.customers import service as customers
from callcenter.customers.model import Owner, Vehicle
from callcenter.customers.visits.service import visits_of
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.plan_links import BOOKING
from callcenter.outbound.touches.claim import SQL
from callcenter.portal.attempt import Refused
from callcenter.stations import repository as stations
from callcenter.stations.bookings import near
from callcenter.stations.bookings import repository as bookings
from callcenter.stations.bookings.errors import BookingLinkGone
from callcenter.stations.bookings.model import Booking, BookingState, FreeTime, Wanted
from callcenter.stations.bookings.near import Workshop
from callcenter.stations.model import Station
from callcenter.web.call import Call
from callcenter.web.html import Html
from callcenter.web.links import SignedLinks
from callcenter.web.pages import render

WANTED = {"first_service": Wanted.FIRST_SERVICE, "recall": Wanted.RECALL}
"""Kind of the campaign -> what the car is brought for; else maintenance."""
DAYS_SHOWN = 4
LOOKED_AHEAD_DAYS = 14
SHOWN = 8
"""Workshops: more are no choice on a phone; the hotline knows them all."""


@dataclass(frozen=True)
class Invited:
    """Whose link it is: his touch, he himself, the car it is about, what is booked for it."""

    touch_id: UUID
    owner: Owner
    car: Vehicle
    wanted: Wanted
    booked: Booking | None


@dataclass(frozen=True)
class Chosen:
    """What he has pressed: a workshop, that he wants another time, that he has cancelled."""

    station_id: UUID | None
    changes: bool = False
    cancelled: bool = False


async def invited_by(call: Call, token: str) -> Invited:
    """Raises BookingLinkGone."""
    touch_id = call.part(SignedLinks).read(BOOKING, token)
    row = await SQL.touch_invites(call.tx.connection, id=touch_id) if touch_id else None
    if row is None or row["vehicle_id"] is None:
        raise BookingLinkGone
    car = await customers.get_vehicle(call.tx, row["vehicle_id"])
    if car is None:
        raise BookingLinkGone
    owner = await customers.get_owner(call.tx, row["owner_id"])
    wanted = WANTED.get(row["kind"], Wanted.MAINTENANCE)
    booked = await _booked(call.tx, car, owner, wanted)
    return Invited(row["id"], owner, car, wanted, booked)


async def booking_view(
    call: Call,
    invited: Invited,
    chosen: Chosen,
    here: tuple[float, float] | None = None,
    problem: Refused | None = None,
) -> Html:
    """The page. `here`: where he is (WGS-84), if he has let his phone say so."""
    booked = invited.booked
    chooses = booked is None or chosen.changes
    station_id = chosen.station_id if chooses or booked is None else booked.station_id
    station = await stations.get(call.tx, station_id) if station_id else None
    return render(
        call,
        "booking.html",
        status=problem.status if problem else 200,
        asks_position=True,
        problem=problem.words if problem else None,
        car=" ".join(filter(None, (invited.car.model, invited.car.plate))),
        booked=booked,
        at=booked.starts_at.astimezone(CHINA) if booked else None,
        chooses=chooses,
        cancelled=chosen.cancelled and booked is None,
        station=station,
        near=[] if station else await _near(call.tx, invited, here),
        located=here is not None,
        days=await _days(call.tx, station, booked) if station and chooses else [],
        in_china=lambda at: at.astimezone(CHINA),
        hotline=call.settings.hotline,
    )


async def _booked(tx: Tx, car: Vehicle, owner: Owner, wanted: Wanted) -> Booking | None:
    """What stands for the car, the same thing first. Another owner's is nothing for this link."""
    open_ = [
        one
        for one in await bookings.of_vehicle(tx, car.id)
        if one.state is BookingState.BOOKED and one.owner_id in (None, owner.id)
    ]
    return min(open_, key=lambda one: one.wanted is not wanted, default=None)


async def _near(tx: Tx, invited: Invited, here: tuple[float, float] | None) -> list[Workshop]:
    """The nearest to where he is; else where the car was last, then those of his city and
    province."""
    now = await tx.now()
    if here is not None:
        return await near.nearest(tx, *here, SHOWN, now)
    visits = await visits_of(tx, invited.car.id)
    last = next((one.station_id for one in visits if one.station_id), None)
    return await near.of_city(tx, invited.owner.province, invited.owner.city, SHOWN, now, last)


async def _days(
    tx: Tx, station: Station, booked: Booking | None
) -> list[tuple[datetime, list[FreeTime]]]:
    """The next days that have a free time; his own place is free for him."""
    today = (await tx.now()).astimezone(CHINA).date()
    but = booked.id if booked else None
    days = []
    for ahead in range(LOOKED_AHEAD_DAYS):
        free = await bookings.free_on(tx, station, today + timedelta(days=ahead), but)
        if free:
            days.append((free[0].starts_at.astimezone(CHINA), free))
        if len(days) == DAYS_SHOWN:
            break
    return days
