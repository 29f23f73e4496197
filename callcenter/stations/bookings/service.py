"""The verbs of bookings. Whoever books takes the station's lock: an hour is never overbooked."""

from datetime import datetime
from uuid import UUID

from callcenter.clock import CHINA
from callcenter.db.conflicts import ForeignKeyViolation, UniqueViolation
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.stations import repository as stations
from callcenter.stations.bookings import repository
from callcenter.stations.bookings.errors import (
    BookedAlready,
    BookingCarUnknown,
    BookingHourFull,
    BookingNotFound,
    BookingNotYet,
    BookingOver,
    BookingTimeImpossible,
    WorkshopClosed,
    WorkshopSuspended,
)
from callcenter.stations.bookings.events import (
    BookingCancelled,
    BookingFact,
    BookingMade,
    BookingMissed,
    BookingMoved,
    CarCame,
)
from callcenter.stations.bookings.model import (
    BOOKED_AHEAD,
    HOUR,
    MOVES,
    Booking,
    BookingSource,
    BookingState,
    FreeTime,
    Wanted,
    can_have_come,
    hour_of,
    left_open_before,
    takes_cars,
)
from callcenter.stations.events import StationEdited
from callcenter.stations.model import AppliesTo

SQL = repository.SQL
AT_ONCE = 500
SYSTEM = "system"


async def book(
    tx: Tx,
    actor: str,
    *,
    station_id: UUID,
    vehicle_id: UUID,
    starts_at: datetime,
    wanted: Wanted,
    source: BookingSource = BookingSource.DESK,
    owner_id: UUID | None = None,
    note: str = "",
    touch_id: UUID | None = None,
) -> Booking:
    """The car is expected at this time.

    Raises StationNotFound, WorkshopSuspended, BookingTimeImpossible, WorkshopClosed,
    BookingHourFull, BookedAlready and BookingCarUnknown.
    """
    await _take_place(tx, station_id, starts_at)
    if await SQL.is_booked(tx.connection, vehicle_id=vehicle_id, wanted=wanted.value):
        raise BookedAlready
    try:
        row = await SQL.insert_booking(
            tx.connection,
            id=new_id(),
            station_id=station_id,
            vehicle_id=vehicle_id,
            owner_id=owner_id,
            starts_at=starts_at,
            wanted=wanted.value,
            note=note,
            source=source.value,
            touch_id=touch_id,
            booked_by=actor,
        )
    except UniqueViolation:
        raise BookedAlready from None
    except ForeignKeyViolation:
        raise BookingCarUnknown from None
    made = repository.booking_of(row)
    await _tell(tx, actor, made, BookingMade)
    return made


async def move(
    tx: Tx,
    actor: str,
    booking_id: UUID,
    *,
    starts_at: datetime,
    station_id: UUID | None = None,
    wanted: Wanted | None = None,
    note: str | None = None,
) -> Booking:
    """The car is expected at another time, at another station or for another thing; what is not
    given stays. Raises what `book` does, BookingNotFound and BookingOver."""
    to = station_id or (await repository.get(tx, booking_id)).station_id
    await _take_place(tx, to, starts_at, but=booking_id)
    was = await _locked(tx, booking_id)
    if was.state is not BookingState.BOOKED:
        raise BookingOver(state=was.state.value)
    try:
        row = await SQL.move_booking(
            tx.connection,
            id=booking_id,
            station_id=to,
            starts_at=starts_at,
            wanted=(wanted or was.wanted).value,
            note=was.note if note is None else note,
        )
    except UniqueViolation:
        raise BookedAlready from None
    moved = repository.booking_of(row)
    await _tell(tx, actor, moved, BookingMoved)
    if was.station_id != moved.station_id:
        # The station that expects it no longer hears of it, too.
        await _tell(tx, actor, was, BookingMoved)
    return moved


async def cancel(tx: Tx, actor: str, booking_id: UUID) -> Booking:
    """The car is not expected any more; a second time changes nothing. Raises BookingNotFound
    and BookingOver."""
    return await _close(tx, actor, booking_id, BookingState.CANCELLED)


