"""Visits as the database packs them for many cars at once, eight bytes each. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from callcenter.outbound.due.history import Floats, Ints

BYTES = 8
FAR = 1 << 20
"""More days than lie between any two visits."""


@dataclass(frozen=True)
class Visits:
    """One place for each car and day, in their order: the number of the car, the day since
    2000-01-01, the highest reading of that day (nan: none), the kind that counts most."""

    car: Ints
    day: Ints
    km: Floats
    kind: Ints


def unpacked(packed: Sequence[bytes | None]) -> Visits:
    """From the visits of each car, in any order: the day in the upper four bytes, in the lower four
    (kilometres + 1, 0: not written) * 4 + kind. What happened on one day is one visit."""
    each = [one or b"" for one in packed]
    many = np.array([len(one) // BYTES for one in each], np.int64)
    words = np.frombuffer(b"".join(each), ">i8").astype(np.int64)
    car, day, rest = np.repeat(np.arange(many.size), many), words >> 32, words & 0xFFFF_FFFF
    place = car * FAR + day
    order = np.argsort(place, kind="stable")
    place = place[order]
    first = np.flatnonzero(np.diff(place, prepend=place[:1] - 1))
    if not first.size:
        return Visits(car, day, np.zeros(0), rest)
    km = np.maximum.reduceat(rest[order] >> 2, first) - 1.0
    return Visits(
        car=car[order][first],
        day=day[order][first],
        km=np.where(km >= 0, km, np.nan),
        kind=np.minimum.reduceat(rest[order] & 3, first),
    )
