"""Open or not at a moment, and when that changes; days that were set by hand go over the rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from callcenter.clock import CHINA
from callcenter.hours.rule import WHOLE_DAY, never_changes, spans_on

CLOSED = "off"
FORESEEN_DAYS = 400
"""A change that is farther away is none: every rule of the year has come round by then."""


@dataclass(frozen=True)
class HoursOverride:
    """From `first_day` to `last_day` (both included) these hours stand in the place of the rule,
    whatever week and calendar say; None: closed. The night belongs to the day it begins on."""

    first_day: date
    last_day: date
    hours: str | None

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


Overrides = Sequence[HoursOverride]
"""Of several that cover a day the first one counts: give the newest first."""


def is_open(rule: str, at: datetime, overrides: Overrides = ()) -> bool:
    """Whether it is open at a moment (with its zone); hours over midnight count."""
    local = at.astimezone(CHINA)
    return _is_open(rule, local.date(), local.hour * 60 + local.minute, overrides)


def is_overridden(at: datetime, overrides: Overrides) -> bool:
    """Whether the hours of this moment's day were set by hand."""
    return _override_on(at.astimezone(CHINA).date(), overrides) is not None


def next_change(rule: str, at: datetime, overrides: Overrides = ()) -> datetime | None:
    """When it opens or closes next; None when not within 400 days ("24/7")."""
    if not overrides and never_changes(rule):
        return None
    local = at.astimezone(CHINA)
    is_now = is_open(rule, local, overrides)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    minute = local.hour * 60 + local.minute
    for ahead in range(FORESEEN_DAYS):
        day = local.date() + timedelta(days=ahead)
        for edge in _edges(rule, day, overrides):
            later = ahead > 0 or edge > minute
            if later and _is_open(rule, day, edge, overrides) is not is_now:
                return midnight + timedelta(days=ahead, minutes=edge)
    return None


def _is_open(rule: str, day: date, minute: int, overrides: Overrides) -> bool:
    yesterday = day - timedelta(days=1)
    return _within(spans_on(hours_on(rule, day, overrides), day), minute) or _within(
        spans_on(hours_on(rule, yesterday, overrides), yesterday), minute + WHOLE_DAY
    )


def _within(spans: Sequence[tuple[int, int]], minute: int) -> bool:
    return any(begin <= minute < end for begin, end in spans)


def _edges(rule: str, day: date, overrides: Overrides) -> list[int]:
    """Minutes of this day at which something may begin or end, its midnight among them."""
    yesterday = day - timedelta(days=1)
    own = [edge for span in spans_on(hours_on(rule, day, overrides), day) for edge in span]
    left = [
        edge - WHOLE_DAY
        for span in spans_on(hours_on(rule, yesterday, overrides), yesterday)
        for edge in span
    ]
    return sorted({0, *(edge for edge in (*own, *left) if 0 <= edge < WHOLE_DAY)})


def hours_on(rule: str, day: date, overrides: Overrides) -> str:
    """The rule that counts on this day: its own, or the one set over it."""
    if not overrides:
        return rule
    override = _override_on(day, overrides)
    return rule if override is None else override.hours or CLOSED


def _override_on(day: date, overrides: Overrides) -> HoursOverride | None:
    return next((one for one in overrides if one.covers(day)), None)
