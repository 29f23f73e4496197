"""The binomial look-ahead: how many of those who answer would find no agent. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import lgamma

import numpy as np

Chances = np.ndarray[tuple[int], np.dtype[np.float64]]

MOST_AT_ONCE = 30


@dataclass(frozen=True)
class Some:
    """So many, of whom each does it with this chance. Of all who have this mean chance, those alike
    scatter most (Hoeffding 1956): the mean of different chances errs to the safe side."""

    count: int
    chance: float

    @classmethod
    def of(cls, chances: Sequence[float]) -> "Some":
        """Of those with these chances."""
        return cls(len(chances), sum(chances) / len(chances) if chances else 0.0)

    @property
    def expected(self) -> float:
        return self.count * self.chance


def most_dialled(
    agents: int,
    at_work: Sequence[Some],
    ringing: Some,
    rate: float,
    allowed: float,
    *,
    waiting: int = 0,
) -> int:
    """The largest n with E[(X - S)+] / E[X] <= allowed.

    X: those who answer, of the ringing and of n dialled now (each with `rate`), and the `waiting`.
    S: the agents who are free by then; `at_work`: with the chance that they are NOT. With Y = X +
    the agents still at work, X - S is Y - agents.
    """
    chances = _distribution([*at_work, ringing])
    expected = waiting + ringing.expected
    for dialled in range(MOST_AT_ONCE):
        chances = _one_more(chances, rate)
        expected += rate
        if _excess(chances, agents - waiting) > allowed * expected:
            return dialled
    return MOST_AT_ONCE


def _distribution(groups: Sequence[Some]) -> Chances:
    """Of how many of all these do it."""
    all_of_them = np.ones(1)
    for some in groups:
        if some.count:
            all_of_them = np.convolve(all_of_them, _binomial(some))
    return all_of_them


def _binomial(some: Some) -> Chances:
    chance = min(max(some.chance, 1e-9), 1 - 1e-9)
    done = np.arange(some.count + 1)
    logs = _log_choices(some.count) + done * np.log(chance)
    distribution: Chances = np.exp(logs + (some.count - done) * np.log1p(-chance))
    return distribution


@lru_cache(maxsize=512)
def _log_choices(count: int) -> Chances:
    all_in_order = lgamma(count + 1)
    return np.array(
        [all_in_order - lgamma(k + 1) - lgamma(count - k + 1) for k in range(count + 1)]
    )


def _one_more(chances: Chances, rate: float) -> Chances:
    more = np.empty(len(chances) + 1)
    more[:-1] = chances * (1 - rate)
    more[-1] = 0.0
    more[1:] += chances * rate
    return more


def _excess(chances: Chances, agents: int) -> float:
    """E[(Y - agents)+]."""
    first = max(agents + 1, 0)
    over = chances[first:]
    return float(over @ np.arange(first - agents, first - agents + len(over)))
