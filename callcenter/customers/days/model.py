"""When an owner's days fall. Pure.

A birthday in a leap month is kept in the ordinary month of that number, each year. A day that a
year has not (lunar 30th, 29 February) is kept on the last day of that month.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from callcenter.customers.days.lunar import LAST_YEAR, lunar_of, month_of

LONGEST_SPAN = 400
"""Days that are asked for at once."""
LONGEST_LUNAR_MONTH = 30
A_LEAP_YEAR = 2000


class Calendar(StrEnum):
    """By which calendar somebody keeps his birthday."""

    SOLAR = "solar"
    LUNAR = "lunar"


@dataclass(frozen=True, order=True)
class Birthday:
    """Month and day; the year of birth is nobody's business here."""

    calendar: Calendar
    month: int
    day: int

    @property
    def is_possible(self) -> bool:
        """Whether the calendar has such a day in any year."""
        if not 1 <= self.month <= 12:
            return False
        if self.calendar is Calendar.LUNAR:
            return 1 <= self.day <= LONGEST_LUNAR_MONTH
        return 1 <= self.day <= calendar.monthrange(A_LEAP_YEAR, self.month)[1]


@dataclass(frozen=True)
class Falls:
    """A solar date; `is_moved`: that year's month is too short, so it is kept on its last day."""

    on: date
    is_moved: bool = False


def next_birthday(birthday: Birthday, since: date) -> Falls:
    """The first on or after `since`. Raises ValueError beyond the lunar year 2100."""
    # A lunar year begins in the solar year of its number and ends in the next.
    years = range(since.year - 1, since.year + 3)
    return next(falls for falls in (_in_year(birthday, y) for y in years) if falls.on >= since)


def next_anniversary(of: date, since: date) -> tuple[Falls, int]:
    """The first on or after `since` and after the day itself, and the years since then."""
    solar = Birthday(Calendar.SOLAR, of.month, of.day)
    falls = next_birthday(solar, max(since, of + timedelta(days=1)))
    return falls, falls.on.year - of.year


def birthdays_within(first: date, last: date) -> list[Birthday]:
    """Every birthday that is kept on a day from `first` to `last`, for a look-up by calendar,
    month and day. Raises ValueError when the span is longer than 400 days."""
    found: set[Birthday] = set()
    for day in _days(first, last):
        found.add(Birthday(Calendar.SOLAR, day.month, day.day))
        if (day.month, day.day) == (2, 28) and not calendar.isleap(day.year):
            found.add(Birthday(Calendar.SOLAR, 2, 29))
        found.update(_lunar_of(day))
    return sorted(found)


def dates_of_anniversaries(first: date, last: date, *, years: int = 80) -> list[date]:
    """All dates whose anniversary is kept from `first` to `last`, up to so many years ago."""
    found: set[date] = set()
    for day in _days(first, last):
        for year in range(day.year - years, day.year):
            found.update(_of_year(day, year))
    return sorted(found)


def _in_year(birthday: Birthday, year: int) -> Falls:
    if birthday.calendar is Calendar.LUNAR:
        month = month_of(year, birthday.month)
        begins, days = month.begins, month.days
    else:
        begins = date(year, birthday.month, 1)
        days = calendar.monthrange(year, birthday.month)[1]
    day = min(birthday.day, days)
    return Falls(begins + timedelta(days=day - 1), is_moved=day < birthday.day)


def _lunar_of(day: date) -> list[Birthday]:
    if day.year > LAST_YEAR:
        return []
    lunar = lunar_of(day)
    if lunar.is_leap:
        return []
    kept = [lunar.day]
    if lunar.day == month_of(lunar.year, lunar.month).days < LONGEST_LUNAR_MONTH:
        kept.append(LONGEST_LUNAR_MONTH)
    return [Birthday(Calendar.LUNAR, lunar.month, one) for one in kept]


def _of_year(day: date, year: int) -> list[date]:
    if (day.month, day.day) == (2, 29) and not calendar.isleap(year):
        return []
    found = [date(year, day.month, day.day)]
    is_last_of_february = (day.month, day.day) == (2, 28) and not calendar.isleap(day.year)
    if is_last_of_february and calendar.isleap(year):
        found.append(date(year, 2, 29))
    return found


def _days(first: date, last: date) -> list[date]:
    count = (last - first).days + 1
    if count > LONGEST_SPAN:
        raise ValueError(f"no more than {LONGEST_SPAN} days at once")
    return [first + timedelta(days=n) for n in range(count)]
