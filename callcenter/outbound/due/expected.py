"""When the next service is expected by each of the clocks an owner may go by. Pure."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from callcenter.outbound.due.gaps import gaps
from callcenter.outbound.due.habit import CLOCKS, DISTANCE, PLAN, TIME, Habit, Habits, habit
from callcenter.outbound.due.history import DELIVERY, Bools, Floats, Histories, Ints
from callcenter.outbound.due.intervals import Intervals
from callcenter.outbound.due.rate import Rates, Wander, rates, steps
from callcenter.outbound.due.readings import Believed, believed
from callcenter.outbound.due.season import days_driven

HALVINGS = 12


@dataclass(frozen=True)
class Usual:
    """What is usual: ln(km a day) by model and region, the spread of cars about it, how rates
    wander, how owners come."""

    log_rate: Floats
    spread: float
    wander: Wander
    season: Floats
    habits: Habits


@dataclass(frozen=True)
class Expected:
    """Of each car, by each clock: how likely it is his (`part`), and the ln of the days from
    `base_day` (the last service, else the delivery) to the next service, with its standard
    deviation. Cars without a base are not `known`."""

    known: Bools
    base_day: Ints
    first: Bools
    part: Floats
    log_days: Floats
    spread: Floats
    by_distance: Bools
    rate: Rates
    habit: Habit
    good: Believed

    def level(self, days: Floats) -> Floats:
        """How likely the next service comes within so many days of the last."""
        return self._level_at(np.log(np.maximum(days, 1e-6)))

    def _level_at(self, log_days: Floats) -> Floats:
        off = (log_days[:, None] - self.log_days) / self.spread
        result: Floats = (self.part * ndtr(off)).sum(axis=1)
        return result

    def days(self, level: float) -> Floats:
        """The days within which it comes so likely: by halving, to a part in a thousand."""
        own = self.log_days + ndtri(level) * self.spread
        # A mixture's quantile lies between those of its parts.
        low, high = own.min(axis=1), own.max(axis=1)
        for _ in range(HALVINGS):
            middle = (low + high) / 2.0
            below = self._level_at(middle) < level
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        result: Floats = np.exp((low + high) / 2.0)
        return result


def expected(cars: Histories, plan: Intervals, usual: Usual) -> Expected:
    """Of all these cars."""
    good = believed(cars)
    at_home = usual.log_rate[cars.model, cars.region]
    rate = rates(steps(cars, good).without(usual.season), at_home, usual.spread, usual.wander)
    seen = gaps(cars, good, rate.along, plan)
    own = habit(seen.regular, seen.first_share, usual.habits)
    each = np.arange(cars.day.shape[0])
    base = np.maximum(seen.last, 0)
    first = cars.kind[each, base] == DELIVERY
    part, log_share, of_habit = _as_he_comes(usual.habits, own, first)
    share = np.exp(log_share)
    run, since = _run_since(cars, good, base)
    km = np.where(first, plan.first_km, plan.km)[:, None] * share
    by_time = np.where(first, plan.first_days, plan.days)[:, None] * share
    ahead = np.maximum((km - run[:, None]) / np.exp(rate.log)[:, None], 0.0)
    from_day = (cars.day[each, base] + since.astype(np.int64))[:, None]
    by_time[:, TIME] = np.where(first, by_time[:, TIME], plan.calendar * share[:, TIME])
    by_km = since[:, None] + days_driven(usual.season, from_day, ahead)
    by_km = np.maximum(by_km, np.maximum(since, 7.0)[:, None])
    days = np.minimum(by_km, by_time)
    days[:, DISTANCE], days[:, TIME] = by_km[:, DISTANCE], by_time[:, TIME]
    driven = by_km < by_time
    driven[:, DISTANCE], driven[:, TIME] = True, False
    of_rate = _of_rate(usual, rate, days, since)
    return Expected(
        known=seen.last >= 0,
        base_day=cars.day[each, base],
        first=first,
        part=part,
        log_days=np.log(days),
        spread=np.sqrt(of_habit + np.where(driven, of_rate, 0.0)),
        by_distance=(part * driven).sum(axis=1) > 0.5,
        rate=rate,
        habit=own,
        good=good,
    )


def _as_he_comes(habits: Habits, own: Habit, first: Bools) -> tuple[Floats, Floats, Floats]:
    """The first service is everybody's by the plan."""
    by_plan = np.eye(CLOCKS)[PLAN]
    is_first = first[:, None]
    return (
        np.where(is_first, by_plan, own.part),
        np.where(is_first, habits.first_mean, own.log),
        np.where(is_first, habits.first_variance, own.variance + habits.clocks.within),
    )


def _run_since(cars: Histories, good: Believed, base: Ints) -> tuple[Floats, Floats]:
    """What the car has run since its last service by the last reading that says so, and the days
    until then; 0 and 0 without one."""
    rows, places = cars.day.shape
    each = np.arange(rows)
    last = places - 1 - np.argmax(good.kept[:, ::-1], axis=1)
    told = good.kept[each, last] & good.kept[each, base] & (last > base)
    told &= good.stretch[each, last] == good.stretch[each, base]
    run = np.where(told, cars.km[each, last] - cars.km[each, base], 0.0)
    since = np.where(told, cars.day[each, last] - cars.day[each, base], 0.0)
    return run, since


def _of_rate(usual: Usual, rate: Rates, days: Floats, since: Floats) -> Floats:
    """Variance of the ln of the days that comes from what will be driven: as a share of the part of
    the gap that is still to come."""
    ahead = np.maximum(days - since[:, None], 1.0)
    walked = usual.wander.a_year * ahead / 365.25 / 3.0
    result: Floats = rate.variance[:, None] + walked + usual.wander.of_mean(ahead)
    return result * (ahead / days) ** 2
