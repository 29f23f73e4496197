"""How much more or less is driven in each month of the year, in the whole fleet. Pure."""

from functools import cache

import numpy as np

from callcenter.outbound.due.history import DAY_ZERO, Floats, Ints

MONTHS = 12
STILL = np.zeros(MONTHS)
"""A year in which each month is like the other."""
DAYS = 36_524
"""The table of days ends with this century."""
WEAK = 5.0
"""Years of driving that must be seen before a month's share counts by half."""


@cache
def _days_of_months() -> Floats:
    """Of each day of the table: how many days of each month lie before it."""
    days = np.datetime64(DAY_ZERO) + np.arange(DAYS)
    month = days.astype("datetime64[M]").astype(int) % MONTHS
    table = np.zeros((DAYS + 1, MONTHS))
    table[1:] = np.cumsum(np.eye(MONTHS)[month], axis=0)
    return table


def parts(begin: Ints, end: Ints) -> Floats:
    """Which part of the days from `begin` to `end` lies in each month."""
    table = _days_of_months()
    begin, end = np.clip(begin, 0, DAYS - 1), np.clip(end, 1, DAYS)
    lying: Floats = (table[end] - table[begin]) / np.maximum(end - begin, 1)[..., None]
    return lying


def mean_over(season: Floats, begin: Ints, end: Ints) -> Floats:
    """The mean of `season`, the ln of each month's share, over these days."""
    table = _days_of_months() @ season
    begin, end = np.clip(begin, 0, DAYS - 1), np.clip(end, 1, DAYS)
    result: Floats = (table[end] - table[begin]) / np.maximum(end - begin, 1)
    return result


def season_of(begin: Ints, end: Ints, off: Floats) -> Floats:
    """The ln of each month's share, from how far the ln of rates between two days was `off` the
    car's own mean: least squares, drawn to none (ridge); its mean over a year is 0."""
    if off.size == 0:
        return STILL
    lying = parts(begin, end)
    weight = np.minimum(end - begin, 200.0) / 365.25
    off = np.clip(off, *np.quantile(off, [0.02, 0.98]))
    normal = (lying * weight[:, None]).T @ lying + WEAK * np.eye(MONTHS)
    found: Floats = np.linalg.solve(normal, (lying * weight[:, None]).T @ off)
    centred: Floats = found - found.mean()
    return centred


def days_driven(season: Floats, begin: Ints, days: Floats) -> Floats:
    """How long what would take so many days of a usual month takes from `begin` on."""
    taken = days
    for _ in range(3):
        end = begin + np.maximum(np.minimum(taken, 7_300.0).astype(np.int64), 1)
        taken = days * np.exp(-mean_over(season, begin, end))
    return taken
