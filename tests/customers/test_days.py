"""When birthdays and anniversaries fall: new years, each day of two centuries, leap months."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from holidays.calendars.chinese import _ChineseLunisolar
from hypothesis import given
from hypothesis import strategies as st

from callcenter.customers.days.lunar import LunarDay, lunar_of, month_of, months_of, solar_of
from callcenter.customers.days.model import (
    Birthday,
    Calendar,
    Falls,
    birthdays_within,
    dates_of_anniversaries,
    next_anniversary,
    next_birthday,
)
from tests.db.cast import CONTROL

OUR_TIME = st.dates(date(1901, 3, 1), date(2098, 12, 31))
AS_PROCLAIMED = {1916: date(1916, 2, 3)}
"""By Beijing's own time, as it was kept then; the table reckons by the zone of 1949."""
LUNAR = st.builds(Birthday, st.just(Calendar.LUNAR), st.integers(1, 12), st.integers(1, 30))
SOLAR = st.builds(Birthday, st.just(Calendar.SOLAR), st.integers(1, 12), st.integers(1, 31)).filter(
    lambda one: one.is_possible
)


def test_every_new_year_is_that_of_another_table():
    known = {
        year: date(year, *month_and_day)
        for year, month_and_day in _ChineseLunisolar.LUNAR_NEW_YEAR_DATES.items()
    }
    assert len(known) == 200
    ours = {year: months_of(year)[0].begins for year in known}
    assert ours == known | AS_PROCLAIMED


def test_every_day_of_two_centuries_comes_back():
    day, end = date(1900, 1, 31), date(2100, 12, 31)
    before: LunarDay | None = None
    while day <= end:
        lunar = lunar_of(day)
        assert solar_of(lunar) == day
        assert before is None or lunar.day in (1, before.day + 1)
        before, day = lunar, day + timedelta(days=1)


def test_months_are_29_or_30_days_and_follow_each_other():
    months = [month for year in range(1900, 2101) for month in months_of(year)]
    assert {month.days for month in months} == {29, 30}
    for one, next_one in pairwise(months):
        assert one.begins + timedelta(days=one.days) == next_one.begins
    assert all(len(months_of(year)) in (12, 13) for year in range(1900, 2101))


@pytest.mark.parametrize(
    ("birthday", "since", "on", "is_moved"),
    [
        # Mid-autumn, the eighth of the twelfth month, which falls into the next solar year.
        ((Calendar.LUNAR, 8, 15), date(2026, 1, 1), date(2026, 9, 25), False),
        ((Calendar.LUNAR, 12, 8), date(2026, 6, 1), date(2027, 1, 15), False),
        # 2025 has a sixth month twice: it is kept in the first.
        ((Calendar.LUNAR, 6, 10), date(2025, 1, 1), date(2025, 7, 4), False),
        # The twelfth month of 2024 ends with its 29th.
        ((Calendar.LUNAR, 12, 30), date(2024, 6, 1), date(2025, 1, 28), True),
        ((Calendar.SOLAR, 2, 29), date(2027, 1, 1), date(2027, 2, 28), True),
        ((Calendar.SOLAR, 2, 29), date(2028, 1, 1), date(2028, 2, 29), False),
        ((Calendar.SOLAR, 11, 26), date(2026, 11, 26), date(2026, 11, 26), False),
        ((Calendar.SOLAR, 11, 25), date(2026, 11, 26), date(2027, 11, 25), False),
    ],
)
def test_the_next_birthday(
    birthday: tuple[Calendar, int, int], since: date, on: date, is_moved: bool
):
    assert next_birthday(Birthday(*birthday), since) == Falls(on, is_moved)


def test_the_day_itself_is_no_anniversary_yet():
    delivered = date(2024, 2, 29)
    assert next_anniversary(delivered, delivered) == (Falls(date(2025, 2, 28), True), 1)
    assert next_anniversary(delivered, date(2028, 1, 1)) == (Falls(date(2028, 2, 29)), 4)


@pytest.mark.parametrize(
    "kept_in_leap_months", [False, pytest.param(True, marks=CONTROL)], ids=["guarded", "control"]
)
def test_a_birthday_comes_once_a_lunar_year(kept_in_leap_months: bool):
    """In a year that has the sixth month twice, it is found on one day only."""
    first, last = months_of(2025)[0].begins, months_of(2026)[0].begins - timedelta(days=1)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    wanted = Birthday(Calendar.LUNAR, 6, 10)
    found = [day for day in days if wanted in birthdays_within(day, day)]
    if kept_in_leap_months:
        found += [day for day in days if lunar_of(day) == LunarDay(2025, 6, True, 10)]
    assert found == [date(2025, 7, 4)]


@given(birthday=LUNAR | SOLAR, first=OUR_TIME, length=st.integers(0, 60))
def test_a_span_holds_a_birthday_when_the_next_one_falls_in_it(
    birthday: Birthday, first: date, length: int
):
    last = first + timedelta(days=length)
    assert (birthday in birthdays_within(first, last)) == (
        next_birthday(birthday, first).on <= last
    )


@given(of=OUR_TIME, first=OUR_TIME, length=st.integers(0, 30))
def test_a_span_holds_an_anniversary_when_the_next_one_falls_in_it(
    of: date, first: date, length: int
):
    last = first + timedelta(days=length)
    falls, years = next_anniversary(of, first)
    assert years >= 1
    assert (of in dates_of_anniversaries(first, last, years=200)) == (falls.on <= last)


@given(birthday=LUNAR, since=OUR_TIME)
def test_a_lunar_birthday_is_kept_in_its_ordinary_month(birthday: Birthday, since: date):
    falls = next_birthday(birthday, since)
    kept = lunar_of(falls.on)
    assert (kept.month, kept.is_leap) == (birthday.month, False)
    assert falls.is_moved == (month_of(kept.year, kept.month).days < birthday.day)


@pytest.mark.parametrize(
    ("birthday", "is_possible"),
    [
        ((Calendar.SOLAR, 2, 29), True),
        ((Calendar.SOLAR, 2, 30), False),
        ((Calendar.SOLAR, 4, 31), False),
        ((Calendar.LUNAR, 2, 30), True),
        ((Calendar.LUNAR, 2, 31), False),
        ((Calendar.LUNAR, 13, 1), False),
    ],
)
def test_a_day_that_no_year_has_is_known(birthday: tuple[Calendar, int, int], is_possible: bool):
    assert Birthday(*birthday).is_possible is is_possible
