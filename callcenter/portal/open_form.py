"""The form that opens a rescue out of a call, and what a ticket keeps of it."""

from typing import Annotated, Any, Literal, get_args
from uuid import UUID

from pydantic import Field

from callcenter.phones import e164
from callcenter.portal.fields import Check, EmptyIsNone
from callcenter.portal.who import Caller
from callcenter.stations.needs import Fault
from callcenter.tickets.model import Kind
from callcenter.tickets.particulars import Energy
from callcenter.web.wire import QueryModel

People = Annotated[int, Field(ge=0, le=60)]
HeightCm = Annotated[int, Field(ge=100, le=600)]
Kilograms = Annotated[int, Field(ge=1, le=60_000)]
ENERGIES: tuple[str, ...] = get_args(Energy)


class OpenForm(QueryModel):
    """A rescue out of a call. `who` is a line of the pick list; the rest may stay empty."""

    call_id: UUID
    who: Annotated[str, Field(max_length=80)] = ""
    fault: Fault = Fault.UNKNOWN
    caller_name: Annotated[str, Field(max_length=80)] = ""
    caller_phone: Annotated[str, Field(max_length=40)] = ""
    plate: Annotated[str, Field(max_length=20)] = ""
    summary: Annotated[str, Field(max_length=2000)] = ""
    language: Literal["zh", "en"] = "zh"
    danger: Check = ""
    expressway: Check = ""
    car: Annotated[str, Field(max_length=120)] = ""
    energy: Annotated[Energy | None, EmptyIsNone] = None
    passengers: Annotated[People | None, EmptyIsNone] = None
    weight_kg: Annotated[Kilograms | None, EmptyIsNone] = None
    wheels_locked: Check = ""
    low_clearance: Check = ""
    height_limit_cm: Annotated[HeightCm | None, EmptyIsNone] = None
    off_road: Check = ""
    brand: Annotated[str, Field(max_length=40)] = ""

    @property
    def tells_of_the_car(self) -> bool:
        """Whether something stands in the folded part."""
        told = (self.car, self.brand, self.energy, self.passengers, self.weight_kg)
        stands = (self.wheels_locked, self.low_clearance, self.height_limit_cm, self.off_road)
        return any(one not in ("", None) for one in (*told, *stands))


def ticket_fields(form: OpenForm, who: Caller) -> dict[str, Any]:
    """What `calls.open_ticket` takes; raises BadPhone for a call-back number that is none."""
    owner, vehicle = who.owner, who.vehicle
    return {
        "kind": Kind.RESCUE,
        "particulars": {
            "fault": form.fault.value,
            "energy": form.energy,
            "plate": form.plate,
            "car": form.car,
            "passengers": form.passengers,
            "weight_kg": form.weight_kg,
            "wheels_locked": form.wheels_locked == "on",
            "low_clearance": form.low_clearance == "on",
            "height_limit_cm": form.height_limit_cm,
            "off_road": form.off_road == "on",
            "brand": form.brand,
        },
        "danger": form.danger == "on",
        "expressway": form.expressway == "on",
        "owner_id": owner.id if owner else None,
        "vehicle_id": vehicle.id if vehicle else None,
        "caller_name": form.caller_name or (owner.name if owner else None),
        "caller_phone": e164(form.caller_phone) if form.caller_phone.strip() else None,
        "summary": form.summary,
        "language": form.language,
    }
