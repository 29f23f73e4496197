"""Which truck can take this car from this place: weight, height, locked wheels, off the road."""

from dataclasses import replace

import pytest

from callcenter.ids import new_id
from callcenter.routing.choose import (
    Candidate,
    Need,
    PassedOver,
    Reach,
    Rung,
    TruckFacts,
    reasons_against,
)
from callcenter.stations.needs import CarFacts, Fault, Skill, needs_of, workshop_skills

REACH = Reach({Rung.NEAR: 60_000}, frozenset())
FLATBED = TruckFacts(new_id(), frozenset({"flatbed"}), is_free=True)


def reasons(fault: Fault, car: CarFacts, *trucks: TruckFacts) -> list[PassedOver]:
    """Against a station that can do everything and has these trucks."""
    needs = needs_of(fault, car)
    need = Need(
        frozenset(needs.skills),
        frozenset(needs.equipment),
        one_of=frozenset(needs.one_of),
        weight_kg=needs.weight_kg,
        height_limit_cm=needs.height_limit_cm,
    )
    station = Candidate(
        new_id(), 1000, False, False, False, True, None, frozenset(Skill), tuple(trucks)
    )
    return reasons_against(station, need, Rung.NEAR, REACH)


def carries(*equipment: str, **known: int) -> TruckFacts:
    return replace(FLATBED, equipment=frozenset(equipment), **known)  # type: ignore[arg-type]


ENGINE, TYRE = Fault.ENGINE, Fault.FLAT_TYRE
MISSING, WEAK = PassedOver.EQUIPMENT_MISSING, PassedOver.TRUCK_TOO_WEAK
HIGH = PassedOver.TRUCK_TOO_HIGH


@pytest.mark.parametrize(
    ("fault", "car", "truck", "against"),
    [
        (ENGINE, CarFacts(weight_kg=2600), FLATBED, []),
        (ENGINE, CarFacts(weight_kg=2600), carries("flatbed", capacity_kg=2500), [WEAK]),
        (ENGINE, CarFacts(weight_kg=4000), FLATBED, [MISSING]),
        (ENGINE, CarFacts(weight_kg=4000), carries("flatbed", capacity_kg=5000), []),
        (ENGINE, CarFacts(weight_kg=9000), carries("heavy", capacity_kg=8000), [WEAK]),
        (TYRE, CarFacts(weight_kg=2600), carries(capacity_kg=500), []),
        (TYRE, CarFacts(height_limit_cm=200), carries(height_cm=201), [HIGH]),
        (TYRE, CarFacts(height_limit_cm=200), carries(height_cm=200), []),
        (TYRE, CarFacts(height_limit_cm=200), carries(), [MISSING]),
        (TYRE, CarFacts(height_limit_cm=200), carries("low_clearance"), []),
        (TYRE, CarFacts(low_clearance=True), carries(height_cm=190), [MISSING]),
        (ENGINE, CarFacts(wheels_locked=True), carries("wheel_lift"), [MISSING]),
        (ENGINE, CarFacts(wheels_locked=True), carries("wheel_lift", "dollies"), []),
        (ENGINE, CarFacts(off_road=True), carries("flatbed", "winch"), [MISSING]),
        (ENGINE, CarFacts(off_road=True), carries("flatbed", "off_road"), [MISSING]),
        (ENGINE, CarFacts(off_road=True), carries("flatbed", "winch", "off_road"), []),
    ],
)
def test_one_truck(fault: Fault, car: CarFacts, truck: TruckFacts, against: list[PassedOver]):
    assert reasons(fault, car, truck) == against


def test_one_truck_that_can_is_enough_and_otherwise_every_limit_is_named():
    car = CarFacts(weight_kg=2600, height_limit_cm=200)
    weak, high = (
        carries("flatbed", capacity_kg=2000, height_cm=190),
        carries("flatbed", capacity_kg=3000, height_cm=290),
    )
    assert reasons(ENGINE, car, weak, high) == [WEAK, HIGH]
    both = carries("flatbed", capacity_kg=3000, height_cm=190)
    assert reasons(ENGINE, car, weak, high, both) == []


def test_what_a_workshop_must_be_able_to_do():
    assert workshop_skills(Fault.STUCK, CarFacts()) == {Skill.MECHANIC}
    assert workshop_skills(Fault.ACCIDENT, CarFacts("electric")) == {Skill.ACCIDENT, Skill.EV}
    assert workshop_skills(Fault.OUT_OF_CHARGE, CarFacts()) == {Skill.EV}
