"""A booking is changed: by one verb, never into an hour that is full, told to whom it concerns."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from callcenter.customers import service as customers
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.errors import CallCenterError
from callcenter.stations import repository as stations
from callcenter.stations.bookings import repository, service
from callcenter.stations.bookings.errors import BookedAlready, BookingOver
from callcenter.stations.bookings.model import Booking, BookingState, Wanted
from tests.service import add_station
from tests.stations.test_bookings import RULE, at, book, world


async def moves(database: Database, booking: UUID, **to: Any) -> Booking:
    return await database.run(lambda tx: service.move(tx, "test", booking, **to))


async def test_time_station_thing_and_note_change_in_one_step_and_both_stations_hear_it(
    database: Database,
):
    station, (car,) = await world(database, 1)
    async with database.transaction() as tx:
        other = await add_station(tx, "SY002", 5, workshop_hours=RULE)
    made = await book(database, station, car, at(10))
    to = {"starts_at": at(14), "station_id": other.id, "wanted": Wanted.REPAIR, "note": "异响"}
    moved = await moves(database, made.id, **to)
    assert {name: getattr(moved, name) for name in to} == to
    assert (await moves(database, made.id, starts_at=at(15))).note == "异响"
    async with database.reading() as tx:
        told = await tx.connection.fetch(
            "select station_id from events where kind = 'booking.moved' order by seq"
        )
    assert [row["station_id"] for row in told] == [other.id, station, other.id]


async def test_a_booking_that_is_over_is_not_moved_and_a_car_is_not_expected_twice_for_one_thing(
    database: Database,
):
    station, (car,) = await world(database, 1)
    service_visit = await book(database, station, car, at(10))
    repair = await book(database, station, car, at(12), wanted=Wanted.REPAIR)
    with pytest.raises(BookedAlready):
        await moves(database, repair.id, starts_at=at(13), wanted=Wanted.MAINTENANCE)
    await database.run(lambda tx: service.cancel(tx, "test", service_visit.id))
    with pytest.raises(BookingOver):
        await moves(database, service_visit.id, starts_at=at(14))
    moved = await moves(database, repair.id, starts_at=at(13), wanted=Wanted.MAINTENANCE)
    assert (moved.state, moved.wanted) == (BookingState.BOOKED, Wanted.MAINTENANCE)


async def moved_at_once(database: Database, station: UUID, cars: list[UUID]) -> int:
    """How many of those who are expected at other hours come to stand in one that has two."""
    made = [await book(database, station, car, at(9 + n)) for n, car in enumerate(cars)]
    done = await asyncio.gather(
        *(moves(database, one.id, starts_at=at(16, 5 * n)) for n, one in enumerate(made)),
        return_exceptions=True,
    )
    for one in done:
        if isinstance(one, BaseException) and not isinstance(one, CallCenterError):
            raise one
    async with database.reading() as tx:
        taken = await repository.taken_in_hours(tx, station, at(16), at(17), None)
        lost = await tx.connection.fetchval("select count(*) from service_bookings")
    assert lost == len(cars)
    return taken[at(16)]


async def test_of_all_who_are_moved_into_an_hour_at_once_as_many_get_it_as_there_is_room(
    database: Database,
):
    station, cars = await world(database, 6)
    assert await moved_at_once(database, station, cars) == 2


@pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="without the station's lock the hour is overbooked"
)
async def test_without_the_lock_more_are_moved_there(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    station, cars = await world(database, 6)
    real, waiting = repository.taken_in_hours, asyncio.Barrier(len(cars))

    async def unlocked(tx: Tx, station_id: UUID) -> Any:
        (facts,) = await stations.candidates_by_id(tx, [station_id])
        return facts

    async def counted_together(tx: Tx, of: UUID, since: Any, until: Any, but: UUID | None) -> Any:
        taken = await real(tx, of, since, until, but)
        if but is not None:
            await waiting.wait()
        return taken

    monkeypatch.setattr(stations, "lock_station", unlocked)
    monkeypatch.setattr(repository, "taken_in_hours", counted_together)
    assert await moved_at_once(database, station, cars) == 2


async def test_a_move_and_a_cancellation_at_once_leave_the_booking_cancelled(database: Database):
    station, (car,) = await world(database, 1)
    made = await book(database, station, car, at(10))
    await asyncio.gather(
        moves(database, made.id, starts_at=at(11)),
        database.run(lambda tx: service.cancel(tx, "test", made.id)),
        return_exceptions=True,
    )
    async with database.transaction() as tx:
        assert (await repository.get(tx, made.id)).state is BookingState.CANCELLED
        assert await customers.get_vehicle(tx, car) is not None
