"""China's lunisolar calendar by months: where each begins and how long it is. Pure.

The months are the library's, by GB/T 33661-2017; before 1949 as they were proclaimed. Each year is
worked out once in a process.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from tyme4py.lunar import LunarYear

FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True)
class LunarMonth:
    """A month of a lunar year; a leap month has the number of the one before it."""

    year: int
    month: int
    is_leap: bool
    begins: date
    days: int


@dataclass(frozen=True)
class LunarDay:
    """A day of the lunar calendar."""

    year: int
    month: int
    is_leap: bool
    day: int


@lru_cache(maxsize=256)
def months_of(year: int) -> tuple[LunarMonth, ...]:
    """The 12 or 13 months of a lunar year; raises ValueError outside 1900 to 2100."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the lunar calendar is known from {FIRST_YEAR} to {LAST_YEAR}")
    return tuple(_month(year, one) for one in LunarYear.from_year(year).get_months())


def month_of(year: int, month: int) -> LunarMonth:
    """The ordinary month of this number, never its leap month."""
    return next(one for one in months_of(year) if one.month == month and not one.is_leap)


def lunar_of(day: date) -> LunarDay:
    """The lunar day of a solar one; raises ValueError outside the lunar years 1900 to 2100."""
    year = day.year if day >= months_of(day.year)[0].begins else day.year - 1
    month = max((one for one in months_of(year) if one.begins <= day), key=lambda one: one.begins)
    return LunarDay(year, month.month, month.is_leap, (day - month.begins).days + 1)


def solar_of(lunar: LunarDay) -> date:
    """The solar day of a lunar one; raises ValueError where there is no such day."""
    for month in months_of(lunar.year):
        if (month.month, month.is_leap) == (lunar.month, lunar.is_leap):
            if 1 <= lunar.day <= month.days:
                return month.begins + timedelta(days=lunar.day - 1)
            break
    raise ValueError("there is no such day in the lunar calendar")


def _month(year: int, one: Any) -> LunarMonth:
    first = one.get_first_julian_day().get_solar_day()
    return LunarMonth(
        year=year,
        month=one.get_month(),
        is_leap=one.is_leap(),
        begins=date(first.get_year(), first.get_month(), first.get_day()),
        days=one.get_day_count(),
    )
