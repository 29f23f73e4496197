"""When looking ahead would be a gamble, one is dialled for each free agent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.outbound.dialling.look_ahead import Some
from callcenter.outbound.dialling.pacing import (
    TUNING,
    Budget,
    Group,
    Mode,
    PaceReason,
    Rate,
    allowed_share,
    pace,
)

KNOWN = Rate(0.35, 0.05)
A_DAY = Budget(answered=1000, abandoned=10)
CHANCES = st.floats(0, 1)
SOME = st.builds(Some, st.integers(0, 20), CHANCES)
GROUPS = st.builds(Group, st.integers(0, 20), SOME, SOME, SOME, st.integers(0, 3))


def a_group(free: int = 4, talking: int = 8, ringing: int = 0) -> Group:
    return Group(free, Some(talking, 0.95), Some(0, 0.0), Some(ringing, 0.3))


@given(GROUPS, st.builds(Rate, CHANCES, CHANCES))
def test_preview_never_dials_by_itself(group: Group, rate: Rate) -> None:
    assert pace(Mode.PREVIEW, group, rate, A_DAY).dial == 0


@given(GROUPS, st.builds(Rate, CHANCES, CHANCES))
def test_progressive_never_has_more_on_the_line_than_agents_free(group: Group, rate: Rate) -> None:
    dialled = pace(Mode.PROGRESSIVE, group, rate, A_DAY).dial
    assert dialled == 0 or dialled + group.ringing.count + group.waiting <= group.free


@pytest.mark.parametrize(
    ("group", "rate", "budget", "because"),
    [
        (a_group(free=3, talking=4), KNOWN, A_DAY, PaceReason.SMALL_GROUP),
        (a_group(), Rate(0.35, 0.2), A_DAY, PaceReason.RATE_UNSURE),
        (a_group(), KNOWN, Budget(33, 0), PaceReason.NO_MARGIN),
        (a_group(), KNOWN, Budget(1000, 30), PaceReason.BUDGET_SPENT),
    ],
)
def test_a_gamble_is_not_taken(
    group: Group, rate: Rate, budget: Budget, because: PaceReason
) -> None:
    chosen = pace(Mode.PREDICTIVE, group, rate, budget)
    assert (chosen.mode, chosen.because) == (Mode.PROGRESSIVE, because)
    assert chosen.dial == group.free


def test_with_a_budget_more_are_dialled_than_are_free() -> None:
    chosen = pace(Mode.PREDICTIVE, a_group(), KNOWN, A_DAY)
    assert (chosen.mode, chosen.because) == (Mode.PREDICTIVE, PaceReason.LOOK_AHEAD)
    assert chosen.dial > 4


@given(st.integers(0, 500), st.integers(0, 500))
def test_what_may_be_lost_falls_with_what_was_lost(fewer: int, more: int) -> None:
    low, high = sorted((fewer, more))
    small, large = (allowed_share(Budget(1000, lost)) for lost in (low, high))
    assert 0 <= large <= small <= TUNING.most


def test_at_the_aim_exactly_the_aim_may_be_lost() -> None:
    budget = Budget(10_000, round(10_000 * 0.03 * TUNING.aim))
    assert allowed_share(budget) == pytest.approx(0.03 * TUNING.aim)
