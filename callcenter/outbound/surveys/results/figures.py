"""Shares, means and scores with their 95 % confidence intervals. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from scipy.special import stdtrit

Z = 1.959963984540054
"""The 97.5 % point of the normal distribution."""
CONFIDENT = 0.975


@dataclass(frozen=True)
class Interval:
    """An estimate, and between which values the truth lies; no bounds where too few have said
    anything."""

    value: float
    low: float | None
    high: float | None


def wilson(hits: int, n: int) -> Interval:
    """A share (0 to 1) with the score interval of Wilson (1927, JASA 22:209-212).

    It stays within 0 and 1 and keeps its coverage for few answers and for shares near the ends
    (Brown, Cai, DasGupta 2001, Statistical Science 16:101-133).
    """
    if n == 0:
        return Interval(0.0, None, None)
    share, spread = hits / n, Z * Z / n
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * sqrt(share * (1 - share) / n + spread / (4 * n))
    # At the ends the formula gives 0 and 1; floating point gives nearly that.
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    high = 1.0 if hits == n else min(1.0, middle + half)
    return Interval(share, low, high)


def mean(counts: Mapping[float, int], bounds: tuple[float, float] | None = None) -> Interval | None:
    """The mean of values with how often each was given, by Student's t: m ± t(n-1) s / sqrt(n)
    (Student 1908, Biometrika 6:1-25); kept within `bounds` of the scale. None for no values."""
    n = sum(counts.values())
    if n == 0:
        return None
    middle = sum(value * times for value, times in counts.items()) / n
    if n == 1:
        return Interval(middle, None, None)
    squares = sum(times * (value - middle) ** 2 for value, times in counts.items())
    half = float(stdtrit(n - 1, CONFIDENT)) * sqrt(squares / (n - 1) / n)
    low, high = bounds or (float("-inf"), float("inf"))
    return Interval(middle, max(low, middle - half), min(high, middle + half))


def median(counts: Mapping[float, int]) -> float | None:
    """The middle value; of an even number the mean of the two in the middle."""
    n = sum(counts.values())
    if n == 0:
        return None
    return (_nth(counts, (n - 1) // 2) + _nth(counts, n // 2)) / 2


def _nth(counts: Mapping[float, int], place: int) -> float:
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if place < passed:
            return value
    raise IndexError(place)


def nps(counts: Mapping[float, int]) -> Interval | None:
    """The net promoter score, -100 to 100: share of 9 and 10 less share of 0 to 6 (Reichheld 2003,
    HBR 81(12):46-54). None for no answers.

    The interval is that of the difference of two cells of one multinomial, with half an answer
    added to each of the cells of a two by two table, which is one to the passives here (Agresti,
    Min 2005, Statistics in Medicine 24:729-740): it does not shrink to nothing when all agree.
    """
    n = sum(counts.values())
    if n == 0:
        return None
    promoters = sum(times for score, times in counts.items() if score >= 9)
    detractors = sum(times for score, times in counts.items() if score <= 6)
    up, down = (promoters + 0.5) / (n + 2), (detractors + 0.5) / (n + 2)
    half = Z * sqrt((up + down - (up - down) ** 2) / (n + 2))
    low, high = max(-1.0, up - down - half), min(1.0, up - down + half)
    return Interval(100 * (promoters - detractors) / n, 100 * low, 100 * high)


def satisfied(counts: Mapping[float, int], at_least: int) -> Interval | None:
    """The share of those who gave at least this score, by Wilson: CSAT counts 4 and 5 of 5, CES 5
    to 7 of 7 (Dixon, Freeman, Toman 2010, HBR 88(7):116-122, in the 7-point form of 2013)."""
    n = sum(counts.values())
    if n == 0:
        return None
    return wilson(sum(times for score, times in counts.items() if score >= at_least), n)
