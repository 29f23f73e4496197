"""How far a car is driven a day, from readings that are believed. Pure.

The logarithm of the rate is a local level (a random walk seen through noise: J. Durbin, S. J.
Koopman, Time Series Analysis by State Space Methods, 2nd ed., 2012, chapter 2) that begins at what
is usual for model and region; a step that is too far off counts only as far as is credible
(P. J. Huber, Robust Estimation of a Location Parameter, 1964).
"""

from dataclasses import dataclass, replace

import numpy as np

from callcenter.outbound.due.history import Bools, Floats, Histories, Ints
from callcenter.outbound.due.readings import Believed
from callcenter.outbound.due.season import mean_over

LEAST_DAYS = 14
"""Readings nearer together say little of a rate: the next one is waited for."""
CREDIBLE = 3.5
"""Standard deviations up to which a step counts in full."""
LEAST_KM_A_DAY = 0.3
HUBER = 2.0


@dataclass(frozen=True)
class Wander:
    """Variances of the logarithm of a rate: of a year's walk, and of a stretch's mean about it,
    `noise` + `noise_day` / days."""

    a_year: float
    noise: float
    noise_day: float

    def of_mean(self, days: Floats) -> Floats:
        """Of the mean over so many days."""
        return self.noise + self.noise_day / np.maximum(days, 1.0)


@dataclass(frozen=True)
class Steps:
    """Rates between readings: ln(km a day) at the reading that ends each, over how many days, and
    the day it ends on; nan where none ends."""

    log_rate: Floats
    days: Floats
    end: Ints

    def of(self, cars: Ints) -> "Steps":
        """Those of some of the cars."""
        return Steps(
            np.asfortranarray(self.log_rate[cars]),
            np.asfortranarray(self.days[cars]),
            np.asfortranarray(self.end[cars]),
        )

    def without(self, season: Floats) -> "Steps":
        """As they would be without the season."""
        begin = self.end - np.nan_to_num(self.days).astype(np.int64)
        return replace(self, log_rate=self.log_rate - mean_over(season, begin, self.end))


@dataclass(frozen=True)
class Rates:
    """ln(km a day) and its variance, behind the last reading; `along`: behind each reading."""

    log: Floats
    variance: Floats
    along: Floats


def steps(cars: Histories, good: Believed) -> Steps:
    """From each believed reading to the next one that is far enough behind it."""
    rows, places = cars.day.shape
    log_rate = np.full((rows, places), np.nan, order="F")
    over = log_rate.copy(order="F")
    day, km = np.zeros(rows), np.zeros(rows)
    stretch = np.full(rows, -1)
    for at in range(places):
        here = good.kept[:, at]
        days = cars.day[:, at] - day
        same = here & (good.stretch[:, at] == stretch)
        ends = same & (days >= LEAST_DAYS)
        run = np.maximum(cars.km[:, at] - km, LEAST_KM_A_DAY * days)
        log_rate[ends, at] = np.log(run[ends] / days[ends])
        over[ends, at] = days[ends]
        moved = ends | (here & ~same)
        day = np.where(moved, cars.day[:, at], day)
        km = np.where(moved, cars.km[:, at], km)
        stretch = np.where(moved, good.stretch[:, at], stretch)
    return Steps(log_rate, over, cars.day)


def rates(seen: Steps, usual: Floats, spread: float, wander: Wander) -> Rates:
    """`usual`: ln(km a day) of each car's model and region; `spread`: variance of cars about it."""
    mean = usual.copy()
    variance = np.full(mean.shape, spread)
    along = np.empty(seen.log_rate.shape, order="F")
    for at in range(seen.log_rate.shape[1]):
        is_step: Bools = ~np.isnan(seen.log_rate[:, at])
        days = np.where(is_step, seen.days[:, at], 0.0)
        walked = variance + wander.a_year * days / 365.25
        total = walked + wander.of_mean(days)
        off = np.where(is_step, seen.log_rate[:, at] - mean, 0.0)
        credible = CREDIBLE * np.sqrt(total)
        gain = np.where(is_step, walked / total, 0.0)
        mean = mean + gain * np.clip(off, -credible, credible)
        variance = np.where(is_step, walked * (1.0 - gain), variance)
        along[:, at] = mean
    return Rates(mean, variance, along)


def surprise(seen: Steps, usual: Floats, spread: float, wander: Wander) -> float:
    """Minus the mean log-likelihood of each step by those before it; what is far off costs in
    proportion, not by its square (Huber's loss)."""
    mean, variance = usual.copy(), np.full(usual.shape, spread)
    cost, many = 0.0, 0
    for at in range(seen.log_rate.shape[1]):
        on = np.flatnonzero(~np.isnan(seen.log_rate[:, at]))
        days = seen.days[on, at]
        walked = variance[on] + wander.a_year * days / 365.25
        total = walked + wander.of_mean(days)
        off = seen.log_rate[on, at] - mean[on]
        far = np.abs(off) / np.sqrt(total)
        loss = np.where(far < HUBER, far**2 / 2.0, HUBER * far - HUBER**2 / 2.0)
        cost += float((loss + np.log(total) / 2.0).sum())
        many += on.size
        gain = walked / total
        mean[on] += gain * np.clip(off, -CREDIBLE * np.sqrt(total), CREDIBLE * np.sqrt(total))
        variance[on] = walked * (1.0 - gain)
    return cost / max(many, 1)
