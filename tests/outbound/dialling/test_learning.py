"""What is learnt of answers and of talks is what they are."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.outbound.dialling.answer_rate import AnswerRate
from callcenter.outbound.dialling.at_work import AtWork, Lengths


def calls(rate: AnswerRate, share: float, number: int, chance: random.Random) -> None:
    """Answers come after 4 to 10 s, the others ring 26 s."""
    for _ in range(number):
        answered = chance.random() < share
        rate.learn(answered=answered, rang=4 + 6 * chance.random() if answered else 26.0)


def test_the_interval_holds_the_true_rate_as_often_as_it_says() -> None:
    chance = random.Random(1)
    held = 0
    for _ in range(200):
        rate = AnswerRate(0.5)
        calls(rate, 0.35, 400, chance)
        held += abs(rate.now.mean - 0.35) <= rate.now.half_width
    # Weights that fall with age know more than so many whole calls: it is rather too wide.
    assert held >= 190


def test_a_rate_that_has_changed_is_followed() -> None:
    chance, rate = random.Random(2), AnswerRate(0.3)
    calls(rate, 0.6, 500, chance)
    calls(rate, 0.2, 500, chance)
    assert abs(rate.now.mean - 0.2) < 0.1


def test_who_has_rung_longer_than_anybody_answers_will_not_answer() -> None:
    rate = AnswerRate(0.3)
    calls(rate, 0.4, 400, random.Random(3))
    assert rate.after(0) == pytest.approx(rate.now.mean)
    assert rate.after(15) < 0.01
    assert rate.after(7) < rate.after(2)
    assert rate.seconds_to_answer == pytest.approx(7, abs=0.6)


def test_with_nothing_learnt_it_is_what_was_assumed() -> None:
    assert AnswerRate(0.3).now.mean == pytest.approx(0.3)
    assert AnswerRate(0.3).after(40) == pytest.approx(0.3)


@given(
    st.lists(st.floats(0, 2000), max_size=60),
    st.floats(0, 2000),
    st.floats(0, 60),
    st.floats(0, 60),
)
def test_the_longer_the_time_ahead_the_likelier_the_end(
    lengths: list[float], lasted: float, ahead: float, more: float
) -> None:
    work = Lengths(150.0)
    for one in lengths:
        work.learn(one)
    near, far = (work.over_within(s, lasted=lasted) for s in (ahead, ahead + more))
    assert 0 <= near <= far <= 1


def test_lengths_without_memory_have_one_hazard() -> None:
    chance, work = random.Random(4), Lengths(100.0)
    for _ in range(400):
        work.learn(chance.expovariate(1 / 100))
    for lasted in (0.0, 50.0, 100.0):
        assert work.over_within(20, lasted=lasted) == pytest.approx(0.18, abs=0.08)


def test_who_writes_up_is_free_before_who_talks() -> None:
    chance, work = random.Random(5), AtWork()
    for _ in range(100):
        work.talked(chance.lognormvariate(5, 0.5))
        work.wrote_up(chance.uniform(10, 30))
    writes, talks = (work.free_within(10, since=12, talks=talks) for talks in (False, True))
    assert writes > 5 * talks
