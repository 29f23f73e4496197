"""Where a car that cannot be mended beside the road is taken. Pure: facts in, a place out.

The car goes to the able, authorised workshop that binds the truck for the shortest time: the way
there, the wait until it opens, the way back. A wait longer than `longest_wait` is passed in a yard:
in one that is nearer, and in any when no workshop is open on arrival. Every nearer one that was
passed over has its reasons.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from callcenter.hours import HoursOverride, is_open, next_change


class DestinationKind(StrEnum):
    """A workshop, a yard for the night, or where the owner wants his car."""

    WORKSHOP = "workshop"
    YARD = "yard"
    ELSEWHERE = "elsewhere"


class NotThere(StrEnum):
    """Why the car is not taken there, although it may be nearer. The codes are API."""

    SUSPENDED = "suspended"
    REFUSED = "refused"
    NOT_SIMULATED = "not_simulated"
    NO_WORKSHOP = "no_workshop"
    SKILL_MISSING = "skill_missing"
    BRAND_NOT_AUTHORISED = "brand_not_authorised"
    CLOSED = "closed"


@dataclass(frozen=True)
class Site:
    """A station as a destination. Distance: WGS-84 geodesic from the breakdown, metres."""

    station_id: UUID
    distance_m: float
    is_workshop: bool
    is_simulated: bool
    is_suspended: bool
    has_refused: bool
    hours: str
    skills: frozenset[str]
    brands: frozenset[str]
    keeps_overnight: bool
    special_days: tuple[HoursOverride, ...] = ()

    def is_open(self, at: datetime) -> bool:
        """By the hours set for the day, or else by the workshop hours."""
        return is_open(self.hours, at, self.special_days)

    def opens_at(self, at: datetime) -> datetime | None:
        """The moment itself when it is open then; else when it opens next, None when never."""
        return at if self.is_open(at) else next_change(self.hours, at, self.special_days)


@dataclass(frozen=True)
class Wanted:
    """What the car asks of a workshop. An unknown brand (empty) rules nobody out."""

    skills: frozenset[str]
    brand: str = ""
    drill: bool = False


@dataclass(frozen=True)
class TowRules:
    """How fast a loaded truck gets on along the straight line, how far a car is taken, and how
    long a truck waits at a gate when there may be a better way."""

    speed_kmh: float
    workshop_reach_m: float
    yard_reach_m: float
    longest_wait: timedelta

    def arrival(self, site: Site, leaves_at: datetime) -> datetime:
        """When a truck that leaves then is there."""
        return leaves_at + timedelta(hours=site.distance_m / 1000 / self.speed_kmh)


@dataclass(frozen=True)
class PassedBy:
    """A nearer one, and why not."""

    station_id: UUID
    distance_m: float
    reasons: tuple[NotThere, ...]


@dataclass(frozen=True)
class Destination:
    """Where the truck goes; for a yard, the workshop it is taken to when that opens. `opens_at` of
    a workshop that is open on arrival is None; at the gate of another the truck waits."""

    kind: DestinationKind
    station_id: UUID
    distance_m: float
    arrive_at: datetime
    workshop_id: UUID | None
    opens_at: datetime | None = None

    @property
    def wait(self) -> timedelta:
        """How long the truck stands at the gate; in a yard it does not."""
        if self.kind is DestinationKind.YARD or self.opens_at is None:
            return timedelta(0)
        return self.opens_at - self.arrive_at

    def binds_truck(self, leaves_at: datetime) -> timedelta:
        """There, the wait, and back."""
        return 2 * (self.arrive_at - leaves_at) + self.wait


@dataclass(frozen=True)
class Decision:
    """The destination (None: a person must find one) and the nearer ones that were left out."""

    destination: Destination | None
    passed_by: tuple[PassedBy, ...]


def decide(
    sites: Collection[Site], wanted: Wanted, leaves_at: datetime, rules: TowRules
) -> Decision:
    """Where the car goes, and every nearer one with its reasons."""
    in_order = sorted(sites, key=lambda site: (site.distance_m, site.station_id))
    against = {s.station_id: reasons_against(s, wanted, rules.arrival(s, leaves_at)) for s in sites}
    chosen = _choose(in_order, wanted, leaves_at, rules)
    edge = chosen.distance_m if chosen else float("inf")
    passed = (
        PassedBy(site.station_id, site.distance_m, reasons)
        for site in in_order
        if (reasons := against[site.station_id]) and site.distance_m <= edge
    )
    staying = chosen.station_id if chosen else None
    return Decision(chosen, tuple(one for one in passed if one.station_id != staying))


def reasons_against(site: Site, wanted: Wanted, arrive_at: datetime) -> tuple[NotThere, ...]:
    """Every hard filter that fails, in the order a person would ask. Who keeps cars overnight
    takes one in at any hour."""
    brands = {brand.casefold() for brand in site.brands}
    fails = {
        NotThere.NOT_SIMULATED: wanted.drill and not site.is_simulated,
        NotThere.SUSPENDED: site.is_suspended,
        NotThere.REFUSED: site.has_refused,
        NotThere.NO_WORKSHOP: not site.is_workshop,
        NotThere.SKILL_MISSING: not wanted.skills <= site.skills,
        NotThere.BRAND_NOT_AUTHORISED: bool(wanted.brand and brands)
        and wanted.brand.casefold() not in brands,
        NotThere.CLOSED: not site.keeps_overnight and not site.is_open(arrive_at),
    }
    return tuple(reason for reason, failed in fails.items() if failed)


def workshop_later(
    in_order: Sequence[Site], wanted: Wanted, at: datetime, within_m: float
) -> tuple[UUID, datetime] | None:
    """The nearest workshop that would take the car once it opens, and when that is."""
    for site in in_order:
        opens_at = site.opens_at(at)
        fails = set(reasons_against(site, wanted, at)) - {NotThere.CLOSED}
        if opens_at and not fails and site.distance_m <= within_m:
            return site.station_id, opens_at
    return None


def _choose(
    in_order: Sequence[Site], wanted: Wanted, leaves_at: datetime, rules: TowRules
) -> Destination | None:
    """The workshop that binds the truck shortest, or a yard for a long wait; ties: the nearer."""
    yard = _to_yard(in_order, wanted, leaves_at, rules)
    workshops = _to_workshops(in_order, wanted, leaves_at, rules)
    if all(one.wait for one in workshops):
        workshops = [one for one in workshops if one.wait <= rules.longest_wait]
    best = min(workshops, key=lambda one: one.binds_truck(leaves_at), default=None)
    if best is None:
        return yard
    is_long = best.wait > rules.longest_wait
    return yard if is_long and yard and yard.distance_m < best.distance_m else best


def _to_workshops(
    in_order: Sequence[Site], wanted: Wanted, leaves_at: datetime, rules: TowRules
) -> list[Destination]:
    """Each that takes the car on arrival, or once it opens."""
    found = []
    for site in in_order:
        arrive_at = rules.arrival(site, leaves_at)
        fails = set(reasons_against(site, wanted, arrive_at))
        opens_at = site.opens_at(arrive_at) if fails == {NotThere.CLOSED} else None
        if site.distance_m <= rules.workshop_reach_m and (opens_at or not fails):
            kind, id = DestinationKind.WORKSHOP, site.station_id
            found.append(Destination(kind, id, site.distance_m, arrive_at, id, opens_at))
    return found


def _to_yard(
    in_order: Sequence[Site], wanted: Wanted, leaves_at: datetime, rules: TowRules
) -> Destination | None:
    barred = {NotThere.NOT_SIMULATED, NotThere.SUSPENDED, NotThere.REFUSED}
    for site in in_order:
        arrive_at = rules.arrival(site, leaves_at)
        fails = barred & set(reasons_against(site, wanted, arrive_at))
        if site.keeps_overnight and not fails and site.distance_m <= rules.yard_reach_m:
            later = workshop_later(in_order, wanted, arrive_at, rules.workshop_reach_m)
            workshop_id, opens_at = later or (None, None)
            kind = DestinationKind.YARD
            place = (site.station_id, site.distance_m, arrive_at)
            return Destination(kind, *place, workshop_id, opens_at)
    return None
