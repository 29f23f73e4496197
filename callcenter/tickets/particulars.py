"""What makes each kind of ticket its own."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from callcenter.stations.needs import Fault
from callcenter.tickets.errors import ParticularsRefused
from callcenter.tickets.model import Kind
from callcenter.web.parse import field_errors

Words = Annotated[str, Field(max_length=2000)]
Short = Annotated[str, Field(max_length=120)]
Energy = Literal["petrol", "diesel", "hybrid", "plug_in_hybrid", "electric"]


class Particulars(BaseModel):
    """Base of the kinds' own fields; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Severity(StrEnum):
    """How bad a complaint is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class ComplaintParticulars(Particulars):
    """What is complained of."""

    category: Literal["product", "service", "sales", "other"] = "other"
    severity: Severity = Severity.MEDIUM


class TechnicalParticulars(Particulars):
    """What the car does, in the caller's words and the dashboard's code."""

    symptom: Words = ""
    fault_code: Annotated[str, Field(max_length=16, pattern=r"^[A-Z0-9-]*$")] = ""


class EnquiryParticulars(Particulars):
    """What is asked about."""

    topic: Literal["product", "sales", "service", "programme", "other"] = "other"


class PartOrderParticulars(Particulars):
    """Which parts, and which car waits for them."""

    part_numbers: Annotated[list[Short], Field(min_length=1, max_length=50)]
    waiting_car: Short = ""


class RescueParticulars(Particulars):
    """What happened to which car; the car need not be registered."""

    fault: Fault = Fault.UNKNOWN
    energy: Energy | None = None
    plate: Short = ""
    car: Short = ""
    passengers: Annotated[int, Field(ge=0, le=60)] | None = None
    weight_kg: Annotated[int, Field(ge=1, le=60000)] | None = None
    wheels_locked: bool = False
    low_clearance: bool = False
    height_limit_cm: Annotated[int, Field(ge=100, le=600)] | None = None
    off_road: bool = False
    brand: Short = ""


OF_KIND: dict[Kind, type[Particulars]] = {
    Kind.COMPLAINT: ComplaintParticulars,
    Kind.TECHNICAL: TechnicalParticulars,
    Kind.ENQUIRY: EnquiryParticulars,
    Kind.PART_ORDER: PartOrderParticulars,
    Kind.RESCUE: RescueParticulars,
}


def particulars_of(kind: Kind, given: dict[str, Any]) -> Particulars:
    """The kind's own fields, checked; raises ParticularsRefused."""
    try:
        return OF_KIND[kind].model_validate(given)
    except ValidationError as failure:
        raise ParticularsRefused(fields=field_errors(failure, "body/particulars")) from None
