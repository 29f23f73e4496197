"""What lay between services: kilometres and days as shares of the plan's interval. Pure."""

from dataclasses import dataclass

import numpy as np

from callcenter.outbound.due.habit import CLOCKS, DISTANCE, LOOSE, PLAN, TIME
from callcenter.outbound.due.history import DELIVERY, Floats, Histories, Ints
from callcenter.outbound.due.intervals import Intervals
from callcenter.outbound.due.readings import Believed

LEAST_SHARE = 0.02


@dataclass(frozen=True)
class Gaps:
    """`regular`: cars x places x clocks, the ln of the share at each service that ends a gap
    between services; `first`: cars x places, at the first service, by the plan; nan elsewhere.
    `last`: the place of each car's last service or delivery, -1 for none."""

    regular: Floats
    first: Floats
    last: Ints

    @property
    def first_share(self) -> Floats:
        """Of each car; nan of one whose first service is not on record."""
        told = ~np.isnan(self.first)
        each = np.arange(told.shape[0])
        result: Floats = self.first[each, np.argmax(told, axis=1)]
        return result


def gaps(cars: Histories, good: Believed, along: Floats, plan: Intervals) -> Gaps:
    """Kilometres are read where both ends are believed, else worked out by the rate; `along`: ln(km
    a day) as it is known behind each reading."""
    rows, places = cars.day.shape
    regular = np.full((rows, places, CLOCKS), np.nan, order="F")
    firsts = np.full((rows, places), np.nan, order="F")
    last = np.full(rows, -1)
    service = cars.service
    for at in range(places):
        who = np.flatnonzero(service[:, at] & (last >= 0))
        began = last[who]
        days = np.maximum(cars.day[who, at] - cars.day[who, began], 1).astype(float)
        read = good.kept[who, at] & good.kept[who, began]
        read &= good.stretch[who, at] == good.stretch[who, began]
        by_rate = np.exp(along[who, at]) * days
        run = np.where(read, cars.km[who, at] - cars.km[who, began], by_rate)
        first = cars.kind[who, began] == DELIVERY
        km = run / np.where(first, plan.first_km[who], plan.km[who])
        time = days / np.where(first, plan.first_days[who], plan.days[who])
        by_plan = np.log(np.maximum(np.maximum(km, time), LEAST_SHARE))
        firsts[who[first], at] = by_plan[first]
        usual = who[~first]
        regular[usual, at, PLAN] = regular[usual, at, LOOSE] = by_plan[~first]
        regular[usual, at, DISTANCE] = np.log(np.maximum(km, LEAST_SHARE))[~first]
        by_calendar = days / plan.calendar[who]
        regular[usual, at, TIME] = np.log(np.maximum(by_calendar, LEAST_SHARE))[~first]
        last = np.where(service[:, at], at, last)
    return Gaps(regular, firsts, last)
