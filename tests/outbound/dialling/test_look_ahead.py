"""The look ahead against every case counted by hand, and what must hold of it always."""

from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.outbound.dialling.look_ahead import MOST_AT_ONCE, Some, most_dialled

SHARES = st.floats(0.05, 0.95)
FEW = st.builds(Some, st.integers(0, 3), SHARES)


def lost_and_answered(
    agents: int, at_work: Some, ringing: Some, rate: float, n: int
) -> list[float]:
    """E[(X - S)+] and E[X], case by case."""
    busy, answers = [at_work.chance] * at_work.count, [ringing.chance] * ringing.count + [rate] * n
    lost = answered = 0.0
    for case in product((0, 1), repeat=len(busy) + len(answers)):
        each = zip(case, [*busy, *answers], strict=True)
        chance = prod(p if yes else 1 - p for yes, p in each)
        x = sum(case[len(busy) :])
        answered += chance * x
        lost += chance * max(x - (agents - sum(case[: len(busy)])), 0)
    return [lost, answered]


@given(free=st.integers(0, 3), at_work=FEW, ringing=FEW, rate=SHARES, allowed=st.floats(0, 0.2))
def test_the_largest_number_whose_loss_is_allowed(
    free: int, at_work: Some, ringing: Some, rate: float, allowed: float
) -> None:
    agents = free + at_work.count
    dialled = most_dialled(agents, [at_work], ringing, rate, allowed)

    def loss(n: int) -> float:
        lost, answered = lost_and_answered(agents, at_work, ringing, rate, n)
        return lost - allowed * answered

    if dialled:
        assert loss(min(dialled, 5)) <= 1e-9
    if dialled < 5:
        assert loss(dialled + 1) > -1e-9


@given(
    free=st.integers(0, 30),
    count=st.integers(0, 40),
    chance=SHARES,
    rate=SHARES,
    more=st.integers(1, 5),
)
def test_more_who_ring_never_mean_more_dialled_and_more_agents_never_fewer(
    free: int, count: int, chance: float, rate: float, more: int
) -> None:
    def dialled(agents: int, ringing: int) -> int:
        return most_dialled(agents, (), Some(ringing, chance), rate, 0.02)

    assert dialled(free + more, count) >= dialled(free, count)
    assert dialled(free, count + more) <= max(dialled(free, count), 1)


def test_nobody_free_and_nobody_soon_dials_nobody() -> None:
    assert most_dialled(10, [Some(10, 1.0)], Some(0, 0.0), 0.3, 0.02) == 0


def test_what_cannot_be_answered_is_dialled_only_so_often() -> None:
    assert most_dialled(10, (), Some(0, 0.0), 0.0, 0.02) == MOST_AT_ONCE


def test_owners_who_wait_take_agents_first() -> None:
    def dialled(waiting: int) -> int:
        return most_dialled(3, (), Some(0, 0.0), 0.3, 0.02, waiting=waiting)

    assert dialled(3) == 0 < dialled(0)


@pytest.mark.parametrize("chances", [[], [0.2], [0.1, 0.9, 0.5]])
def test_some_expects_what_its_members_do(chances: list[float]) -> None:
    assert Some.of(chances).expected == pytest.approx(sum(chances))
