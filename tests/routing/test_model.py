"""The journey's moves, and when a truck drives away."""

from datetime import UTC, datetime, timedelta

import pytest

from callcenter.routing.model import DISPATCH_MOVES, LIVE_STAGES, DispatchStage, grows_for

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def track(*metres: float, every_s: int = 60) -> list[tuple[datetime, float]]:
    start = NOW - timedelta(seconds=every_s * (len(metres) - 1))
    return [(start + timedelta(seconds=every_s * i), m) for i, m in enumerate(metres)]


def test_only_a_truck_that_arrived_can_be_done_or_find_nobody():
    for stage in DispatchStage:
        may_finish = DispatchStage.DONE in DISPATCH_MOVES.get(stage, frozenset())
        assert may_finish == (stage is DispatchStage.ARRIVED)


def test_an_ended_dispatch_stays_ended():
    for stage in set(DispatchStage) - LIVE_STAGES:
        assert stage not in DISPATCH_MOVES


@pytest.mark.parametrize(
    ("distances", "seconds"),
    [
        (track(5000, 4000, 3000), 0),
        (track(3000, 4000, 5000), 120),
        (track(9000, 3000, 4000, 5000, 6000, 7000, 8000), 300),
        (track(3000, 4000, 3900, 5000), 60),
        (track(3000), 0),
        ([], 0),
    ],
    ids=["nearer", "farther", "farther for five minutes", "a detour", "one fix", "no fix"],
)
def test_how_long_the_distance_has_only_grown(
    distances: list[tuple[datetime, float]], seconds: float
):
    assert grows_for(distances) == seconds
