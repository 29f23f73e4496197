"""What a fault and a car ask of a station: skills and a truck's equipment. Pure."""

from dataclasses import dataclass
from enum import StrEnum

HEAVY_KG = 3500


class Skill(StrEnum):
    """What the people of a station can do."""

    TYRE = "tyre"
    BATTERY = "battery"
    FUEL = "fuel"
    LOCKOUT = "lockout"
    MECHANIC = "mechanic"
    EV = "ev"
    ACCIDENT = "accident"


class Equipment(StrEnum):
    """What a truck carries."""

    FLATBED = "flatbed"
    WHEEL_LIFT = "wheel_lift"
    HEAVY = "heavy"
    DOLLIES = "dollies"
    LOW_CLEARANCE = "low_clearance"
    WINCH = "winch"
    OFF_ROAD = "off_road"


class Fault(StrEnum):
    """What happened, as the caller says it."""

    FLAT_TYRE = "flat_tyre"
    DEAD_BATTERY = "dead_battery"
    OUT_OF_FUEL = "out_of_fuel"
    OUT_OF_CHARGE = "out_of_charge"
    LOCKED_OUT = "locked_out"
    ENGINE = "engine"
    HIGH_VOLTAGE = "high_voltage"
    ACCIDENT = "accident"
    STUCK = "stuck"
    UNKNOWN = "unknown"


ON_THE_SPOT = {
    Fault.FLAT_TYRE: Skill.TYRE,
    Fault.DEAD_BATTERY: Skill.BATTERY,
    Fault.OUT_OF_FUEL: Skill.FUEL,
    Fault.LOCKED_OUT: Skill.LOCKOUT,
}
"""Faults that are mended beside the road, by any truck of a station with the skill."""

IN_THE_WORKSHOP = {
    Fault.FLAT_TYRE: Skill.TYRE,
    Fault.DEAD_BATTERY: Skill.BATTERY,
    Fault.ACCIDENT: Skill.ACCIDENT,
}
"""Who mends it when it was taken away; the mechanics all else."""

TAKES_AWAY = frozenset({Equipment.FLATBED, Equipment.WHEEL_LIFT, Equipment.HEAVY, Equipment.WINCH})
ON_LOCKED_WHEELS = frozenset({Equipment.FLATBED, Equipment.DOLLIES})

PLUGGED = frozenset({"electric", "plug_in_hybrid"})


@dataclass(frozen=True)
class CarFacts:
    """What is known of the car and where it stands; everything may be unknown.

    `height_limit_cm` is that of the place (an underground garage); `off_road`: away from the road.
    """

    energy: str | None = None
    weight_kg: int | None = None
    wheels_locked: bool = False
    low_clearance: bool = False
    height_limit_cm: int | None = None
    off_road: bool = False


@dataclass(frozen=True)
class Needs:
    """Hard filters: a station without them is not asked. Of `one_of` a truck carries at least
    one, of `equipment` all. `weight_kg` is lifted, `height_limit_cm` driven under: a truck of
    which that is known is judged by it, any other by its equipment."""

    skills: frozenset[Skill]
    equipment: frozenset[Equipment]
    one_of: frozenset[Equipment] = frozenset()
    weight_kg: int | None = None
    height_limit_cm: int | None = None


def needs_of(fault: Fault, car: CarFacts) -> Needs:
    """What is mended on the spot needs the skill; all else, a truck that can take the car away.

    An electric car goes on a flatbed, with people who know it: its wheels must not turn under
    tow. Locked wheels need a flatbed or dollies. A car over 3.5 t needs the heavy truck. Away
    from the road the truck must get there and pull the car out.
    """
    equipment = set()
    if (car.weight_kg or 0) > HEAVY_KG:
        equipment.add(Equipment.HEAVY)
    if car.low_clearance or car.height_limit_cm is not None:
        equipment.add(Equipment.LOW_CLEARANCE)
    if car.off_road:
        equipment |= {Equipment.WINCH, Equipment.OFF_ROAD}
    if fault in ON_THE_SPOT:
        skills = frozenset({ON_THE_SPOT[fault]})
        return Needs(skills, frozenset(equipment), height_limit_cm=car.height_limit_cm)
    skills, lifting = _to_take_away(fault, car)
    one_of = ON_LOCKED_WHEELS if car.wheels_locked else TAKES_AWAY
    return Needs(skills, frozenset(equipment | lifting), one_of, car.weight_kg, car.height_limit_cm)


def workshop_skills(fault: Fault, car: CarFacts) -> frozenset[Skill]:
    """What a workshop must be able to do with this car and this fault."""
    if fault in (Fault.HIGH_VOLTAGE, Fault.OUT_OF_CHARGE):
        return frozenset({Skill.EV})
    skill = IN_THE_WORKSHOP.get(fault, Skill.MECHANIC)
    return frozenset({skill, Skill.EV} if car.energy in PLUGGED else {skill})


def _to_take_away(fault: Fault, car: CarFacts) -> tuple[frozenset[Skill], set[Equipment]]:
    skills, equipment = set(), set()
    if fault is Fault.ACCIDENT:
        skills.add(Skill.ACCIDENT)
    if fault is Fault.STUCK:
        equipment.add(Equipment.WINCH)
    if car.energy in PLUGGED or fault in (Fault.HIGH_VOLTAGE, Fault.OUT_OF_CHARGE):
        skills.add(Skill.EV)
        equipment.add(Equipment.FLATBED)
    return frozenset(skills), equipment
