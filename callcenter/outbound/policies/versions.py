"""Which version of each pack counts on a day, and which comes next; what its calendar has soon.
Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from callcenter.outbound.policies.hours import DAY, kind_of_day
from callcenter.outbound.policies.model import WEEKDAYS, Pack


@dataclass(frozen=True)
class Versions:
    """Of one pack. `in_force`: None before its first version; `coming`: by the day they begin."""

    code: str
    in_force: Pack | None
    coming: Sequence[Pack]


@dataclass(frozen=True)
class SpecialDay:
    """A day that has other hours than its weekday: those of a holiday, or of another weekday."""

    day: date
    counts_as: str


def versions(packs: Sequence[Pack], day: date) -> Sequence[Versions]:
    """By code; `packs`: by code and day, as the shelf has them."""
    return [_of_one(code, list(some), day) for code, some in groupby(packs, lambda one: one.code)]


def _of_one(code: str, packs: Sequence[Pack], day: date) -> Versions:
    begun = [one for one in packs if one.valid_from <= day]
    coming = [one for one in packs if one.valid_from > day]
    return Versions(code, begun[-1] if begun else None, coming)


def special_days(pack: Pack, first: date, days: int) -> Sequence[SpecialDay]:
    """Of so many days from the first on."""
    ahead = [first + number * DAY for number in range(days)]
    found = [SpecialDay(day, kind_of_day(pack.holidays, day)) for day in ahead]
    return [one for one in found if one.counts_as != WEEKDAYS[one.day.weekday()]]
