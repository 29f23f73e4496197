"""Bookings: an owner's car is expected, comes or stays away; and an hour is never overbooked."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.clock import CHINA
from callcenter.customers import service as customers
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.errors import CallCenterError
from callcenter.hours import is_open
from callcenter.stations import repository as stations
from callcenter.stations import service as station_verbs
from callcenter.stations.bookings import repository, service
from callcenter.stations.bookings.errors import (
    BookedAlready,
    BookingHourFull,
    BookingNotYet,
    BookingOver,
    BookingTimeImpossible,
    WorkshopClosed,
    WorkshopSuspended,
)
from callcenter.stations.bookings.model import (
    Booking,
    BookingState,
    Wanted,
    free_times,
    hour_of,
    takes_cars,
    times_of,
)
from tests.service import add_station

RULE = "Mo-Su 08:30-17:30"


async def world(database: Database, cars: int, per_hour: int = 2) -> tuple[UUID, list[UUID]]:
    """A station that takes so many cars an hour every day, and cars."""
    async with database.transaction() as tx:
        station = await add_station(tx, "SY001", workshop_hours=RULE)
        await service.set_capacity(tx, "test", station.id, per_hour)
        made = [await customers.add_vehicle(tx, "test", {}) for _ in range(cars)]
    return station.id, [car.id for car in made]


def at(hour: int, minute: int = 0, days: int = 1) -> datetime:
    day = datetime.now(CHINA).date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA)


async def book(database: Database, station: UUID, car: UUID, when: datetime, **how: Any) -> Booking:
    async def once(tx: Tx) -> Booking:
        return await service.book(
            tx,
            "test",
            station_id=station,
            vehicle_id=car,
            starts_at=when,
            wanted=how.get("wanted", Wanted.MAINTENANCE),
        )

    return await database.run(once)


async def back_to(database: Database, booking: Booking, when: datetime) -> None:
    """As if it had been made for this time, long ago."""
    async with database.transaction() as tx:
        await tx.connection.execute(
            "update service_bookings set starts_at = $2 where id = $1", booking.id, when
        )


async def test_a_full_hour_is_refused_with_the_next_free_times_and_a_cancelled_place_is_free(
    database: Database,
):
    station, cars = await world(database, 3)
    first = await book(database, station, cars[0], at(9))
    await book(database, station, cars[1], at(9, 30))
    with pytest.raises(BookingHourFull) as refused:
        await book(database, station, cars[2], at(9, 45))
    assert f"{at(10):%m-%d %H:%M}" in refused.value.message("en")
    await database.run(lambda tx: service.cancel(tx, "test", first.id))
    assert (await book(database, station, cars[2], at(9, 45))).state is BookingState.BOOKED


async def test_free_times_go_by_the_workshops_hours_and_by_what_is_taken(database: Database):
    station, cars = await world(database, 2)
    await book(database, station, cars[0], at(9))
    await book(database, station, cars[1], at(9))
    async with database.transaction() as tx:
        found = await repository.free_on(tx, await stations.get(tx, station), at(9).date())
    times = [f"{one.starts_at.astimezone(CHINA):%H:%M}" for one in found]
    assert times[:2] == ["08:30", "10:00"]
    assert (times[-1], {one.left for one in found}) == ("17:00", {2})


@pytest.mark.parametrize(
    ("when", "refusal"),
    [
        (at(7), WorkshopClosed),
        (at(17, 15), WorkshopClosed),
        (at(10, days=-1), BookingTimeImpossible),
        (at(10, days=120), BookingTimeImpossible),
    ],
)
async def test_a_time_at_which_nobody_takes_the_car_is_refused(
    database: Database, when: datetime, refusal: type[Exception]
):
    station, (car,) = await world(database, 1)
    with pytest.raises(refusal):
        await book(database, station, car, when)


async def test_a_car_is_expected_once_for_one_thing_and_by_no_station_that_is_suspended(
    database: Database,
):
    station, (car,) = await world(database, 1)
    await book(database, station, car, at(10))
    with pytest.raises(BookedAlready):
        await book(database, station, car, at(11))
    await book(database, station, car, at(11), wanted=Wanted.RECALL)
    async with database.transaction() as tx:
        await station_verbs.suspend(tx, "test", station, reason="audit", until=None)
    with pytest.raises(WorkshopSuspended):
        await book(database, station, car, at(12), wanted=Wanted.REPAIR)


async def test_a_booking_is_moved_within_its_full_hour_but_into_no_other(database: Database):
    station, cars = await world(database, 2, per_hour=1)
    mine = await book(database, station, cars[0], at(10))
    await book(database, station, cars[1], at(11))

    async def move(when: datetime) -> Booking:
        return await database.run(lambda tx: service.move(tx, "test", mine.id, starts_at=when))

    assert (await move(at(10, 30))).starts_at == at(10, 30)
    with pytest.raises(BookingHourFull):
        await move(at(11, 30))


async def test_who_came_and_who_did_not_is_told_once_and_a_late_word_still_counts(
    database: Database,
):
    station, (car,) = await world(database, 1)
    booking = await book(database, station, car, at(10))

    async def tell(verb: Any) -> Booking:
        return await database.run(lambda tx: verb(tx, "station", booking.id))

    for verb in (service.came, service.missed):
        with pytest.raises(BookingNotYet):
            await tell(verb)
    await back_to(database, booking, at(9, days=-1))
    assert (await tell(service.missed)).state is BookingState.MISSED
    assert (await tell(service.came)).state is BookingState.CAME
    assert (await tell(service.came)).state is BookingState.CAME
    for verb in (service.cancel, service.missed):
        with pytest.raises(BookingOver):
            await tell(verb)
    async with database.reading() as tx:
        kinds = await tx.connection.fetch(
            "select kind from events where kind like 'booking.%' order by seq"
        )
    assert [row["kind"] for row in kinds] == ["booking.made", "booking.missed", "booking.came"]


async def test_what_nobody_closed_is_missed_when_the_day_after_is_over(database: Database):
    station, cars = await world(database, 3)
    made = [await book(database, station, car, at(10 + n)) for n, car in enumerate(cars)]
    for booking, days in zip(made, (0, -1, -2), strict=True):
        await back_to(database, booking, at(0, 5, days=days))
    assert await database.run(service.close_left_open) == 1
    assert await database.run(service.close_left_open) == 0
    async with database.transaction() as tx:
        states = [(await repository.get(tx, one.id)).state.value for one in made]
    assert states == ["booked", "booked", "missed"]


async def at_once(database: Database, station: UUID, cars: list[UUID]) -> int:
    """How many of them got a place in one hour that has two."""
    done = await asyncio.gather(
        *(book(database, station, car, at(10, 5 * n)) for n, car in enumerate(cars)),
        return_exceptions=True,
    )
    for one in done:
        if isinstance(one, BaseException) and not isinstance(one, CallCenterError):
            raise one
    async with database.reading() as tx:
        return int(await tx.connection.fetchval("select count(*) from service_bookings"))


async def test_of_all_who_book_an_hour_at_once_as_many_get_it_as_there_is_room(
    database: Database,
):
    station, cars = await world(database, 8)
    assert await at_once(database, station, cars) == 2


@pytest.mark.xfail(strict=True, reason="without the station's lock the hour is overbooked")
async def test_without_the_lock_more_get_it(database: Database, monkeypatch: pytest.MonkeyPatch):
    station, cars = await world(database, 8)
    real, waiting = repository.taken_in_hours, asyncio.Barrier(len(cars))

    async def unlocked(tx: Tx, station_id: UUID) -> Any:
        (facts,) = await stations.candidates_by_id(tx, [station_id])
        return facts

    async def counted_together(*given: Any) -> Any:
        taken = await real(*given)
        await waiting.wait()
        return taken

    monkeypatch.setattr(stations, "lock_station", unlocked)
    monkeypatch.setattr(repository, "taken_in_hours", counted_together)
    assert await at_once(database, station, cars) == 2


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
RULES = st.sampled_from(
    [RULE, "Mo-Sa 08:30-12:00,13:00-17:30; PH off", "24/7", "Mo-Su 20:00-02:00"]
)


@given(rule=RULES, day=DAYS, capacity=st.integers(0, 3), taken=st.integers(0, 4))
def test_every_free_time_is_one_that_can_be_booked(rule: str, day: date, capacity: int, taken: int):
    times = times_of(rule, day, ())
    assert times == sorted(set(times))
    assert all(one.date() == day and is_open(rule, one) for one in times)
    assert all(takes_cars(rule, one, ()) for one in times)
    assert len({hour_of(one) for one in times}) == len(times)
    full = {hour_of(one): taken for one in times[:3]}
    before = datetime(2025, 1, 1, tzinfo=CHINA)
    free = free_times(times, full, capacity, before)
    assert all(one.left + full.get(hour_of(one.starts_at), 0) == capacity for one in free)
    assert len(free) == (
        0 if capacity == 0 else len(times) - (len(full) if taken >= capacity else 0)
    )
