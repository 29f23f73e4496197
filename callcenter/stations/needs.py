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

TAKES_AWAY = frozenset({Equipment.FLATBED, Equipment.WHEEL_LIFT, Equipment.HEAVY, Equipment.WINCH})
ON_LOCKED_WHEELS = frozenset({Equipment.FLATBED, Equipment.DOLLIES})

PLUGGED = frozenset({"electric", "plug_in_hybrid"})


@dataclass(frozen=True)
class CarFacts:
    """What is known of the car; everything may be unknown."""

    energy: str | None = None
    weight_kg: int | None = None
    wheels_locked: bool = False
    low_clearance: bool = False


@dataclass(frozen=True)
class Needs:
    """Hard filters: a station without them is not asked. Of `one_of` a truck carries at least
    one, of `equipment` all."""

    skills: frozenset[Skill]
    equipment: frozenset[Equipment]
    one_of: frozenset[Equipment] = frozenset()


def needs_of(fault: Fault, car: CarFacts) -> Needs:
    """What is mended on the spot needs the skill; all else, a truck that can take the car away.

    An electric car goes on a flatbed, with people who know it: its wheels must not turn under
    tow. Locked wheels need a flatbed or dollies. A car over 3.5 t needs the heavy truck.
    """
    equipment = set()
    if (car.weight_kg or 0) > HEAVY_KG:
        equipment.add(Equipment.HEAVY)
    if car.low_clearance:
        equipment.add(Equipment.LOW_CLEARANCE)
    if fault in ON_THE_SPOT:
        return Needs(frozenset({ON_THE_SPOT[fault]}), frozenset(equipment))
    skills = set()
    if fault is Fault.ACCIDENT:
        skills.add(Skill.ACCIDENT)
    if fault is Fault.STUCK:
        equipment.add(Equipment.WINCH)
    if car.energy in PLUGGED or fault in (Fault.HIGH_VOLTAGE, Fault.OUT_OF_CHARGE):
        skills.add(Skill.EV)
        equipment.add(Equipment.FLATBED)
    one_of = ON_LOCKED_WHEELS if car.wheels_locked else TAKES_AWAY
    return Needs(frozenset(skills), frozenset(equipment), one_of)
