"""Whether a moment lies in allowed hours, and when the next one does: by the wall clock of a zone,
with its holidays, and on the two days a year on which that clock jumps. Pure."""

import functools
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

from callcenter.hours.china import special_day
from callcenter.outbound.policies.model import WEEKDAYS, Hours, Pack, Window

FORESEEN_DAYS = 60
"""No holiday season is longer: hours that open at all have opened by then."""
DAY = timedelta(days=1)


class NeverOpen(ValueError):
    """The hours do not open within the foreseen days."""


class Opens:
    """When hours open next from one moment on, worked out once for each zone that occurs."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._known: dict[tuple[str, str, str, str], datetime] = {}

    def next(self, pack: Pack, hours: str, zone: str) -> datetime:
        """The moment itself where those hours of the pack are open in that zone."""
        key = (pack.code, pack.version, hours, zone)
        if key not in self._known:
            place = zone_of(pack, zone)
            self._known[key] = next_open(pack, pack.hours[hours], place, self.at)
        return self._known[key]


def zone_of(pack: Pack, name: str) -> ZoneInfo:
    """The owner's zone; the pack's own for a name that no table knows."""
    return _zone(name) or ZoneInfo(pack.zone)


@functools.lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def open_now(pack: Pack, hours: Hours, zone: ZoneInfo, at: datetime) -> bool:
    """Whether `at` (with a zone) lies in a window of its local day."""
    local = at.astimezone(zone)
    minute = local.hour * 60 + local.minute
    return any(begin <= minute < end for begin, end in windows_on(pack, hours, local.date()))


def next_open(pack: Pack, hours: Hours, zone: ZoneInfo, at: datetime) -> datetime:
    """The first open moment from `at` on; `at` itself where it is open. Raises NeverOpen."""
    if open_now(pack, hours, zone, at):
        return at
    first = at.astimezone(zone).date()
    for ahead in range(FORESEEN_DAYS):
        for moment in _openings(pack, hours, zone, first + ahead * DAY):
            if moment >= at:
                return moment
    raise NeverOpen(f"{pack.code} {pack.version}")


def open_spans(
    pack: Pack, hours: Hours, zone: ZoneInfo, at: datetime, until: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """From when to when it is allowed between two moments, in order, in UTC. On a day on which the
    clock jumps a window is as long as the clock on the wall says."""
    day = at.astimezone(zone).date()
    while day <= until.astimezone(zone).date():
        for window in windows_on(pack, hours, day):
            begins, ends = (
                (datetime.combine(day, time()) + timedelta(minutes=minute)).replace(tzinfo=zone)
                for minute in window
            )
            span = (max(begins.astimezone(UTC), at), min(ends.astimezone(UTC), until))
            if span[0] < span[1]:
                yield span
        day += DAY


def open_for(
    pack: Pack, hours: Hours, zone: ZoneInfo, at: datetime, lasting: timedelta
) -> datetime:
    """When those hours will have been open for so long since `at`. Raises NeverOpen."""
    for begins, ends in open_spans(pack, hours, zone, at, at + FORESEEN_DAYS * DAY):
        if ends - begins >= lasting:
            return begins + lasting
        lasting -= ends - begins
    raise NeverOpen(f"{pack.code} {pack.version}")


def windows_on(pack: Pack, hours: Hours, day: date) -> tuple[Window, ...]:
    """What is allowed on this day; a make-up day has the hours of the day it stands for."""
    kind = kind_of_day(pack.holidays, day)
    found: tuple[Window, ...] = getattr(hours, kind)
    return found


@functools.lru_cache(maxsize=8192)
def kind_of_day(country: str | None, day: date) -> str:
    """ "holiday", or the weekday whose hours this day has: that of a make-up day is another's."""
    if country == "CN":
        special = special_day(day)
        if special is not None:
            stands_for = special.stands_for
            return "holiday" if stands_for is None else WEEKDAYS[stands_for]
    elif country is not None and day in _named_days(country, day.year):
        return "holiday"
    return WEEKDAYS[day.weekday()]


@functools.lru_cache(maxsize=64)
def _named_days(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year))


def _openings(pack: Pack, hours: Hours, zone: ZoneInfo, day: date) -> Iterator[datetime]:
    """The moments of a day at which a window opens, in order: once more where the clock is set
    back over its beginning or into it."""
    found = {
        moment
        for begin, _ in windows_on(pack, hours, day)
        for moment in _moments(zone, datetime.combine(day, time()) + timedelta(minutes=begin))
    }
    for turned in _turns(zone, day):
        found.add(turned)
    yield from sorted(moment for moment in found if open_now(pack, hours, zone, moment))


def _moments(zone: ZoneInfo, wall: datetime) -> set[datetime]:
    """When a clock on the wall shows this: once, twice, or (in a gap) never."""
    both = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return {moment for moment in both if moment.astimezone(zone).replace(tzinfo=None) == wall}


@functools.lru_cache(maxsize=16_384)
def _turns(zone: ZoneInfo, day: date) -> tuple[datetime, ...]:
    """The moment of this day, if any, at which its clock jumps."""
    begin = datetime.combine(day, time(), UTC) - DAY
    end = begin + 3 * DAY
    if begin.astimezone(zone).utcoffset() == end.astimezone(zone).utcoffset():
        return ()
    while end - begin > timedelta(seconds=1):
        middle = begin + (end - begin) / 2
        is_before = middle.astimezone(zone).utcoffset() == begin.astimezone(zone).utcoffset()
        begin, end = (middle, end) if is_before else (begin, middle)
    return (end.replace(microsecond=0),)
