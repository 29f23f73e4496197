"""What is usual in a fleet, learnt from the fleet itself (empirical Bayes). Pure."""

from dataclasses import replace

import numpy as np
from scipy.optimize import minimize

from callcenter.outbound.due.expected import Usual
from callcenter.outbound.due.gaps import Gaps, gaps
from callcenter.outbound.due.habit import CLOCKS, LONG, PLAN, TIME, Clocks, Habit, Habits, habit
from callcenter.outbound.due.history import Floats, Histories, Ints
from callcenter.outbound.due.intervals import Intervals
from callcenter.outbound.due.rate import Steps, Wander, rates, steps, surprise
from callcenter.outbound.due.readings import believed
from callcenter.outbound.due.season import STILL, season_of

PLACE_COUNTS_AS = 15.0
"""Cars: what a model or a region, and their cell, are shrunk by."""
BEFORE_ANY = Usual(
    log_rate=np.full((1, 1), np.log(35.0)),
    spread=0.5,
    wander=Wander(a_year=0.04, noise=0.02, noise_day=3.0),
    season=STILL,
    habits=Habits(
        clocks=Clocks(
            part=np.array([0.5, 0.15, 0.15, 0.2]),
            mean=np.array([0.0, 0.0, 0.0, 0.2]),
            between=np.array([0.005, 0.05, 0.15, 0.05]),
            within=np.array([0.02, 0.03, 0.01, 0.06]),
        ),
        first_mean=0.05,
        first_variance=0.06,
        hidden=0.1,
        first_of_clock=np.array([[0.05] * CLOCKS, [0.06] * CLOCKS]),
    ),
)
"""Of a fleet without a history: about 35 km a day, services a little late."""
LEAST = 60
"""Fewer cars than this teach nothing."""
ROUNDS = 12
TRIES = 70
ENOUGH = 10_000
"""Cars: what is learnt by many rounds is learnt from about so many."""


def usual_of(cars: Histories, plan: Intervals, models: int, regions: int) -> Usual:
    """Rates first, then habits by them."""
    good = believed(cars)
    seen = steps(cars, good)
    usual = replace(BEFORE_ANY, log_rate=np.full((models, regions), BEFORE_ANY.log_rate[0, 0]))
    if int((~np.isnan(seen.days)).any(axis=1).sum()) < LEAST:
        return usual
    season = _season(seen)
    seen = seen.without(season)
    log_rate, spread = _by_place(cars, seen, models, regions)
    wander = _wander(seen, log_rate[cars.model, cars.region], spread)
    rate = rates(seen, log_rate[cars.model, cars.region], spread, wander)
    habits = _habits(gaps(cars, good, rate.along, plan))
    return Usual(log_rate, spread, wander, season, habits)


def _season(seen: Steps) -> Floats:
    """From cars of three steps and more."""
    days = np.nansum(seen.days, axis=1)
    own = np.nansum(seen.log_rate * seen.days, axis=1) / np.maximum(days, 1.0)
    known = ~np.isnan(seen.days)
    told = known & (known.sum(axis=1, keepdims=True) >= 3)
    off, end = (seen.log_rate - own[:, None])[told], seen.end[told]
    return season_of(end - seen.days[told].astype(np.int64), end, off)


def _by_place(cars: Histories, seen: Steps, models: int, regions: int) -> tuple[Floats, float]:
    """ln(km a day) by model and region, and the variance of cars about it."""
    days = np.nansum(seen.days, axis=1)
    told = days > 0
    model, region = cars.model[told], cars.region[told]
    own = np.nansum(seen.log_rate * seen.days, axis=1)[told] / days[told]
    mean = float(own.mean())
    by_model = _shrunk(own - mean, model, models)
    rest = own - mean - by_model[model]
    by_region = _shrunk(rest, region, regions)
    rest = rest - by_region[region]
    cell = _shrunk(rest, model * regions + region, models * regions)
    rest = rest - cell[model * regions + region]
    usual = mean + by_model[:, None] + by_region[None, :] + cell.reshape(models, regions)
    return usual, max(float((rest**2).mean()) * 0.9, 0.02)


