"""Uplift and its interval: against scipy, against planted effects, and what may not be said."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from callcenter.outbound.results.model import (
    Count,
    Moments,
    Uplift,
    Verdict,
    effect_cost,
    standardised_difference,
    uplift,
    verdict,
    wilson,
)

counts = st.integers(1, 5_000).flatmap(lambda n: st.builds(Count, st.just(n), st.integers(0, n)))


@given(counts)
def test_the_interval_of_one_rate_is_that_of_scipy(count: Count) -> None:
    theirs = binomtest(count.effects, count.members).proportion_ci(0.95, method="wilson")
    assert wilson(count) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@given(counts, counts)
def test_the_difference_lies_in_its_interval_and_turns_round_with_the_arms(
    one: Count, other: Count
) -> None:
    there, back = uplift(one, other), uplift(other, one)
    assert -1 <= there.low <= there.value <= there.high <= 1
    assert (back.low, back.value, back.high) == pytest.approx(
        (-there.high, -there.value, -there.low)
    )


def test_it_is_the_published_one() -> None:
    """R. G. Newcombe, 1998, table II, cases (a) and (h), method 10."""
    found = uplift(Count(70, 56), Count(80, 48))
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    found = uplift(Count(10, 10), Count(20, 0))
    assert (found.low, found.high) == pytest.approx((0.6791, 1.0), abs=5e-5)


def wald(treated: Count, held_out: Count) -> Uplift:
    """The usual interval, which claims too much where effects are few."""
    p, q = treated.rate, held_out.rate
    half = 1.96 * (p * (1 - p) / treated.members + q * (1 - q) / held_out.members) ** 0.5
    return Uplift(p - q, p - q - half, p - q + half)


@pytest.mark.parametrize(
    "interval",
    [
        uplift,
        pytest.param(wald, marks=pytest.mark.xfail(strict=True, raises=AssertionError)),
    ],
)
def test_the_planted_effect_is_covered(interval) -> None:  # type: ignore[no-untyped-def]
    chance = np.random.default_rng(6)
    covered = []
    for _ in range(2_000):
        held = int(chance.integers(40, 120))
        treated, base, more = held * 9, chance.uniform(0.005, 0.05), chance.uniform(0, 0.04)
        found = interval(
            Count(treated, int(chance.binomial(treated, base + more))),
            Count(held, int(chance.binomial(held, base))),
        )
        covered.append(found.low <= more <= found.high)
    assert np.mean(covered) >= 0.945


def test_what_may_be_said() -> None:
    assert verdict(Count(900, 90), Count(0, 0)) is Verdict.NO_HOLD_OUT
    assert verdict(Count(900, 90), Count(20, 0)) is Verdict.TOO_FEW
    assert verdict(Count(900, 2), Count(100, 1)) is Verdict.TOO_FEW
    assert verdict(Count(9_000, 1_800), Count(1_000, 100)) is Verdict.MORE
    assert verdict(Count(9_000, 450), Count(1_000, 100)) is Verdict.FEWER
    assert verdict(Count(900, 90), Count(100, 10)) is Verdict.NOT_CLEAR


def test_what_one_effect_more_has_cost() -> None:
    cost = effect_cost(Decimal(100), 1_000, Uplift(0.05, 0.02, 0.08))
    assert cost is not None
    assert (cost.value, cost.low, cost.high) == (Decimal("2.00"), Decimal("1.25"), Decimal("5.00"))
    open_end = effect_cost(Decimal(100), 1_000, Uplift(0.05, -0.01, 0.1))
    assert open_end is not None
    assert open_end.high is None
    assert effect_cost(Decimal(100), 1_000, Uplift(-0.01, -0.02, 0.01)) is None


def test_unlike_arms_are_seen() -> None:
    assert standardised_difference(Moments(90, 2.0, 1.0), Moments(10, 1.5, 1.0)) == 0.5
    assert standardised_difference(Moments(9, 1.0, 0.0), Moments(9, 1.0, 0.0)) == 0.0
