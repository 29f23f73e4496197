"""Which odometer readings are to be believed: slips of the pen out, wound-back dials seen. Pure."""

from dataclasses import dataclass

import numpy as np

from callcenter.outbound.due.history import Bools, Floats, Histories, Ints

MOST_KM_A_DAY = 800.0
SLACK_KM = 150.0
BREAK_COSTS = 1.4
"""In readings: a dial is believed to have been wound back when two readings in a row say so."""


@dataclass(frozen=True)
class Believed:
    """`kept`: readings that fit together. `stretch`: a number that grows where the dial was wound
    back or changed; only readings of one stretch may be subtracted."""

    kept: Bools
    stretch: Ints


def believed(cars: Histories) -> Believed:
    """The longest run of readings for each car in which none goes down and none grows faster than a
    car can drive; a step down is allowed at a price."""
    usable = cars.used & ~np.isnan(cars.km)
    # Of most cars each reading fits the one before it: no run is longer than all of them.
    doubtful = np.flatnonzero(~_all_fit(cars, usable))
    kept, stretch = usable.copy(order="F"), np.zeros(usable.shape, np.int64, order="F")
    some = _longest(cars.of(doubtful), usable[doubtful])
    kept[doubtful], stretch[doubtful] = some.kept, some.stretch
    return Believed(kept, stretch)


def _all_fit(cars: Histories, usable: Bools) -> Bools:
    rows, places = usable.shape
    fit = np.ones(rows, bool)
    day, km = np.zeros(rows, np.int64), np.full(rows, np.nan)
    for at in range(places):
        here = usable[:, at]
        fit &= _fits(cars.day[:, at] - day, cars.km[:, at] - km) | np.isnan(km) | ~here
        day, km = np.where(here, cars.day[:, at], day), np.where(here, cars.km[:, at], km)
    return fit


def _fits(days: Ints, run: Floats) -> Bools:
    fits: Bools = (run >= 0) & (run <= MOST_KM_A_DAY * days + SLACK_KM)
    return fits


def _longest(cars: Histories, usable: Bools) -> Believed:
    """By dynamic programming over the readings."""
    rows, places = usable.shape
    score = np.where(usable, 1.0, -np.inf)
    before = np.full((rows, places), -1, order="F")
    broke = np.zeros((rows, places), bool, order="F")
    for at in range(1, places):
        for earlier in range(at):
            days = cars.day[:, at] - cars.day[:, earlier]
            run = cars.km[:, at] - cars.km[:, earlier]
            fits = _fits(days, run)
            price = np.where(fits, 0.0, np.where(run < -SLACK_KM, BREAK_COSTS, np.inf))
            reached = np.where(usable[:, at], score[:, earlier] + 1.0 - price, -np.inf)
            # Of equals the nearer one before: a stretch is left out as a whole or not at all.
            better = reached >= score[:, at]
            score[:, at] = np.where(better, reached, score[:, at])
            before[better, at] = earlier
            broke[:, at] = np.where(better, ~fits, broke[:, at])
    return _walk_back(score, before, broke)


def _walk_back(score: Floats, before: Ints, broke: Bools) -> Believed:
    rows, places = score.shape
    cars = np.arange(rows)
    # Of equally long runs the one that ends last.
    at = places - 1 - np.argmax(score[:, ::-1], axis=1)
    at = np.where(np.isneginf(score[cars, at]), -1, at)
    kept = np.zeros((rows, places), bool, order="F")
    breaks = np.zeros((rows, places), bool, order="F")
    for _ in range(places):
        on = at >= 0
        kept[cars[on], at[on]] = True
        breaks[cars[on], at[on]] = broke[cars[on], at[on]]
        at = np.where(on, before[cars, at], -1)
    stretch = np.cumsum(breaks, axis=1)
    return Believed(kept, stretch)