def _shrunk(values: Floats, group: Ints, groups: int) -> Floats:
    total = np.bincount(group, values, minlength=groups)
    result: Floats = total / (np.bincount(group, minlength=groups) + PLACE_COUNTS_AS)
    return result


def _wander(seen: Steps, usual: Floats, spread: float) -> Wander:
    """What makes each rate least surprising by those before it (maximum likelihood)."""
    some = _enough(np.flatnonzero((~np.isnan(seen.days)).any(axis=1)))
    seen, usual = seen.of(some), usual[some]

    def cost(logs: Floats) -> float:
        return surprise(seen, usual, spread, Wander(*np.exp(logs)))

    begin = BEFORE_ANY.wander
    found = minimize(
        cost,
        np.log([begin.a_year, begin.noise, begin.noise_day]),
        method="Nelder-Mead",
        options={"maxfev": TRIES},
    )
    return Wander(*(float(one) for one in np.exp(np.clip(found.x, -8.0, 4.0))))


def _habits(seen: Gaps) -> Habits:
    """By expectation and maximisation over the clocks; owners of two gaps or more teach."""
    habits = BEFORE_ANY.habits
    firsts = seen.first[~np.isnan(seen.first)]
    firsts = firsts[firsts < LONG]
    if firsts.size >= LEAST:
        variance = max(float(firsts.var()), 0.002)
        habits = replace(habits, first_mean=float(np.median(firsts)), first_variance=variance)
    many = (~np.isnan(seen.regular[:, :, PLAN])).sum(axis=1)
    if int((many >= 2).sum()) < LEAST:
        return habits
    teach = _enough(np.flatnonzero(many >= 2))
    regular, first = np.asfortranarray(seen.regular[teach]), seen.first_share[teach]
    for _ in range(ROUNDS):
        own = habit(regular, first, habits)
        habits = replace(_learnt(habits, own), first_of_clock=_firsts(first, own.part))
    return habits


def _firsts(first: Floats, part: Floats) -> Floats:
    """Mean and variance of the first service of those who come by each clock."""
    told = ~np.isnan(first) & (np.abs(first) < LONG)
    weight, value = part[told] + 1e-6, first[told][:, None]
    mean = (weight * value).sum(axis=0) / weight.sum(axis=0)
    variance = (weight * (value - mean) ** 2).sum(axis=0) / weight.sum(axis=0)
    return np.stack([mean, np.maximum(variance, 0.002)])


def _enough(cars: Ints) -> Ints:
    return cars[:: max(cars.size // ENOUGH, 1)]


def _learnt(habits: Habits, own: Habit) -> Habits:
    """One-way analysis of variance of each clock, weighted by how likely it is each owner's (S. R.
    Searle, G. Casella, C. E. McCulloch, Variance Components, 1992, section 3.6)."""
    part, mean, between, within = np.empty((4, CLOCKS))
    many = own.gaps.astype(float)
    for clock in range(CLOCKS):
        weight, folded = own.part[:, clock], own.folded[:, :, clock]
        each = np.nansum(folded, axis=1) / many
        gaps_told = float((weight * many).sum())
        centre = float((weight * each * many).sum()) / gaps_told
        inside = np.nansum((folded - each[:, None]) ** 2, axis=1)
        inner = float((weight * inside).sum()) / float((weight * (many - 1.0)).sum())
        about = float((weight * (each - centre) ** 2).sum()) / float(weight.sum())
        part[clock], mean[clock] = float(weight.mean()), centre
        within[clock] = max(inner, 0.001)
        between[clock] = max(about - inner * float((weight / many).sum() / weight.sum()), 0.002)
    hides = float((own.part[:, None, :] * own.hides).sum() / many.sum())
    # Who comes by the calendar hardly errs. Learnt freely, this clock would become that of all who
    # drive much alike, and tell nobody's calendar.
    usual = BEFORE_ANY.habits.clocks
    for learnt, given in ((mean, usual.mean), (between, usual.between), (within, usual.within)):
        learnt[TIME] = given[TIME]
    clocks = Clocks(np.maximum(part, 0.02), mean, between, within)
    return replace(habits, clocks=clocks, hidden=min(max(hides, 0.01), 0.4))
