"""Where the car is taken: the nearest that can take it, and why not the nearer ones."""

from datetime import datetime, timedelta
from operator import attrgetter
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
RULES = TowRules(40, 100_000, 100_000, longest_wait=timedelta(hours=1))
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


def yard(number: int, km: float, **changes: object) -> Site:
    fields = {"is_workshop": False, "keeps_overnight": True, "hours": "24/7"}
    return site(number, km, **(fields | changes))


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
    safe = yard(3, 20, skills=frozenset())
    unable, other = site(1, 5, skills=frozenset()), site(2, 15, brands=frozenset({"YUNCHI"}))
    found = decide([safe, other, unable], EV, NIGHT, RULES).destination
    assert found is not None
    assert (found.kind, found.station_id.int) == (DestinationKind.YARD, 3)
    assert found.workshop_id == other.station_id
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


EARLY = datetime(2026, 11, 24, 6, 45, tzinfo=CHINA)
AT_ONCE = "24/7"


@pytest.mark.parametrize(
    ("sites", "goes_to"),
    [
        # 9 km and back and 92 minutes at the gate against 75 km and back.
        ([site(1, 9), site(2, 75, hours=AT_ONCE)], 1),
        # As long as 39.75 km and back: the open one is not worth a longer way, but a shorter one.
        ([site(1, 9), site(2, 40, hours=AT_ONCE)], 1),
        ([site(1, 9), site(2, 39, hours=AT_ONCE)], 2),
        # Of two gates the one that opens first, although it is farther.
        ([site(1, 9), site(2, 11, hours="Mo-Sa 07:30-17:30"), site(3, 75, hours=AT_ONCE)], 2),
        # None is open: an hour is waited, more only in a yard.
        ([site(1, 9, hours="Mo-Sa 07:45-17:30"), yard(2, 5)], 1),
        ([site(1, 9), yard(2, 5)], 2),
        ([site(1, 9), yard(2, 20)], 2),
        ([site(1, 9)], None),
        # A long wait, and a yard on the way there, or not.
        ([site(1, 9), site(2, 75, hours=AT_ONCE), yard(3, 5)], 3),
        ([site(1, 9), site(2, 75, hours=AT_ONCE), yard(3, 20)], 1),
    ],
)
def test_at_a_quarter_to_seven(sites: list[Site], goes_to: int | None):
    found = decide(sites, EV, EARLY, RULES).destination
    assert (found and found.station_id.int) == goes_to


def test_who_waits_at_a_gate_knows_until_when_and_who_lies_nearer():
    sites = [site(1, 5, hours="Mo-Sa 10:00-17:30"), site(2, 9), site(3, 75, hours=AT_ONCE)]
    decision = decide(sites, EV, EARLY, RULES)
    found = decision.destination
    assert found is not None
    assert (found.kind, found.station_id.int) == (DestinationKind.WORKSHOP, 2)
    assert found.opens_at == datetime(2026, 11, 24, 8, 30, tzinfo=CHINA)
    assert [(p.station_id.int, p.reasons) for p in decision.passed_by] == [(1, (NotThere.CLOSED,))]


MANY = st.lists(SITES, max_size=8, unique_by=attrgetter("station_id"))
HOURS = st.integers(0, 167)
GATES = st.builds(
    site,
    st.integers(1, 10**6),
    st.floats(0, 120),
    is_workshop=st.booleans(),
    hours=st.sampled_from([AT_ONCE, WORKS]),
    keeps_overnight=st.sampled_from([False, False, True]),
)
"""Nothing speaks against them but the hour."""


def bound(one: Site, at: datetime) -> timedelta:
    """How long a truck that goes there is away, when the workshop takes the car at all."""
    there = RULES.arrival(one, at)
    never = datetime.max.replace(tzinfo=CHINA)
    opens_at = there if one.keeps_overnight else one.opens_at(there) or never
    return (opens_at - at) + (there - at)


def able(sites: list[Site], at: datetime) -> list[Site]:
    """Workshops within reach that would take the car when they are open."""
    return [
        s
        for s in sites
        if s.distance_m <= RULES.workshop_reach_m
        and set(reasons_against(s, EV, RULES.arrival(s, at))) <= {NotThere.CLOSED}
    ]


def are_open(sites: list[Site], at: datetime) -> list[Site]:
    return [s for s in able(sites, at) if not reasons_against(s, EV, RULES.arrival(s, at))]


@given(MANY, HOURS)
def test_no_other_workshop_would_bind_the_truck_for_less(sites: list[Site], hour: int):
    at = NIGHT + timedelta(hours=hour)
    found = decide(sites, EV, at, RULES).destination
    if is_open := are_open(sites, at):
        assert found is not None
        assert found.binds_truck(at) <= min(bound(s, at) for s in is_open)
        if found.kind is DestinationKind.WORKSHOP:
            assert found.binds_truck(at) == min(bound(s, at) for s in able(sites, at))


@given(st.lists(GATES, max_size=8, unique_by=attrgetter("station_id")), st.integers(0, 90))
def test_a_long_wait_saves_the_way_to_an_open_one_and_no_yard_is_nearer(
    sites: list[Site], minutes: int
):
    at = EARLY - timedelta(minutes=minutes)
    found = decide(sites, EV, at, RULES).destination
    if found is not None and found.wait > RULES.longest_wait:
        assert are_open(sites, at)
        assert not [s for s in sites if s.keeps_overnight and s.distance_m < found.distance_m]


@given(MANY, HOURS)
def test_every_nearer_one_has_its_reason_and_a_yard_keeps_the_car(sites: list[Site], hour: int):
    at = NIGHT + timedelta(hours=hour)
    decision = decide(sites, EV, at, RULES)
    found = decision.destination
    if found is None:
        assert not are_open(sites, at)
        return
    nearer = {s.station_id for s in sites if s.distance_m < found.distance_m}
    assert nearer <= {passed.station_id for passed in decision.passed_by}
    assert all(passed.reasons for passed in decision.passed_by)
    if found.kind is DestinationKind.YARD:
        chosen = next(s for s in sites if s.station_id == found.station_id)
        assert chosen.keeps_overnight
        assert not chosen.is_suspended
        assert not chosen.has_refused
