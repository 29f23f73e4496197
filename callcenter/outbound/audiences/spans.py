"""Which birthdays fall on a span of days; the moon's calendar is put in by who has one. Pure."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from callcenter.customers.days.lunar import lunar_of, month_of
from callcenter.outbound.audiences.leaves.leaf import Days

Lunar = Callable[[date], tuple[int, int, bool]]
"""The moon's month and day of a day, and whether its month has no day behind it."""


def of_the_moon(day: date) -> tuple[int, int, bool]:
    """A leap month has nobody's birthday: it was kept in the ordinary month of that number."""
    lunar = lunar_of(day)
    if lunar.is_leap:
        return 0, 0, False
    return lunar.month, lunar.day, lunar.day == month_of(lunar.year, lunar.month).days


def days_of(lunar: Lunar | None = of_the_moon) -> Days:
    """Month * 100 + day of all days from the first to the last, for both calendars.

    Feb 29 is kept on Feb 28 where there is none; the 30th of a moon's month on its last day.
    """

    def days(first: date, last: date) -> Mapping[str, list[int]]:
        all_days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        solar = [number for day in all_days for number in _solar(day)]
        found = [number for day in all_days for number in _lunar(day, lunar)]
        return {"solar": sorted(set(solar)), "lunar": sorted(set(found))}

    return days


def _solar(day: date) -> list[int]:
    is_last = (day.month, day.day) == (2, 28) and (day + timedelta(days=1)).month == 3
    own = day.month * 100 + day.day
    return [own, 229] if is_last else [own]


def _lunar(day: date, lunar: Lunar | None) -> list[int]:
    if lunar is None:
        return []
    month, number, is_last = lunar(day)
    own = month * 100 + number
    return [own, month * 100 + 30] if is_last and number == 29 else [own]
