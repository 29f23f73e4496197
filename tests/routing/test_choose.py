"""Who would come: hard filters, the order, and the reasons for those passed over."""

from operator import attrgetter
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.routing.choose import (
    Candidate,
    Need,
    PassedOver,
    Reach,
    Rung,
    TruckFacts,
    choose,
    next_rung,
)

FLATBED = frozenset({"flatbed"})
REACH = Reach(
    within_m={
        Rung.NEAR: 60_000,
        Rung.WIDE: 150_000,
        Rung.NEIGHBOURS: 400_000,
        Rung.PARTNERS: 200_000,
    },
    neighbours=frozenset({"hebei"}),
)
NEED = Need(skills=frozenset({"ev"}), equipment=FLATBED, province="beijing")


def station(number: int, distance_m: float = 1000.0, **changes: object) -> Candidate:
    facts: dict[str, object] = {
        "station_id": UUID(int=number),
        "distance_m": distance_m,
        "is_partner": False,
        "is_simulated": False,
        "is_suspended": False,
        "is_on_duty": True,
        "province": "beijing",
        "skills": frozenset({"ev", "tyre"}),
        "trucks": (TruckFacts(UUID(int=number + 1000), FLATBED, True),),
    }
    return Candidate(**(facts | changes))  # type: ignore[arg-type]


def test_the_nearest_able_station_is_first_and_each_nearer_one_says_why_not():
    closed = station(1, 500, is_on_duty=False)
    suspended = station(2, 800, is_suspended=True)
    wheel_lift = station(3, 900, trucks=(TruckFacts(UUID(int=9), frozenset({"wheel_lift"}), True),))
    able = station(4, 2000)
    farther = station(5, 3000, is_on_duty=False)
    choice = choose([farther, able, wheel_lift, suspended, closed], NEED, Rung.NEAR, REACH)
    assert [c.station_id for c in choice.ranked] == [able.station_id]
    assert [(c.station_id.int, c.reasons) for c in choice.passed_over(1)] == [
        (1, (PassedOver.OFF_DUTY,)),
        (2, (PassedOver.SUSPENDED,)),
        (3, (PassedOver.EQUIPMENT_MISSING,)),
    ]


def test_an_electric_car_never_gets_a_wheel_lift_however_near():
    near = station(1, 10, trucks=(TruckFacts(UUID(int=9), frozenset({"wheel_lift"}), True),))
    assert choose([near], NEED, Rung.NEAR, REACH).ranked == ()


@pytest.mark.parametrize(
    ("open_offers", "is_asked"),
    [(0, True), (1, False)],
    ids=["truck free", "its one truck is on offer elsewhere"],
)
def test_a_truck_on_offer_is_not_offered_again(open_offers: int, is_asked: bool):
    one = station(1, open_offers=open_offers)
    assert bool(choose([one], NEED, Rung.NEAR, REACH).ranked) is is_asked


def test_ties_are_broken_by_id():
    choice = choose([station(7), station(3), station(5)], NEED, Rung.NEAR, REACH)
    assert [c.station_id.int for c in choice.ranked] == [3, 5, 7]


def test_a_drill_goes_to_simulated_stations_only():
    drill = Need(NEED.skills, NEED.equipment, NEED.province, drill=True)
    people, simulated = station(1, 10), station(2, 20, is_simulated=True)
    choice = choose([people, simulated], drill, Rung.NEAR, REACH)
    assert [c.station_id.int for c in choice.ranked] == [2]
    assert choice.passed_over(1)[0].reasons == (PassedOver.NOT_SIMULATED,)


def test_the_rungs_look_further_and_the_neighbours_rung_stays_in_the_neighbourhood():
    far = station(1, 100_000)
    over_the_border = station(2, 300_000, province="hebei")
    two_provinces_away = station(3, 200_000, province="shanxi")
    partner = station(4, 5_000, is_partner=True)
    everybody = [far, over_the_border, two_provinces_away, partner]
    by_rung = {
        rung: [c.station_id.int for c in choose(everybody, NEED, rung, REACH).ranked]
        for rung in Rung
    }
    assert by_rung == {
        Rung.NEAR: [],
        Rung.WIDE: [1],
        Rung.NEIGHBOURS: [1, 2],
        Rung.PARTNERS: [4],
        Rung.ALARM: [],
    }


def test_the_border_does_not_matter_for_the_nearest():
    here, there = station(1, 50_000), station(2, 20_000, province="hebei")
    choice = choose([here, there], NEED, Rung.NEAR, REACH)
    assert [c.station_id.int for c in choice.ranked] == [2, 1]


def test_the_ladder_ends_in_the_alarm():
    assert [next_rung(rung) for rung in Rung] == [
        Rung.WIDE,
        Rung.NEIGHBOURS,
        Rung.PARTNERS,
        Rung.ALARM,
        Rung.ALARM,
    ]


FACTS = st.builds(
    station,
    st.integers(1, 50),
    st.floats(0, 500_000),
    is_partner=st.booleans(),
    is_simulated=st.booleans(),
    is_suspended=st.booleans(),
    is_on_duty=st.booleans(),
    was_asked=st.booleans(),
    open_offers=st.integers(0, 2),
    skills=st.frozensets(st.sampled_from(["ev", "tyre"])),
    trucks=st.lists(
        st.builds(
            TruckFacts,
            st.uuids(),
            st.frozensets(st.sampled_from(["flatbed", "wheel_lift"])),
            st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
)


@given(st.lists(FACTS, max_size=20, unique_by=attrgetter("station_id")), st.sampled_from(Rung))
def test_nobody_unfit_is_ever_asked_and_everybody_nearer_has_a_reason(
    candidates: list[Candidate], rung: Rung
):
    choice = choose(candidates, NEED, rung, REACH)
    by_id = {c.station_id: c for c in candidates}
    for chosen in choice.ranked:
        one = by_id[chosen.station_id]
        assert one.is_on_duty
        assert not one.is_suspended
        assert not one.was_asked
        assert "ev" in one.skills
        assert any(t.is_free and "flatbed" in t.equipment for t in one.trucks)
    distances = [c.distance_m for c in choice.ranked]
    assert distances == sorted(distances)
    explained = {c.station_id for c in choice.passed_over(1)}
    if choice.ranked:
        nearer = {c.station_id for c in candidates if c.distance_m < distances[0]}
        assert nearer <= explained
