"""The due date of many cars, whether each is still ours, by what is usual in its fleet. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from callcenter.outbound.due.expected import Usual, expected
from callcenter.outbound.due.fit import BEFORE_ANY, usual_of
from callcenter.outbound.due.habit import Clocks, Habits
from callcenter.outbound.due.history import DELIVERY, Bools, Floats, Histories, Ints
from callcenter.outbound.due.intervals import Intervals
from callcenter.outbound.due.rate import Wander
from callcenter.outbound.due.still_ours import (
    USUAL_LEAVING,
    Leaving,
    last_visit,
    leaving_of,
    still_ours,
)

MOST_DAYS = 7_300
"""Nothing is said of more than twenty years ahead."""


@dataclass(frozen=True)
class Fleet:
    """All that is learnt from a fleet: the models and regions it knows, in the order of the table
    of rates, behind a first place for all others."""

    models: tuple[str, ...]
    regions: tuple[str, ...]
    usual: Usual
    leaving: Leaving

    def places(self, models: Sequence[str], regions: Sequence[str]) -> tuple[Ints, Ints]:
        """The numbers of these models and regions; 0 for one that the fleet does not know."""
        return _numbers(self.models, models), _numbers(self.regions, regions)

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        usual, habits, clocks = self.usual, self.usual.habits, self.usual.habits.clocks
        return {
            "models": list(self.models),
            "regions": list(self.regions),
            "log_rate": np.round(usual.log_rate, 4).tolist(),
            "spread": usual.spread,
            "wander": [usual.wander.a_year, usual.wander.noise, usual.wander.noise_day],
            "season": np.round(usual.season, 4).tolist(),
            "clocks": [
                one.tolist() for one in (clocks.part, clocks.mean, clocks.between, clocks.within)
            ],
            "first": [habits.first_mean, habits.first_variance],
            "first_of_clock": habits.first_of_clock.tolist(),
            "hidden": habits.hidden,
            "leaving": self.leaving.by_age.tolist(),
        }


NO_FLEET = Fleet((), (), BEFORE_ANY, Leaving(USUAL_LEAVING, BEFORE_ANY.habits.hidden))


@dataclass(frozen=True)
class Scores:
    """Of each car; of one that is not `known` (no service, no delivery) nothing counts. Days are
    numbers of days; `first`: the next service is the first; `last_day`: of the last visit, else of
    the delivery."""

    known: Bools
    first: Bools
    last_day: Ints
    last_km: Floats
    km_per_day: Floats
    p10: Ints
    p50: Ints
    p90: Ints
    still_ours: Floats
    by_distance: Bools


def fleet_of_json(kept: Mapping[str, Any]) -> Fleet:
    """As `as_json` wrote it."""
    clocks = Clocks(*(np.array(one) for one in kept["clocks"]))
    first_mean, first_variance = kept["first"]
    of_clock = kept.get("first_of_clock", BEFORE_ANY.habits.first_of_clock)
    habits = Habits(clocks, first_mean, first_variance, kept["hidden"], np.array(of_clock))
    usual = Usual(
        log_rate=np.array(kept["log_rate"]),
        spread=kept["spread"],
        wander=Wander(*kept["wander"]),
        season=np.array(kept["season"]),
        habits=habits,
    )
    leaving = Leaving(np.array(kept["leaving"]), kept["hidden"])
    return Fleet(tuple(kept["models"]), tuple(kept["regions"]), usual, leaving)


def learn(
    cars: Histories, plan: Intervals, *, models: Sequence[str], regions: Sequence[str], today: int
) -> Fleet:
    """What these cars teach; their numbers of models and regions count from 1."""
    usual = usual_of(cars, plan, len(models) + 1, len(regions) + 1)
    seen = expected(cars, plan, usual)
    leaving = leaving_of(cars, seen, usual.habits.hidden, today)
    return Fleet(tuple(models), tuple(regions), usual, leaving)


def score(cars: Histories, plan: Intervals, fleet: Fleet, today: int) -> Scores:
    """As of the day `today`. The dates do not depend on it: a car that is overdue stays so."""
    seen = expected(cars, plan, fleet.usual)
    quantiles = [
        seen.base_day + np.minimum(np.rint(seen.days(level)), MOST_DAYS).astype(np.int64)
        for level in (0.1, 0.5, 0.9)
    ]
    return Scores(
        known=seen.known,
        first=seen.first,
        last_day=last_visit(cars),
        last_km=_last_km(cars, seen.good.kept),
        km_per_day=np.exp(seen.rate.log),
        p10=quantiles[0],
        p50=quantiles[1],
        p90=quantiles[2],
        still_ours=np.round(still_ours(cars, seen, fleet.leaving, today), 3),
        by_distance=seen.by_distance,
    )


def _last_km(cars: Histories, kept: Bools) -> Floats:
    """The last reading that is believed and was written at a visit; nan without one."""
    read = kept & (np.arange(kept.shape[1]) > np.where(cars.kind[:, :1] == DELIVERY, 0, -1))
    last = kept.shape[1] - 1 - np.argmax(read[:, ::-1], axis=1)
    each = np.arange(kept.shape[0])
    result: Floats = np.where(read[each, last], cars.km[each, last], np.nan)
    return result


def _numbers(known: Sequence[str], names: Sequence[str]) -> Ints:
    place = {name: number for number, name in enumerate(known, start=1)}
    return np.array([place.get(name, 0) for name in names], np.int64)
