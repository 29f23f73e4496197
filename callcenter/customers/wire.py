"""What owners and cars look like on the wire."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from callcenter.customers.care_wire import (
    BirthdayBody,
    Day,
    Email,
    HomeProvince,
    Zone,
    masked_email,
)
from callcenter.customers.model import Owner, Vehicle, plate_doubt, vin_doubt
from callcenter.phones import masked
from callcenter.web.wire import ABSENT, Page, PatchModel, QueryModel, WireModel

Phone = Annotated[str, Field(min_length=3, max_length=40)]
Name = Annotated[str, Field(min_length=1, max_length=80)]
Language = Literal["zh", "en"]
TIER_WORDS = "0 the usual, up to 3; breaks ties in the queue, never more"
Tier = Annotated[int, Field(ge=0, le=3, description=TIER_WORDS)]
Energy = Literal["petrol", "diesel", "hybrid", "plug_in_hybrid", "electric"]


class VehicleDraft(WireModel):
    """A new car; what is unknown stays empty."""

    vin: Annotated[str, Field(max_length=20)] | None = None
    plate: Annotated[str, Field(max_length=16)] | None = None
    model: Annotated[str, Field(max_length=80)] = ""
    energy: Energy | None = None
    weight_kg: Annotated[int, Field(ge=1, le=60000)] | None = None
    colour: Annotated[str, Field(max_length=20)] = ""
    delivered_on: Day | None = None


class VehiclePatch(PatchModel):
    """Fields that are given are changed; needs If-Match. `gone_on`: scrapped, or sold on to
    nobody we know."""

    vin: Annotated[str, Field(max_length=20)] | None = ABSENT
    plate: Annotated[str, Field(max_length=16)] | None = ABSENT
    model: Annotated[str, Field(max_length=80)] = ABSENT
    energy: Energy | None = ABSENT
    weight_kg: Annotated[int, Field(ge=1, le=60000)] | None = ABSENT
    colour: Annotated[str, Field(max_length=20)] = ABSENT
    delivered_on: Day | None = ABSENT
    gone_on: Day | None = ABSENT


class VehicleOut(WireModel):
    """A car; `vin_doubt` and `plate_doubt` warn of what may be misread."""

    id: UUID
    vin: str | None
    vin_doubt: str | None
    plate: str | None
    plate_doubt: str | None
    model: str
    energy: str | None
    weight_kg: int | None
    colour: str
    delivered_on: date | None
    gone_on: date | None
    version: int


class VehicleList(WireModel):
    """Cars found."""

    items: list[VehicleOut]


class VehicleQuery(QueryModel):
    """By plate or by VIN."""

    plate: Annotated[str, Field(max_length=16)] | None = None
    vin: Annotated[str, Field(max_length=20)] | None = None


class OwnerDraft(WireModel):
    """A new owner: a name and a number are enough."""

    name: Name
    phones: list[Phone] = Field(default_factory=list, max_length=10)
    language: Language = "zh"
    remark: Annotated[str, Field(max_length=500)] = ""
    tier: Tier = 0


class OwnerPatch(PatchModel):
    """Fields that are given are changed; needs If-Match. A tier that is given stays; with
    `tier_set_by` it follows the rules again. `profiling_refused`: nothing is said to him that was
    chosen from his habits."""

    name: Name = ABSENT
    language: Language = ABSENT
    remark: Annotated[str, Field(max_length=500)] = ABSENT
    tier: Tier = ABSENT
    tier_set_by: Literal["rule"] = ABSENT
    province: HomeProvince = ABSENT
    city: Annotated[str, Field(max_length=40)] = ABSENT
    email: Email | None = ABSENT
    zone: Zone = ABSENT
    birthday: BirthdayBody | None = ABSENT
    wedding_on: Day | None = ABSENT
    profiling_refused: bool = ABSENT

    def changes(self) -> dict[str, Any]:
        """What is given, as fields of the model."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        if self.birthday is not None:
            given["birthday"] = self.birthday.as_birthday()
        return given


class OwnerOut(WireModel):
    """An owner with numbers and cars; numbers and e-mail masked unless the role may read them.

    `tier_set_by`: a person, whose word stays, or the rules of the tiers.
    """

    id: UUID
    name: str
    language: str
    remark: str
    tier: int
    tier_set_by: Literal["person", "rule"]
    province: str
    city: str
    email: str | None
    zone: str
    birthday: BirthdayBody | None
    wedding_on: date | None
    profiling_refused: bool
    phones: list[str]
    vehicles: list[VehicleOut]
    version: int


class OwnerList(Page[OwnerOut]):
    """Owners found: several share a number, none has an unknown one.

    `more`: others fit `search`, too; say more of the name.
    """

    more: bool = False


class OwnerFilter(QueryModel):
    """By a whole number, however it is written; or as people look for somebody."""

    phone: Phone | None = None
    search: Annotated[str, Field(min_length=1, max_length=60)] | None = None


class OwnerQuery(OwnerFilter):
    """The filters, and which part of the list; all who share a number come at once."""

    cursor: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class OwnerPath(QueryModel):
    """The owner in the address."""

    owner_id: UUID


class PhoneDraft(WireModel):
    """One more number."""

    phone: Phone
    label: Annotated[str, Field(max_length=40)] = ""


class VehicleLink(WireModel):
    """The car this owner drives."""

    vehicle_id: UUID


class OwnersVehiclePath(OwnerPath):
    """The owner and his car in the address."""

    vehicle_id: UUID


def vehicle_out(vehicle: Vehicle) -> VehicleOut:
    """A car on the wire."""
    doubts: dict[str, Any] = {
        "vin_doubt": vin_doubt(vehicle.vin) if vehicle.vin else None,
        "plate_doubt": plate_doubt(vehicle.plate) if vehicle.plate else None,
    }
    names = VehicleOut.model_fields.keys() - doubts.keys()
    return VehicleOut(**{name: getattr(vehicle, name) for name in names}, **doubts)


def owner_out(owner: Owner, *, phones: bool) -> OwnerOut:
    """`phones`: whether the reader may see full numbers and addresses."""
    shown: dict[str, Any] = {
        "phones": list(owner.phones) if phones else [masked(phone) for phone in owner.phones],
        "email": owner.email if phones or owner.email is None else masked_email(owner.email),
        "birthday": BirthdayBody(**vars(owner.birthday)) if owner.birthday else None,
        "vehicles": [vehicle_out(vehicle) for vehicle in owner.vehicles],
    }
    names = OwnerOut.model_fields.keys() - shown.keys()
    return OwnerOut(**{name: getattr(owner, name) for name in names}, **shown)
