"""What owners and cars look like on the wire."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

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
    """Fields that are given are changed; needs If-Match."""

    name: Name = ABSENT
    language: Language = ABSENT
    remark: Annotated[str, Field(max_length=500)] = ABSENT
    tier: Tier = ABSENT


class OwnerOut(WireModel):
    """An owner with numbers and cars; numbers masked unless the role may read them."""

    id: UUID
    name: str
    language: str
    remark: str
    tier: int
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


def vehicle_out(vehicle: Vehicle) -> VehicleOut:
    """A car on the wire."""
    doubts: dict[str, Any] = {
        "vin_doubt": vin_doubt(vehicle.vin) if vehicle.vin else None,
        "plate_doubt": plate_doubt(vehicle.plate) if vehicle.plate else None,
    }
    names = VehicleOut.model_fields.keys() - doubts.keys()
    return VehicleOut(**{name: getattr(vehicle, name) for name in names}, **doubts)


def owner_out(owner: Owner, *, phones: bool) -> OwnerOut:
    """`phones`: whether the reader may see full numbers."""
    return OwnerOut(
        id=owner.id,
        name=owner.name,
        language=owner.language,
        remark=owner.remark,
        tier=owner.tier,
        phones=list(owner.phones) if phones else [masked(phone) for phone in owner.phones],
        vehicles=[vehicle_out(vehicle) for vehicle in owner.vehicles],
        version=owner.version,
    )
