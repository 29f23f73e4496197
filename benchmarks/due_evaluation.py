"""How good due dates are against the truth of a made fleet, beside two rules of thumb.

By rolling origin: on each origin all is known that was on record until then, nothing later. Asked
are the cars whose last service or delivery on record is of the month before, since they are scored
then; the answer is the next service, wherever it was done. Who had left by the origin is not asked.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.made_fleet import DAYS, MODELS, Fleet
from callcenter.outbound.due.expected import expected
from callcenter.outbound.due.history import Histories, histories
from callcenter.outbound.due.intervals import Interval, Intervals, ServicePlans, intervals
from callcenter.outbound.due.score import learn, score

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EVERY = 30
FIRST_ORIGIN, LAST_ORIGIN = DAYS - 900, DAYS - 420
NEVER = 10**6
QUANTILES = (0.1, 0.5, 0.9)
PLANS = ServicePlans(
    by_model={
        name: Interval(km=km, months=months, first_km=first_km, first_months=first_months)
        for name, _, km, months, first_km, first_months, _ in MODELS
    }
)


@dataclass(frozen=True)
class Asked:
    """One line for each car and origin: days from the last service to the next, as they were, and
    as each rule said. `on_record`: that next service is on record; `gaps`: so many between services
    were known; `base`: the day of the last service."""

    true: Floats
    on_record: NDArray[np.bool_]
    p10: Floats
    p50: Floats
    p90: Floats
    fixed: Floats
    mean_gap: Floats
    last_two: Floats
    gaps: Ints
    base: Floats


def known(fleet: Fleet, until: int) -> Histories:
    """What is on record up to this day."""
    visits = fleet.visits
    on = visits.day <= until
    return histories(
        delivered=np.where(fleet.delivered <= until, fleet.delivered, -1),
        model=fleet.model + 1,
        region=fleet.region + 1,
        car=visits.car[on],
        day=visits.day[on],
        km=visits.km[on],
        kind=visits.kind[on],
    )


def plan_of(fleet: Fleet) -> Intervals:
    """The plan of each car."""
    return intervals(PLANS, [(MODELS[model][0], MODELS[model][1]) for model in fleet.model])


def ask(fleet: Fleet, every: int = EVERY) -> Asked:
    """All origins; the model learns anew at each of them."""
    plan = plan_of(fleet)
    parts = [_at(fleet, plan, origin, every) for origin in range(FIRST_ORIGIN, LAST_ORIGIN, every)]
    names = Asked.__dataclass_fields__
    return Asked(**{name: np.concatenate([part[name] for part in parts]) for name in names})


def _at(fleet: Fleet, plan: Intervals, origin: int, every: int) -> dict[str, NDArray[np.generic]]:
    cars = known(fleet, origin)
    regions = [str(region) for region in range(int(fleet.region.max()) + 1)]
    usual = learn(cars, plan, models=[row[0] for row in MODELS], regions=regions, today=origin)
    scores = score(cars, plan, usual, origin)
    seen = expected(cars, plan, usual.usual)
    following, here = next_service(fleet, origin)
    on = seen.known & (seen.base_day > origin - every) & (following < NEVER)
    on &= fleet.lost_on > origin
    base = seen.base_day
    time = np.where(seen.first, plan.first_days, plan.days)
    km = np.where(seen.first, plan.first_km, plan.km)
    told = {
        "true": following - base,
        "p10": scores.p10 - base,
        "p50": scores.p50 - base,
        "p90": scores.p90 - base,
        "fixed": time,
        "mean_gap": _mean_gap(cars, time),
        "last_two": last_two(cars, km, time),
    }
    # Nobody says of a day that has passed that the car will come on it.
    columns = {
        name: np.maximum(days, origin - base)[on].astype(float) for name, days in told.items()
    }
    return {
        **columns,
        "on_record": here[on],
        "gaps": seen.habit.gaps[on],
        "base": base[on].astype(float),
    }


def next_service(fleet: Fleet, origin: int) -> tuple[Ints, NDArray[np.bool_]]:
    """The day of each car's next service after the origin, NEVER for none, and whether it is on
    record."""
    following = np.full(fleet.model.size, NEVER)
    later = np.flatnonzero(fleet.service_day > origin)[::-1]
    here = np.zeros(fleet.model.size, bool)
    following[fleet.service_car[later]] = fleet.service_day[later]
    here[fleet.service_car[later]] = fleet.service_here[later]
    return following, here


def last_two(cars: Histories, km: Floats, days: Floats) -> Floats:
    """As service desks do it: the slope between the last two readings, the interval at that rate,
    or its months if these are over first; the months where the slope says nothing."""
    read = cars.used & ~np.isnan(cars.km)
    last, before = _from_end(read, 1), _from_end(read, 2)
    each = np.arange(read.shape[0])
    over = cars.day[each, last] - cars.day[each, before]
    run = cars.km[each, last] - cars.km[each, before]
    rate = np.where((over > 0) & (read.sum(axis=1) >= 2), run / np.maximum(over, 1), np.nan)
    told = (rate > 0) & (rate < 1_000)
    return np.where(told, np.minimum(km / np.where(told, rate, 1.0), days), days)


def _mean_gap(cars: Histories, days: Floats) -> Floats:
    """The mean of the gaps between services so far; the plan's months before there is one."""
    service = cars.service
    many = service.sum(axis=1)
    first, last = np.argmax(service, axis=1), _from_end(service, 1)
    each = np.arange(service.shape[0])
    span = cars.day[each, last] - cars.day[each, first]
    return np.where(many >= 2, span / np.maximum(many - 1, 1), days)


def _from_end(marked: NDArray[np.bool_], nth: int) -> Ints:
    behind = np.cumsum(marked[:, ::-1], axis=1)
    result: Ints = marked.shape[1] - 1 - np.argmax(behind == nth, axis=1)
    return result


def mean_error(said: Floats, true: Floats) -> float:
    """In days."""
    return float(np.abs(said - true).mean())


def within(said: Floats, true: Floats, days: float) -> float:
    """The share that came within so many days of what was said."""
    return float((np.abs(said - true) <= days).mean())


def pinball(said: Floats, true: Floats, level: float) -> float:
    """Mean loss of a quantile (R. Koenker, G. Bassett, Regression Quantiles, 1978)."""
    off = true - said
    return float(np.maximum(level * off, (level - 1.0) * off).mean())


def concordance(said: Floats, days: Floats, came: NDArray[np.bool_]) -> float:
    """Of pairs whose order is known, the share that was said in that order (F. E. Harrell et al.,
    Evaluating the yield of medical tests, 1982); who has not come yet is known to come later."""
    right = pairs = 0.0
    for at in np.flatnonzero(came):
        later = days > days[at]
        pairs += float(later.sum())
        right += float((said[later] > said[at]).sum()) + 0.5 * float(
            (said[later] == said[at]).sum()
        )
    return right / pairs if pairs else float("nan")
