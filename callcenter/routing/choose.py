"""Who would come, and why not the nearer ones. Pure: facts in, a ranked choice out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import inf
from typing import Protocol
from uuid import UUID


class Rung(StrEnum):
    """The steps of the ladder: each looks further than the one before."""

    NEAR = "near"
    WIDE = "wide"
    NEIGHBOURS = "neighbours"
    PARTNERS = "partners"
    ALARM = "alarm"


RUNGS = tuple(Rung)


class PassedOver(StrEnum):
    """Why a station is not asked, although it may be nearer. The codes are API."""

    SUSPENDED = "suspended"
    OFF_DUTY = "off_duty"
    SKILL_MISSING = "skill_missing"
    NO_TRUCK = "no_truck"
    EQUIPMENT_MISSING = "equipment_missing"
    TRUCK_TOO_WEAK = "truck_too_weak"
    TRUCK_TOO_HIGH = "truck_too_high"
    NO_FREE_TRUCK = "no_free_truck"
    ALREADY_ASKED = "already_asked"
    NOT_SIMULATED = "not_simulated"
    OTHER_RUNG = "other_rung"
    SLOWER_BY_ROAD = "slower_by_road"


UNFIT = (
    PassedOver.EQUIPMENT_MISSING,
    PassedOver.TRUCK_TOO_WEAK,
    PassedOver.TRUCK_TOO_HIGH,
)
"""What speaks against a truck."""

OVERRULABLE = frozenset(
    {
        PassedOver.OFF_DUTY,
        PassedOver.SKILL_MISSING,
        PassedOver.NO_TRUCK,
        *UNFIT,
        PassedOver.NO_FREE_TRUCK,
        PassedOver.ALREADY_ASKED,
        PassedOver.OTHER_RUNG,
    }
)
"""What a person may overrule with a reason. A suspension is lifted at the station itself."""


class Carrying(Protocol):
    """A truck by what it carries, lifts and fits under; None when unknown."""

    @property
    def equipment(self) -> Iterable[str]: ...
    @property
    def capacity_kg(self) -> int | None: ...
    @property
    def height_cm(self) -> int | None: ...


@dataclass(frozen=True)
class Need:
    """What the car and the fault ask for; `drill` rescues go to simulated stations only."""

    skills: frozenset[str]
    equipment: frozenset[str]
    province: str | None = None
    drill: bool = False
    one_of: frozenset[str] = frozenset()
    weight_kg: int | None = None
    height_limit_cm: int | None = None

    def is_met_by(self, truck: Carrying) -> bool:
        """Whether nothing speaks against the truck."""
        return self.against(truck) is None

    def against(self, truck: Carrying) -> PassedOver | None:
        """Lacks equipment, lifts too little or stands too high; where its capacity or height is
        known, that decides and no equipment stands for it."""
        carried, missing = frozenset(truck.equipment), set(self.equipment)
        is_weighed = truck.capacity_kg is not None and self.weight_kg is not None
        is_measured = truck.height_cm is not None and self.height_limit_cm is not None
        missing -= {"heavy"} if is_weighed else set()
        missing -= {"low_clearance"} if is_measured else set()
        if not missing <= carried or (self.one_of and not self.one_of & carried):
            return PassedOver.EQUIPMENT_MISSING
        if (truck.capacity_kg or inf) < (self.weight_kg or 0):
            return PassedOver.TRUCK_TOO_WEAK
        if (truck.height_cm or 0) > (self.height_limit_cm or inf):
            return PassedOver.TRUCK_TOO_HIGH
        return None


@dataclass(frozen=True)
class TruckFacts:
    """A truck as the choice sees it."""

    id: UUID
    equipment: frozenset[str]
    is_free: bool
    capacity_kg: int | None = None
    height_cm: int | None = None


@dataclass(frozen=True)
class Candidate:
    """A station as it stood when the choice was made. Distance: WGS-84 geodesic, metres."""

    station_id: UUID
    distance_m: float
    is_partner: bool
    is_simulated: bool
    is_suspended: bool
    is_on_duty: bool
    province: str | None
    skills: frozenset[str]
    trucks: tuple[TruckFacts, ...]
    open_offers: int = 0
    was_asked: bool = False

    def able_trucks(self, need: Need) -> list[TruckFacts]:
        """Trucks that nothing speaks against."""
        return [truck for truck in self.trucks if need.is_met_by(truck)]

    def has_truck_to_offer(self, need: Need) -> bool:
        """Whether a free one of these is left when every open offer takes one."""
        free = sum(truck.is_free for truck in self.able_trucks(need))
        return free > self.open_offers


@dataclass(frozen=True)
class Travel:
    """How long the way takes, and which router measured it."""

    seconds: float
    method: str


@dataclass(frozen=True)
class Considered:
    """One candidate with the reasons against it; none means it may be asked."""

    station_id: UUID
    distance_m: float
    reasons: tuple[PassedOver, ...]
    travel: Travel | None = None


@dataclass(frozen=True)
class Choice:
    """`ranked` may be asked, nearest first, or quickest first among those whose way was measured;
    `passed_over` lie nearer than the farthest of these that is asked, each with its reasons."""

    ranked: tuple[Considered, ...]
    considered: tuple[Considered, ...] = field(default=())

    def passed_over(self, asked: int) -> tuple[Considered, ...]:
        """The stations nearer than the farthest of the first `asked` that were left out. One that
        could come, and lies nearer, is only left out because its way takes longer."""
        chosen = self.ranked[:asked]
        edge = max((c.distance_m for c in chosen), default=float("inf"))
        ids = {c.station_id for c in chosen}
        nearer = (c for c in self.considered if c.distance_m <= edge and c.station_id not in ids)
        return tuple(
            c if c.reasons else replace(c, reasons=(PassedOver.SLOWER_BY_ROAD,))
            for c in nearer
            if c.reasons or c.distance_m < edge < float("inf")
        )


@dataclass(frozen=True)
class Reach:
    """How far each rung looks, in metres, and which provinces count as neighbours."""

    within_m: dict[Rung, float]
    neighbours: frozenset[str]


def reasons_against(candidate: Candidate, need: Need, rung: Rung, reach: Reach) -> list[PassedOver]:
    """Every hard filter that this station fails, in the order a person would ask."""
    able = candidate.able_trucks(need)
    unfit = set() if able else {need.against(truck) for truck in candidate.trucks}
    fails = {
        PassedOver.NOT_SIMULATED: need.drill and not candidate.is_simulated,
        PassedOver.SUSPENDED: candidate.is_suspended,
        PassedOver.OFF_DUTY: not candidate.is_on_duty,
        PassedOver.SKILL_MISSING: not need.skills <= candidate.skills,
        PassedOver.NO_TRUCK: not candidate.trucks,
        PassedOver.EQUIPMENT_MISSING: unfit == {PassedOver.EQUIPMENT_MISSING},
        PassedOver.TRUCK_TOO_WEAK: PassedOver.TRUCK_TOO_WEAK in unfit,
        PassedOver.TRUCK_TOO_HIGH: PassedOver.TRUCK_TOO_HIGH in unfit,
        PassedOver.NO_FREE_TRUCK: bool(able) and not candidate.has_truck_to_offer(need),
        PassedOver.ALREADY_ASKED: candidate.was_asked,
        PassedOver.OTHER_RUNG: not _on_rung(candidate, need, rung, reach),
    }
    return [reason for reason, failed in fails.items() if failed]


def choose(candidates: Sequence[Candidate], need: Need, rung: Rung, reach: Reach) -> Choice:
    """Nearest first, ties by id; every nearer one that is not asked carries its reasons."""
    in_order = sorted(candidates, key=lambda c: (c.distance_m, c.station_id))
    considered = tuple(
        Considered(c.station_id, c.distance_m, tuple(reasons_against(c, need, rung, reach)))
        for c in in_order
    )
    return Choice(tuple(c for c in considered if not c.reasons), considered)


def by_travel_time(ranked: Sequence[Considered], times: Mapping[UUID, Travel]) -> list[Considered]:
    """Those whose way was measured change places among themselves, the quickest first; one whose
    way was not keeps its place. Ties: the nearer, then the id, as they came."""
    told = [replace(c, travel=times.get(c.station_id)) for c in ranked]
    quickest = iter(sorted((c for c in told if c.travel), key=_seconds))
    return [next(quickest) if c.travel else c for c in told]


def _seconds(considered: Considered) -> float:
    assert considered.travel is not None
    return considered.travel.seconds


def next_rung(rung: Rung) -> Rung:
    """The step after this one; the alarm is the last."""
    return RUNGS[min(RUNGS.index(rung) + 1, len(RUNGS) - 1)]


def _on_rung(candidate: Candidate, need: Need, rung: Rung, reach: Reach) -> bool:
    if candidate.is_partner != (rung is Rung.PARTNERS):
        return False
    if candidate.distance_m > reach.within_m.get(rung, 0.0):
        return False
    if rung is Rung.NEIGHBOURS and need.province and candidate.province:
        return candidate.province == need.province or candidate.province in reach.neighbours
    return True
