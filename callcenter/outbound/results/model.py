"""Whether a campaign has helped: rates of two arms, their difference with its interval, what an
effect has cost, and whether the arms were alike before. Pure.

By intention to treat: an owner counts once, in his first run, for the arm he was drawn into,
whatever became of his touches. Anything else would compare those who could be reached with
everybody; and who is in a later run depends on what the first has done.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import inf, sqrt

Z_95 = 1.959963984540054
LEAST_MEMBERS = 30
"""Of each arm, below which nothing is said."""
LEAST_EFFECTS = 5
"""Over both arms, below which nothing is said."""
GOOD = 0.75
"""Who has said how it was is satisfied from here on, 0 to 1 from the worst to the best of a scale:
four of five stars, seven and a half of NPS's ten; several answers of one owner by their mean."""
ALIKE = 0.1
"""A standardised difference below this is taken as none."""


class Effect(StrEnum):
    """What is counted, within so many days of the beginning of the owner's first run. Satisfied: of
    those who have said how it was; who is asked more often would else be the happier."""

    BOOKED = "booked"
    CAME_BACK = "came_back"
    SATISFIED = "satisfied"
    COMPLAINED = "complained"


class Verdict(StrEnum):
    """What the numbers say."""

    TOO_FEW = "too_few"
    NO_HOLD_OUT = "no_hold_out"
    MORE = "more"
    FEWER = "fewer"
    NOT_CLEAR = "not_clear"


@dataclass(frozen=True)
class Count:
    """How many of an arm, and how many of them with the effect."""

    members: int
    effects: int

    @property
    def rate(self) -> float:
        """Their share; 0 of nobody."""
        return self.effects / self.members if self.members else 0.0


@dataclass(frozen=True)
class Uplift:
    """The rate of the treated less that of the held out, with its 95 % interval; in shares."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class EffectCost:
    """Money for one effect more than there would have been; `high` is None when there may have been
    none more."""

    value: Decimal
    low: Decimal
    high: Decimal | None


def wilson(count: Count, z: float = Z_95) -> tuple[float, float]:
    """The interval of one rate (E. B. Wilson, Probable Inference, 1927)."""
    if count.members == 0:
        return 0.0, 1.0
    n, p = count.members, count.rate
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def uplift(treated: Count, held_out: Count) -> Uplift:
    """R. G. Newcombe, Interval estimation for the difference between independent proportions:
    comparison of eleven methods, 1998, method 10: two Wilson intervals squared and added. It holds
    for few effects and for rates near 0, where the usual one claims too much."""
    low_t, high_t = wilson(treated)
    low_h, high_h = wilson(held_out)
    value = treated.rate - held_out.rate
    below = sqrt((treated.rate - low_t) ** 2 + (high_h - held_out.rate) ** 2)
    above = sqrt((high_t - treated.rate) ** 2 + (held_out.rate - low_h) ** 2)
    return Uplift(value, max(value - below, -1.0), min(value + above, 1.0))


@dataclass(frozen=True)
class Missing:
    """How many more are needed of each arm, and with the effect, before anything may be said."""

    treated: int
    held_out: int
    effects: int

    @property
    def any(self) -> bool:
        """Whether something is."""
        return self.treated + self.held_out + self.effects > 0


def missing(treated: Count, held_out: Count) -> Missing:
    """Against the least that is asked for."""
    return Missing(
        max(LEAST_MEMBERS - treated.members, 0),
        max(LEAST_MEMBERS - held_out.members, 0),
        max(LEAST_EFFECTS - treated.effects - held_out.effects, 0),
    )


def verdict(treated: Count, held_out: Count, drawn: int | None = None) -> Verdict:
    """What may be said of the two. `drawn`: how many are held out, where not all of them count."""
    if (held_out.members if drawn is None else drawn) == 0:
        return Verdict.NO_HOLD_OUT
    if missing(treated, held_out).any:
        return Verdict.TOO_FEW
    found = uplift(treated, held_out)
    if found.low > 0:
        return Verdict.MORE
    return Verdict.FEWER if found.high < 0 else Verdict.NOT_CLEAR


def effect_cost(cost: Decimal, treated: int, found: Uplift) -> EffectCost | None:
    """What one effect more has cost; None when there were none more. The interval is that of the
    uplift: the cost is known."""
    if treated == 0 or found.value <= 0:
        return None
    each = cost / treated

    def of(share: float) -> Decimal:
        return (each / Decimal(repr(share))).quantize(Decimal("0.01"))

    high = of(found.low) if found.low > 0 else None
    return EffectCost(of(found.value), of(found.high), high)


@dataclass(frozen=True)
class Moments:
    """Of one mark of an arm's members before the run: how many, their mean and variance."""

    members: int
    mean: float
    variance: float


def standardised_difference(treated: Moments, held_out: Moments) -> float:
    """The difference of the means in standard deviations (P. C. Austin, Balance diagnostics for
    comparing the distribution of baseline covariates, 2009); infinite where neither varies."""
    off = treated.mean - held_out.mean
    spread = sqrt((treated.variance + held_out.variance) / 2)
    if spread == 0:
        return 0.0 if off == 0 else inf if off > 0 else -inf
    return off / spread


def unlike(differences: Sequence[float], members: int) -> bool:
    """Whether any mark differs by more than chance alone leaves between arms of this size."""
    by_chance = 3.0 / sqrt(max(members, 1))
    return any(abs(one) > max(ALIKE, by_chance) for one in differences)
