"""A station, its trucks and its duty. Pure: `at` is an argument."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from callcenter.hours import HoursOverride, is_open, is_overridden, next_change


class StationKind(StrEnum):
    """A service station of the maker, or a tow company on the list for when none can come."""

    DEALER = "dealer"
    TOW_PARTNER = "tow_partner"


@dataclass(frozen=True)
class Truck:
    """One row of `trucks`. What it carries and how high it stands: None when unknown."""

    id: UUID
    station_id: UUID
    plate: str
    equipment: tuple[str, ...]
    in_service: bool
    version: int
    capacity_kg: int | None = None
    height_cm: int | None = None


@dataclass(frozen=True)
class RosterEntry:
    """One row of `duty_roster`: who is on duty in this time, or that nobody is."""

    id: UUID
    station_id: UUID
    starts_at: datetime
    ends_at: datetime
    on_duty: bool
    person: str
    phone: str | None
    made_at: datetime
    removed_at: datetime | None


class AppliesTo(StrEnum):
    """Which of a station's hours are set by hand for a day."""

    WORKSHOP = "workshop"
    RESCUE = "rescue"
    BOTH = "both"


@dataclass(frozen=True)
class StationOverride:
    """One row of `station_hours_overrides`: hours of days, over rule, calendar and roster.

    `hours` None: closed.
    """

    id: UUID
    station_id: UUID
    first_day: date
    last_day: date
    applies_to: AppliesTo
    hours: str | None
    reason: str
    made_at: datetime


@dataclass(frozen=True)
class Station:
    """One row of `stations` with its trucks.

    `brands` empty: authorised for every brand of the maker. `keeps_overnight`: a safe yard that
    takes cars at any hour. `language`: of the messages to its duty phone.
    """

    id: UUID
    code: str
    kind: StationKind
    name_zh: str
    name_en: str
    province: str
    city_zh: str
    city_en: str
    address: str
    lat: float
    lon: float
    workshop_hours: str
    rescue_hours: str
    duty_phone: str | None
    skills: tuple[str, ...]
    simulated: bool
    suspended_at: datetime | None
    suspended_until: datetime | None
    suspended_reason: str | None
    created_at: datetime
    version: int
    brands: tuple[str, ...] = ()
    keeps_overnight: bool = False
    language: str = "zh"
    overrides: tuple[StationOverride, ...] = ()

    def overrides_of(self, which: AppliesTo) -> list[HoursOverride]:
        """Those of the workshop or of the rescue, the newest first; past days are not kept."""
        return [
            HoursOverride(one.first_day, one.last_day, one.hours)
            for one in self.overrides
            if one.applies_to in (which, AppliesTo.BOTH)
        ]

    trucks: tuple[Truck, ...] = ()


@dataclass(frozen=True)
class StationFacts:
    """A station as the choice needs it, at one moment."""

    id: UUID
    lat: float
    lon: float
    province: str
    is_partner: bool
    simulated: bool
    is_suspended: bool
    is_on_duty: bool
    skills: tuple[str, ...]
    trucks: tuple[Truck, ...]


def is_suspended(station: Station, at: datetime) -> bool:
    """Suspended, and the suspension has not run out."""
    until = station.suspended_until
    return station.suspended_at is not None and (until is None or until > at)


@dataclass(frozen=True)
class Duty:
    """Whether a station is on rescue duty at one moment, what says so, and who is rung then.

    `entry` None: the rescue hours say so. `until`: when that which decides ends, None when never.
    """

    is_on: bool
    entry: RosterEntry | None
    phone: str | None
    until: datetime | None


def duty_of(station: Station, entry: RosterEntry | None, at: datetime) -> Duty:
    """The duty by hours set for the day, else by the roster entry that covers the moment, or else
    by the rescue hours."""
    overrides = station.overrides_of(AppliesTo.RESCUE)
    if entry is None or is_overridden(at, overrides):
        hours = station.rescue_hours
        return Duty(
            is_open(hours, at, overrides),
            None,
            station.duty_phone,
            next_change(hours, at, overrides),
        )
    own_phone = entry.phone if entry.on_duty else None
    return Duty(entry.on_duty, entry, own_phone or station.duty_phone, entry.ends_at)


def is_on_duty(station: Station, roster: bool | None, at: datetime) -> bool:
    """Hours set for the day decide; else a roster entry that covers the moment; else the rescue
    hours."""
    overrides = station.overrides_of(AppliesTo.RESCUE)
    if roster is None or is_overridden(at, overrides):
        return is_open(station.rescue_hours, at, overrides)
    return roster


def is_workshop_open(station: Station, at: datetime) -> bool:
    """By the hours set for the day, or else by the workshop hours."""
    return is_open(station.workshop_hours, at, station.overrides_of(AppliesTo.WORKSHOP))


def facts_of(station: Station, roster: bool | None, at: datetime) -> StationFacts:
    """What the choice needs to know."""
    return StationFacts(
        id=station.id,
        lat=station.lat,
        lon=station.lon,
        province=station.province,
        is_partner=station.kind is StationKind.TOW_PARTNER,
        simulated=station.simulated,
        is_suspended=is_suspended(station, at),
        is_on_duty=is_on_duty(station, roster, at),
        skills=station.skills,
        trucks=station.trucks,
    )
