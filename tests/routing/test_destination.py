"""Where the car is taken: the nearest that can take it, and why not the nearer ones."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.clock import CHINA
from callcenter.routing.towing.destination import (
    DestinationKind,
    NotThere,
    Site,
    TowRules,
    Wanted,
    decide,
    reasons_against,
)

NIGHT = datetime(2026, 11, 24, 23, 30, tzinfo=CHINA)
DAY = datetime(2026, 11, 24, 14, 0, tzinfo=CHINA)
WORKS = "Mo-Sa 08:30-17:30"
RULES = TowRules(40, 100_000, 100_000)
EV = Wanted(frozenset({"ev"}), "Yunchi")


def site(number: int, km: float, **changes: object) -> Site:
    fields = {
        "station_id": UUID(int=number),
        "distance_m": km * 1000,
        "is_workshop": True,
        "is_simulated": False,
        "is_suspended": False,
        "has_refused": False,
        "hours": WORKS,
        "skills": frozenset({"ev"}),
        "brands": frozenset(),
        "keeps_overnight": False,
    }
    return Site(**(fields | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"is_suspended": True}, NotThere.SUSPENDED),
        ({"has_refused": True}, NotThere.REFUSED),
        ({"is_workshop": False}, NotThere.NO_WORKSHOP),
        ({"skills": frozenset({"tyre"})}, NotThere.SKILL_MISSING),
        ({"brands": frozenset({"Other"})}, NotThere.BRAND_NOT_AUTHORISED),
        ({"hours": "Mo-Sa 08:30-12:00"}, NotThere.CLOSED),
    ],
)
def test_a_nearer_one_is_passed_by_with_its_reason(changes: dict[str, object], reason: NotThere):
    decision = decide([site(1, 5, **changes), site(2, 9)], EV, DAY, RULES)
    assert decision.destination is not None
    assert decision.destination.station_id == UUID(int=2)
    assert [(p.station_id.int, p.reasons) for p in decision.passed_by] == [(1, (reason,))]


def test_open_counts_when_the_truck_gets_there_not_when_it_leaves():
    leaves = datetime(2026, 11, 24, 17, 0, tzinfo=CHINA)
    far, near = site(1, 40), site(2, 10)
    assert reasons_against(far, EV, RULES.arrival(far, leaves)) == (NotThere.CLOSED,)
    assert reasons_against(near, EV, RULES.arrival(near, leaves)) == ()


def test_at_night_the_nearest_yard_and_the_nearest_able_workshop_in_the_morning():
    yard = site(3, 20, is_workshop=False, keeps_overnight=True, hours="24/7", skills=frozenset())
    unable, able = site(1, 5, skills=frozenset()), site(2, 15, brands=frozenset({"YUNCHI"}))
    found = decide([yard, able, unable], EV, NIGHT, RULES).destination
    assert found is not None
    assert (found.kind, found.station_id.int) == (DestinationKind.YARD, 3)
    assert found.workshop_id == able.station_id
    assert found.opens_at == datetime(2026, 11, 25, 8, 30, tzinfo=CHINA)


def test_a_workshop_that_keeps_cars_overnight_needs_no_second_delivery():
    found = decide([site(1, 5), site(2, 9, keeps_overnight=True)], EV, NIGHT, RULES).destination
    assert found is not None
    assert (found.kind, found.station_id.int) == (DestinationKind.WORKSHOP, 2)


def test_none_within_reach_is_said_with_all_reasons():
    decision = decide([site(1, 5), site(2, 101, hours="24/7")], EV, NIGHT, RULES)
    assert decision.destination is None
    assert [(p.station_id.int, p.reasons) for p in decision.passed_by] == [(1, (NotThere.CLOSED,))]


SITES = st.builds(
    site,
    st.integers(1, 10**6),
    st.floats(0, 150),
    is_workshop=st.booleans(),
    is_suspended=st.booleans(),
    has_refused=st.booleans(),
    hours=st.sampled_from(["24/7", WORKS, "Mo-Su 20:00-06:00"]),
    skills=st.sampled_from([frozenset(), frozenset({"ev"})]),
    keeps_overnight=st.booleans(),
)


@given(st.lists(SITES, max_size=8, unique_by=lambda s: s.station_id), st.integers(0, 167))
def test_nobody_nearer_that_could_take_it_is_passed_by(sites: list[Site], hour: int):
    at = NIGHT + timedelta(hours=hour)
    found = decide(sites, EV, at, RULES).destination
    able = [
        s
        for s in sites
        if s.distance_m <= RULES.workshop_reach_m
        and not reasons_against(s, EV, RULES.arrival(s, at))
    ]
    if able:
        best = min(able, key=lambda s: (s.distance_m, s.station_id))
        assert found is not None
        assert (found.kind, found.station_id) == (DestinationKind.WORKSHOP, best.station_id)
    elif found is not None:
        chosen = next(s for s in sites if s.station_id == found.station_id)
        assert found.kind is DestinationKind.YARD
        assert chosen.keeps_overnight
        assert not chosen.is_suspended
        assert not chosen.has_refused
