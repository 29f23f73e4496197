"""What stations look like on the wire."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from callcenter.places.provinces import PROVINCES
from callcenter.stations.model import RosterEntry, Station, StationKind, Truck
from callcenter.stations.needs import Equipment, Skill
from callcenter.web.language import Language
from callcenter.web.wire import ABSENT, Moment, Page, PatchModel, QueryModel, WireModel

Name = Annotated[str, Field(min_length=1, max_length=80)]
Hours = Annotated[str, Field(min_length=1, max_length=500)]
Phone = Annotated[str, Field(max_length=40)]
Town = Annotated[str, Field(max_length=60)]
Plate = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]
Brand = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
EVERY_BRAND = "what a workshop is authorised for; empty: every brand of the maker"
Brands = Annotated[list[Brand], Field(max_length=50, description=EVERY_BRAND)]
Capacity = Annotated[int, Field(ge=100, le=100000, description="heaviest car it takes, kg")]
Height = Annotated[int, Field(ge=100, le=600, description="how high it stands, cm")]
Degrees = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
"""A latitude, too: exchanged numbers are told apart from impossible ones behind this door."""


def _known_province(code: str) -> str:
    if code not in PROVINCES:
        raise ValueError("no province has this code (ISO 3166-2:CN)")
    return code


Province = Annotated[
    str, AfterValidator(_known_province), Field(json_schema_extra={"enum": sorted(PROVINCES)})
]


class TruckOut(WireModel):
    """A truck, and what it carries."""

    id: UUID
    plate: str
    equipment: list[str]
    in_service: bool
    capacity_kg: int | None
    height_cm: int | None
    version: int


class StationOut(WireModel):
    """A station as it stands."""

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
    skills: list[str]
    brands: list[str]
    keeps_overnight: bool
    language: Language
    simulated: bool
    suspended_at: Moment | None
    suspended_until: Moment | None
    suspended_reason: str | None
    trucks: list[TruckOut]
    version: int


class StationDraft(WireModel):
    """A new station. Hours in OSM syntax; position WGS-84; its province follows from the position
    when it is not given."""

    code: Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[A-Z0-9-]+$")]
    kind: StationKind = StationKind.DEALER
    name_zh: Name
    name_en: Name
    province: Province | None = None
    city_zh: Town = ""
    city_en: Town = ""
    address: Annotated[str, Field(max_length=200)] = ""
    lat: Degrees
    lon: Degrees
    workshop_hours: Hours = "Mo-Sa 08:30-17:30"
    rescue_hours: Hours = "24/7"
    duty_phone: Phone | None = None
    skills: list[Skill] = Field(default_factory=list)
    brands: Brands = Field(default_factory=list)
    keeps_overnight: bool = False
    language: Language = "zh"
    simulated: bool = False


class StationPatch(PatchModel):
    """Fields that are given are changed; needs If-Match."""

    name_zh: Name = ABSENT
    name_en: Name = ABSENT
    province: Province = ABSENT
    city_zh: Town = ABSENT
    city_en: Town = ABSENT
    address: Annotated[str, Field(max_length=200)] = ABSENT
    lat: Degrees = ABSENT
    lon: Degrees = ABSENT
    workshop_hours: Hours = ABSENT
    rescue_hours: Hours = ABSENT
    duty_phone: Phone | None = None
    skills: list[Skill] = ABSENT
    brands: Brands = ABSENT
    keeps_overnight: bool = ABSENT
    language: Language = ABSENT


class StationPath(QueryModel):
    """The station in the address."""

    station_id: UUID


StationPage = Page[StationOut]


class TruckDraft(WireModel):
    """A new truck."""

    plate: Plate
    equipment: list[Equipment] = Field(default_factory=list)
    capacity_kg: Capacity | None = None
    height_cm: Height | None = None


class TruckPatch(PatchModel):
    """Fields that are given are changed; needs If-Match."""

    plate: Plate = ABSENT
    equipment: list[Equipment] = ABSENT
    in_service: bool = ABSENT
    capacity_kg: Capacity | None = None
    height_cm: Height | None = None


class OwnTruckPatch(PatchModel):
    """What a station says about its own truck; needs If-Match."""

    in_service: bool = ABSENT


class DutyPhone(WireModel):
    """The number that rings when a rescue is offered and the roster names no other."""

    phone: Phone


class TruckPath(QueryModel):
    """The truck in the address."""

    truck_id: UUID


class Suspension(WireModel):
    """Why it is not asked, and until when (open end when not given)."""

    reason: Annotated[str, Field(min_length=1, max_length=500)]
    until: Moment | None = None


class DutyDraft(WireModel):
    """Who is on duty in this time; `on_duty` false: nobody."""

    starts_at: Moment
    ends_at: Moment
    on_duty: bool = True
    person: Annotated[str, Field(max_length=80)] = ""
    phone: Phone | None = None


class DutyOut(WireModel):
    """An entry of the roster."""

    id: UUID
    kind: Literal["duty"] = "duty"
    starts_at: datetime
    ends_at: datetime
    on_duty: bool
    person: str
    phone: str | None
    made_at: datetime


class RosterQuery(QueryModel):
    """Paging."""

    cursor: Annotated[str, Field(max_length=200)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class EntryPath(QueryModel):
    """The roster entry in the address."""

    entry_id: UUID


class RosterPath(EntryPath):
    """The entry of a station's roster in the address."""

    station_id: UUID


RosterPage = Page[DutyOut]


def truck_out(truck: Truck) -> TruckOut:
    """A truck on the wire."""
    fields = {name: getattr(truck, name) for name in TruckOut.model_fields}
    return TruckOut(**(fields | {"equipment": list(truck.equipment)}))


def duty_out(entry: RosterEntry) -> DutyOut:
    """A roster entry on the wire."""
    fields = {n: getattr(entry, n) for n in DutyOut.model_fields if n != "kind"}
    return DutyOut(**fields)


def station_out(station: Station) -> StationOut:
    """A station on the wire."""
    fields = {name: getattr(station, name) for name in StationOut.model_fields}
    fields |= {
        "skills": list(station.skills),
        "brands": list(station.brands),
        "trucks": [truck_out(truck) for truck in station.trucks],
    }
    return StationOut(**fields)