async def came(tx: Tx, actor: str, booking_id: UUID) -> Booking:
    """The car was brought; from the morning of its day on, and for two weeks after it was told as
    missed. Raises BookingNotFound, BookingOver and BookingNotYet."""
    return await _close(tx, actor, booking_id, BookingState.CAME)


async def missed(tx: Tx, actor: str, booking_id: UUID) -> Booking:
    """The car was not brought. Raises BookingNotFound, BookingOver and BookingNotYet."""
    return await _close(tx, actor, booking_id, BookingState.MISSED)


async def close_left_open(tx: Tx) -> int:
    """Tell as missed what nobody has closed until the end of the day after; answers how many."""
    before = left_open_before(await tx.now())
    rows = await SQL.bookings_left_open(tx.connection, before=before, limit=AT_ONCE)
    for row in rows:
        await _close(tx, SYSTEM, row["id"], BookingState.MISSED)
    return len(rows)


async def set_capacity(tx: Tx, actor: str, station_id: UUID, per_hour: int) -> int:
    """How many cars the workshop takes in an hour; bookings that are there stay. Raises
    StationNotFound."""
    await stations.lock_station(tx, station_id)
    capacity: int = await SQL.set_capacity(tx.connection, id=station_id, capacity=per_hour)
    fact = StationEdited(station_id=station_id, fields=["bookings_per_hour"])
    await record(tx, fact, actor=actor, station_id=station_id)
    return capacity


async def _take_place(
    tx: Tx, station_id: UUID, starts_at: datetime, but: UUID | None = None
) -> None:
    facts = await stations.lock_station(tx, station_id)
    if facts.is_suspended:
        raise WorkshopSuspended
    now = await tx.now()
    if not now < starts_at <= now + BOOKED_AHEAD:
        raise BookingTimeImpossible
    station = await stations.get(tx, station_id)
    if not takes_cars(station.workshop_hours, starts_at, station.overrides_of(AppliesTo.WORKSHOP)):
        raise WorkshopClosed(free=_said(await repository.next_free(tx, station, starts_at)))
    hour = hour_of(starts_at)
    taken = await repository.taken_in_hours(tx, station_id, hour, hour + HOUR, but)
    if taken[hour] >= await SQL.capacity_of(tx.connection, id=station_id):
        raise BookingHourFull(free=_said(await repository.next_free(tx, station, starts_at)))


async def _locked(tx: Tx, booking_id: UUID) -> Booking:
    """Behind the station's lock, where that is taken, too."""
    row = await SQL.lock_booking(tx.connection, id=booking_id)
    if row is None:
        raise BookingNotFound
    return repository.booking_of(row)


async def _close(tx: Tx, actor: str, booking_id: UUID, state: BookingState) -> Booking:
    booking = await _locked(tx, booking_id)
    if booking.state is state:
        return booking
    if state not in MOVES[booking.state]:
        raise BookingOver(state=booking.state.value)
    now = await tx.now()
    if state is BookingState.MISSED and now < booking.starts_at:
        raise BookingNotYet
    if state is BookingState.CAME and not can_have_come(booking, now):
        raise (
            BookingNotYet
            if booking.state is BookingState.BOOKED
            else BookingOver(state=booking.state.value)
        )
    was = [one.value for one, to in MOVES.items() if state in to]
    closed = await SQL.close_booking(tx.connection, id=booking_id, state=state.value, was=was)
    told = repository.booking_of(closed)
    await _tell(tx, actor, told, FACTS[state])
    return told


async def _tell(tx: Tx, actor: str, booking: Booking, fact: type[BookingFact]) -> None:
    await record(
        tx,
        fact(station_id=booking.station_id, booking_id=booking.id, vehicle_id=booking.vehicle_id),
        actor=actor,
        station_id=booking.station_id,
    )


def _said(free: list[FreeTime]) -> str:
    times = [f"{one.starts_at.astimezone(CHINA):%m-%d %H:%M}" for one in free]
    return ", ".join(times) or "—"


FACTS: dict[BookingState, type[BookingFact]] = {
    BookingState.CAME: CarCame,
    BookingState.MISSED: BookingMissed,
    BookingState.CANCELLED: BookingCancelled,
}
