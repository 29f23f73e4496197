"""What the hours of some days come to: how a person sees whether a rule says what he means."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from callcenter.hours.china import special_day
from callcenter.hours.opening import Overrides, hours_on
from callcenter.hours.rule import Span, check_hours, spans_on


class DayKind(StrEnum):
    """What China's calendar says of a day."""

    ORDINARY = "ordinary"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"


@dataclass(frozen=True)
class DayHours:
    """When it is open on a day: spans in minutes since 00:00, those of its night behind 24:00.

    `is_by_hand`: the hours of this day were set over the rule.
    """

    day: date
    kind: DayKind
    is_by_hand: bool
    spans: tuple[Span, ...]


def hours_of_days(rule: str, first: date, count: int, overrides: Overrides = ()) -> list[DayHours]:
    """So many days in their order; raises BadHours."""
    check_hours(rule)
    return [_hours_of(rule, first + timedelta(days=n), overrides) for n in range(count)]


def _hours_of(rule: str, day: date, overrides: Overrides) -> DayHours:
    by_hand = any(one.covers(day) for one in overrides)
    return DayHours(day, _kind_of(day), by_hand, spans_on(hours_on(rule, day, overrides), day))


def _kind_of(day: date) -> DayKind:
    special = special_day(day)
    if special is None:
        return DayKind.ORDINARY
    return DayKind.HOLIDAY if special.stands_for is None else DayKind.MAKE_UP
