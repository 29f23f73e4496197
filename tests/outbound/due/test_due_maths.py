"""What must hold of due dates whatever is on record."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.outbound.due.expected import expected
from callcenter.outbound.due.fit import BEFORE_ANY
from callcenter.outbound.due.history import MAINTENANCE, OTHER, Histories, histories
from callcenter.outbound.due.intervals import Intervals
from callcenter.outbound.due.rate import rates, steps
from callcenter.outbound.due.readings import believed
from callcenter.outbound.due.score import NO_FLEET, Scores, fleet_of_json, score
from callcenter.outbound.due.still_ours import Leaving

DELIVERED, NOW = 5_000, 9_500
Visit = tuple[int, float, int]
Car = tuple[int, list[Visit]]
YEARLY = (10_000.0, 365.25, 5_000.0, 182.6)

visits = st.tuples(
    st.integers(DELIVERED - 50, NOW),
    st.one_of(st.just(np.nan), st.floats(0, 400_000)),
    st.integers(0, OTHER),
)
cars = st.tuples(
    st.sampled_from([-1, DELIVERED]), st.lists(visits, max_size=20, unique_by=lambda one: one[0])
)


def record(*given: Car) -> Histories:
    rows = [(at, *visit) for at, (_, each) in enumerate(given) for visit in sorted(each)]
    car, day, km, kind = (np.array(one) for one in zip(*rows, strict=True)) if rows else [[]] * 4
    nobody = np.zeros(len(given), np.int64)
    return histories(
        delivered=np.array([one for one, _ in given], np.int64),
        model=nobody,
        region=nobody,
        car=np.array(car, np.int64),
        day=np.array(day, np.int64),
        km=np.array(km, float),
        kind=np.array(kind, np.int64),
    )


def plan(many: int, of: tuple[float, float, float, float] = YEARLY) -> Intervals:
    return Intervals(*(np.full(many, one) for one in of))


def scored(*given: Car) -> Scores:
    return score(record(*given), plan(len(given)), NO_FLEET, NOW)


def regular(km_a_day: float, every: int, many: int = 8) -> Car:
    """Serviced so often, each reading right."""
    days = [DELIVERED + every * n for n in range(1, many + 1)]
    return DELIVERED, [(day, km_a_day * (day - DELIVERED), MAINTENANCE) for day in days]


@settings(max_examples=40)
@given(st.lists(cars, min_size=1, max_size=6))
def test_a_car_is_scored_alone_as_among_others(given: list[Car]) -> None:
    together = scored(*given)
    for at, one in enumerate(given):
        alone = scored(one)
        for name in Scores.__dataclass_fields__:
            if name == "known" or together.known[at]:
                np.testing.assert_array_equal(getattr(together, name)[at], getattr(alone, name)[0])


@settings(max_examples=40)
@given(cars)
def test_the_three_days_are_in_order_and_the_chance_is_one(given: Car) -> None:
    one = scored(given)
    if one.known[0]:
        assert one.p10[0] <= one.p50[0] <= one.p90[0]
        assert 0 <= one.still_ours[0] <= 1
        assert np.isfinite(one.km_per_day[0])


@settings(max_examples=40)
@given(st.lists(st.floats(200, 20_000), min_size=2, max_size=2))
def test_who_drives_more_until_his_first_service_is_due_no_later(km: list[float]) -> None:
    less, more = sorted(km)
    one = scored(*((DELIVERED, [(DELIVERED + 200, run, 0)]) for run in (less, more)))
    assert one.p50[1] <= one.p50[0]


@settings(max_examples=40)
@given(st.floats(10, 150), st.integers(90, 400), st.integers(-1_500, 1_500))
def test_another_day_to_count_from_moves_all_days_alike(
    km_a_day: float, every: int, days: int
) -> None:
    since, each = regular(km_a_day, every)
    here = scored((since, each))
    there = scored((since + days, [(day + days, km, kind) for day, km, kind in each]))
    for name in ("p10", "p50", "p90"):
        assert getattr(there, name)[0] - getattr(here, name)[0] == days


@settings(max_examples=40)
@given(st.floats(20, 100), st.integers(90, 400), st.floats(0.6, 1.7))
def test_in_miles_the_days_are_the_same(km_a_day: float, every: int, unit: float) -> None:
    since, each = regular(km_a_day, every)
    in_miles = since, [(day, km * unit, kind) for day, km, kind in each]
    of_miles = plan(1, (YEARLY[0] * unit, YEARLY[1], YEARLY[2] * unit, YEARLY[3]))
    usual = replace(BEFORE_ANY, log_rate=BEFORE_ANY.log_rate + np.log(unit))
    fleet = replace(NO_FLEET, usual=usual)
    in_km = score(record((since, each)), plan(1), NO_FLEET, NOW)
    told = score(record(in_miles), of_miles, fleet, NOW)
    for name in ("p10", "p50", "p90"):
        assert abs(getattr(told, name)[0] - getattr(in_km, name)[0]) <= 1


@settings(max_examples=40)
@given(st.floats(8, 200))
def test_a_car_without_a_reading_runs_as_its_like_one_with_many_as_itself(km_a_day: float) -> None:
    cars_of = record((DELIVERED, []), regular(km_a_day, 180, 14))
    usual = np.full(2, np.log(35.0))
    found = rates(steps(cars_of, believed(cars_of)), usual, 0.5, BEFORE_ANY.wander)
    assert found.log[0] == usual[0]
    assert abs(found.log[1] - np.log(km_a_day)) < 0.03
    assert found.variance[1] < found.variance[0] / 4


@settings(max_examples=40)
@given(st.floats(15, 120), st.integers(120, 365), st.integers(0, 6), st.floats(0, 400_000))
def test_one_slip_of_the_pen_hardly_moves_the_day(
    km_a_day: float, every: int, at: int, written: float
) -> None:
    since, right = regular(km_a_day, every)
    slipped = list(right)
    slipped[at] = (right[at][0], written, right[at][2])
    both = scored((since, right), (since, slipped))
    assert abs(int(both.p50[1]) - int(both.p50[0])) <= 0.3 * every


@settings(max_examples=40)
@given(st.floats(15, 120), st.integers(120, 365), st.integers(2, 5), st.floats(0.2, 0.7))
def test_a_dial_wound_back_hardly_moves_the_day(
    km_a_day: float, every: int, at: int, share: float
) -> None:
    since, right = regular(km_a_day, every)
    off = share * right[at][1] + 500.0
    wound = [(day, km - off if n > at else km, kind) for n, (day, km, kind) in enumerate(right)]
    both = scored((since, right), (since, wound))
    assert abs(int(both.p50[1]) - int(both.p50[0])) <= 0.3 * every


@settings(max_examples=40)
@given(st.integers(0, 3_000), st.integers(0, 3_000))
def test_the_longer_the_silence_the_less_he_is_ours(first: int, second: int) -> None:
    sooner, later = sorted((first, second))
    last = DELIVERED + 180 * 8
    one = record(regular(40, 180))
    ours = [float(score(one, plan(1), NO_FLEET, last + d).still_ours[0]) for d in (sooner, later)]
    assert ours[1] <= ours[0]


@settings(max_examples=40)
@given(st.floats(15, 120), st.integers(120, 365))
def test_the_chance_to_come_grows_with_the_days_and_meets_its_quantiles(
    km_a_day: float, every: int
) -> None:
    seen = expected(record(regular(km_a_day, every)), plan(1), BEFORE_ANY)
    days = np.arange(1.0, 2_000.0, 7.0)
    levels = np.array([seen.level(np.array([one]))[0] for one in days])
    assert (np.diff(levels) >= 0).all()
    for level in (0.1, 0.5, 0.9):
        assert abs(seen.level(seen.days(level))[0] - level) < 0.01


def test_what_was_learnt_before_the_first_service_counted_is_still_read() -> None:
    kept = NO_FLEET.as_json()
    of_clock = kept.pop("first_of_clock")
    assert fleet_of_json(kept).as_json() == kept | {"first_of_clock": of_clock}


def test_who_never_leaves_is_ours_however_long_he_is_silent() -> None:
    fleet = replace(NO_FLEET, leaving=Leaving(np.zeros(4), 0.1))
    found = score(record(regular(40, 180)), plan(1), fleet, DELIVERED + 180 * 9)
    assert found.still_ours[0] == 1
