"""China's public holidays and make-up working days, as the package `holidays` knows them.

The package names the statutory days, the days given for them, and the weekend days on which work
is made up for (调休). The State Council's notices count the weekend that touches a holiday as a
part of it ("10月1日至7日放假"), the package does not: it is added here.
"""

import functools
from datetime import date, timedelta
from typing import NamedTuple

import holidays
import structlog

log = structlog.get_logger()

SATURDAY, SUNDAY = 5, 6
STANDS_FOR = {SATURDAY: 4, SUNDAY: 0}
"""A make-up Saturday counts as a Friday and a make-up Sunday as a Monday: the nearest day of an
ordinary week."""

DAY = timedelta(days=1)
NOTICE_MONTH = 11


class SpecialDay(NamedTuple):
    """A public holiday, or (`stands_for` a weekday) a make-up working day; Monday is 0."""

    weekday: int
    stands_for: int | None


@functools.lru_cache(maxsize=4096)
def special_day(day: date) -> SpecialDay | None:
    """What is special about a day; None: it is what the week says."""
    weekday = day.weekday()
    if day in _year(day.year).make_up_days:
        return SpecialDay(weekday, STANDS_FOR.get(weekday, weekday))
    return SpecialDay(weekday, None) if _is_holiday(day) else None


def year_without_notice(today: date) -> int | None:
    """The year whose notice is still missing: this one, or from November on, when notices come,
    the next. Every notice has made days up so far, so a year without any is not known yet."""
    due = [today.year, today.year + 1] if today.month >= NOTICE_MONTH else [today.year]
    return next((year for year in due if not _year(year).make_up_days), None)


class _Year(NamedTuple):
    named: frozenset[date]
    make_up_days: frozenset[date]


def _is_holiday(day: date) -> bool:
    if day in _year(day.year).named:
        return True
    if day.weekday() < SATURDAY:
        return False
    return _touches(day, -DAY) or _touches(day, DAY)


def _touches(day: date, step: timedelta) -> bool:
    there = day + step
    while there.weekday() >= SATURDAY and there not in _year(there.year).make_up_days:
        if there in _year(there.year).named:
            return True
        there += step
    return there in _year(there.year).named


@functools.lru_cache(maxsize=256)
def _year(year: int) -> _Year:
    """Asked of the package once per year; says once in the log what it does not know."""
    known = holidays.country_holidays("CN", years=year)
    named = frozenset(day for day in known if day.year == year)
    make_up_days = frozenset(day for day in known.weekend_workdays if day.year == year)
    if not named:
        log.warning("hours_year_without_holidays", year=year)
    elif not make_up_days:
        log.warning("hours_year_without_make_up_days", year=year)
    return _Year(named, make_up_days)
