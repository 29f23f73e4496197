"""How likely an owner still comes to us: "due" told from "lost". Pure.

Before each service he may have left, with a chance that grows with the car's age; if he has not,
the next visit comes after a gamma gap, or after two where one service was done elsewhere. The
longer the silence beyond what is usual for him, the likelier he has left. Gamma instead of
exponential gaps for buyers who come regularly: M. Platzer, T. Reutterer, Ticking Away the Moments:
Timing Regularity Helps to Better Predict Customer Activity, Marketing Science 35(5), 2016.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincc

from callcenter.outbound.due.expected import Expected
from callcenter.outbound.due.history import DELIVERY, Floats, Histories, Ints

AGES = np.array([1.5, 3.0, 5.0])
"""Years at which the chance of leaving changes: the warranty and its end."""
USUAL_LEAVING = np.array([0.04, 0.06, 0.1, 0.1])
"""Of a fleet without a history."""
COUNTS_AS = 40.0
LONG_AGO = 2.3
"""After so many of his usual gaps without a visit an owner is taken as gone when chances are
learnt."""
LEAST_SHAPE, MOST_SHAPE = 1.0, 60.0


@dataclass(frozen=True)
class Leaving:
    """The chance of leaving behind a service, by the car's age at it; and how often a gap hides a
    service that is not on record."""

    by_age: Floats
    hidden: float


def still_ours(cars: Histories, seen: Expected, leaving: Leaving, today: int) -> Floats:
    """Of each car, as of the day `today`."""
    silent = np.maximum(today - seen.base_day, 0)
    heard = np.maximum(last_visit(cars) - seen.base_day, 0)
    leaves = leaving.by_age[_age_class(cars, seen.base_day)]
    # Whoever came with a repair after his last service was ours until then.
    stays = (1.0 - leaves) * _silence(seen, leaving.hidden, silent)
    stays = stays / np.maximum(_silence(seen, leaving.hidden, heard), 1e-9)
    result: Floats = np.where(
        silent > heard, stays / np.maximum(stays + leaves, 1e-12), 1.0 - leaves
    )
    return result


def leaving_of(cars: Histories, seen: Expected, hidden: float, today: int) -> Leaving:
    """From services long enough ago: nobody who is still ours would have been silent since."""
    usual = seen.days(0.5)
    long_ago = seen.known & (today - seen.base_day > LONG_AGO * usual)
    heard = last_visit(cars) > seen.base_day + 0.5 * usual
    gone = long_ago & ~heard
    age = _age_class(cars, seen.base_day)
    left = np.bincount(age[gone], minlength=AGES.size + 1)
    stayed = _services_by_age(cars)
    chance = (left + USUAL_LEAVING * COUNTS_AS) / (stayed + left + COUNTS_AS)
    return Leaving(np.clip(chance, 0.005, 0.6), hidden)


def last_visit(cars: Histories) -> Ints:
    """The day of each car's last visit of any kind, else of its delivery; 0 for none."""
    result: Ints = np.where(cars.used, cars.day, 0).max(axis=1)
    return result


def _silence(seen: Expected, hidden: float, days: Ints) -> Floats:
    """How likely an owner who is ours has been silent so long: gamma gaps with the mean and the
    variance of what is expected of him."""
    variance = np.exp(seen.spread**2)
    mean = (seen.part * np.exp(seen.log_days + seen.spread**2 / 2.0)).sum(axis=1)
    square = (seen.part * np.exp(2.0 * seen.log_days) * variance**2).sum(axis=1)
    shape = np.clip(mean**2 / np.maximum(square - mean**2, 1e-9), LEAST_SHAPE, MOST_SHAPE)
    scaled = days * shape / mean
    result: Floats = (1.0 - hidden) * gammaincc(shape, scaled)
    result += hidden * gammaincc(2.0 * shape, scaled)
    return result


def _age_class(cars: Histories, day: Ints) -> Ints:
    began = np.where(cars.kind[:, 0] >= 0, cars.day[:, 0], day)
    result: Ints = np.searchsorted(AGES, (day - began) / 365.25)
    return result


def _services_by_age(cars: Histories) -> Ints:
    """Services (and deliveries) that were followed by another, by the car's age at them."""
    followed = np.zeros(AGES.size + 1, np.int64)
    service = cars.service & (cars.kind >= 0)
    behind: Ints = np.flip(np.cumsum(np.flip(service, axis=1), axis=1), axis=1) - service
    for at in range(cars.day.shape[1]):
        on = service[:, at] & (behind[:, at] > 0) & (cars.kind[:, 0] == DELIVERY)
        age = np.searchsorted(AGES, (cars.day[on, at] - cars.day[on, 0]) / 365.25)
        followed += np.bincount(age, minlength=AGES.size + 1)
    return followed
