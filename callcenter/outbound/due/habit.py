"""By which clock an owner comes, and how early or late by it. Pure.

Four clocks: the plan (kilometres or months, whichever is first), the kilometres alone, the time
alone, the plan taken loosely. Between two services each has run a share of the plan's interval: 1
is on the day, 0.8 early. Who comes each spring has a share of time that hardly changes; who goes by
the dial, one of kilometres. Which clock is an owner's is weighed by how well it explains his past
gaps (a mixture: G. McLachlan, D. Peel, Finite Mixture Models, 2000), his share by it is shrunk to
that of all (empirical Bayes: C. N. Morris, Parametric Empirical Bayes Inference, 1983).
"""

from dataclasses import dataclass

import numpy as np

from callcenter.outbound.due.history import Floats, Ints

PLAN, DISTANCE, TIME, LOOSE = range(4)
CLOCKS = 4
MOST_HIDDEN = 2
HIDDEN_TELLS = 0.5
"""So much of what a gap with a hidden service says is believed: nobody knows when that one was."""
LONG = 0.47
"""A first service further off the plan, in ln, was not the first, or its reading is wrong."""
CREDIBLE = 2.5
"""Standard deviations up to which a gap counts in full."""


@dataclass(frozen=True)
class Clocks:
    """Of all owners, one value for each clock: how many go by it, the mean of the ln of the share,
    its variance between owners and within one."""

    part: Floats
    mean: Floats
    between: Floats
    within: Floats


@dataclass(frozen=True)
class Habits:
    """`clocks` from the second service on; the first service's mean and variance by the plan; and
    how often a gap hides a service that is not on record."""

    clocks: Clocks
    first_mean: float
    first_variance: float
    hidden: float
    first_of_clock: Floats
    """Mean and variance of the first service by the plan, of those who come by each clock later."""


@dataclass(frozen=True)
class Habit:
    """Of each owner and clock: how likely the clock is his, the ln of his share with its variance;
    from so many gaps. `folded`: each gap's ln of the share, without what it hid."""

    part: Floats
    log: Floats
    variance: Floats
    gaps: Ints
    folded: Floats
    hides: Floats


def habit(log_share: Floats, first: Floats, habits: Habits) -> Habit:
    """`log_share`: owners x places x clocks, nan where no regular gap ends. Gap by gap; one that is
    twice or three times as long as he is used to hid a service or two."""
    rows, places, _ = log_share.shape
    clocks = habits.clocks
    mean = np.full((rows, CLOCKS), clocks.mean, order="F")
    variance = np.full((rows, CLOCKS), clocks.between, order="F")
    weight = np.full((rows, CLOCKS), np.log(clocks.part), order="F")
    weight = weight + _by_first(first, habits)
    folded = np.full(log_share.shape, np.nan, order="F")
    hides = np.zeros(log_share.shape, order="F")
    is_gap = ~np.isnan(log_share[:, :, PLAN])
    for at in range(places):
        told = is_gap[:, at, None]
        off = np.where(told, log_share[:, at] - mean, 0.0)
        hid = np.clip(np.rint(np.exp(off)) - 1.0, 0, MOST_HIDDEN)
        off = (off - np.log1p(hid)) * np.where(hid > 0, HIDDEN_TELLS, 1.0)
        total = variance + clocks.within
        credible = CREDIBLE * np.sqrt(total)
        off = np.clip(off, -credible, credible)
        seen = -0.5 * (off**2 / total + np.log(total)) + hid * np.log(habits.hidden)
        weight = weight + np.where(told, seen, 0.0)
        folded[:, at] = np.where(told, mean + off, np.nan)
        hides[:, at] = np.where(told, hid, 0.0)
        gain = np.where(told, variance / total, 0.0)
        mean = mean + gain * off
        variance = variance * (1.0 - gain)
    weight = np.exp(weight - weight.max(axis=1, keepdims=True))
    part = weight / weight.sum(axis=1, keepdims=True)
    return Habit(part, mean, variance, is_gap.sum(axis=1), folded, hides)


def _by_first(first: Floats, habits: Habits) -> Floats:
    """What the first service, `first` the ln of its share of the plan, says of each clock."""
    mean, variance = habits.first_of_clock
    told = ~np.isnan(first) & (np.abs(first) < LONG)
    off = np.where(told, first, 0.0)[:, None] - mean
    seen = -0.5 * (np.minimum(off**2 / variance, CREDIBLE**2) + np.log(variance))
    result: Floats = np.where(told[:, None], seen, 0.0)
    return result
