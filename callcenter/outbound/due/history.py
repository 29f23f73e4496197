"""What is on record of many cars at once, as arrays. Days are counted from 2000-01-01. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

DAY_ZERO = date(2000, 1, 1)
MOST_VISITS = 15
"""So many of a car's last visits are looked at; its delivery stands before them."""

FIRST_SERVICE, MAINTENANCE, OTHER = 0, 1, 2
DELIVERY = 3


@dataclass(frozen=True)
class Histories:
    """Cars x readings, the oldest first, unused places at the end. `km` is nan where none was
    written, `kind` one of the numbers above, -1 in an unused place. A car that was delivered on a
    known day begins with a reading of 0 km. In memory place by place, since each step looks at one
    place of all cars."""

    day: Ints
    km: Floats
    kind: Ints
    model: Ints
    region: Ints

    @property
    def used(self) -> Bools:
        """Places that hold a reading."""
        return self.kind >= 0

    @property
    def service(self) -> Bools:
        """Readings from which the next service counts: services, and the delivery."""
        serviced: Bools = self.used & (self.kind != OTHER)
        return serviced

    def of(self, cars: Bools | Ints) -> "Histories":
        """Some of these cars."""
        return Histories(
            self.day[cars], self.km[cars], self.kind[cars], self.model[cars], self.region[cars]
        )

    def without(self, places: Bools) -> "Histories":
        """The same with these readings unused; they must be the last of their cars."""
        kind = np.where(places, -1, self.kind)
        return Histories(self.day, self.km, kind, self.model, self.region)


def histories(
    *,
    delivered: Ints,
    model: Ints,
    region: Ints,
    car: Ints,
    day: Ints,
    km: Floats,
    kind: Ints,
) -> Histories:
    """From one row for each visit, ordered by car and day; `delivered` is -1 where unknown."""
    cars = delivered.size
    many = np.bincount(car, minlength=cars)
    first = np.cumsum(many) - many
    from_end = many[car] - (np.arange(car.size) - first[car])
    kept = from_end <= MOST_VISITS
    known = delivered >= 0
    place = np.arange(car.size) - first[car] - np.maximum(many - MOST_VISITS, 0)[car] + known[car]
    shape = (cars, int(np.minimum(many, MOST_VISITS).max(initial=0)) + 1)
    days = np.zeros(shape, np.int64, order="F")
    kms, kinds = np.full(shape, np.nan, order="F"), np.full(shape, -1, order="F")
    days[known, 0], kms[known, 0], kinds[known, 0] = delivered[known], 0.0, DELIVERY
    at = car[kept], place[kept]
    days[at], kms[at], kinds[at] = day[kept], km[kept], kind[kept]
    return Histories(days, kms, kinds, model, region)


def day_number(day: date) -> int:
    """Days since 2000-01-01."""
    return (day - DAY_ZERO).days


def date_of(number: int) -> date:
    """The day with this number."""
    return DAY_ZERO + timedelta(days=number)
