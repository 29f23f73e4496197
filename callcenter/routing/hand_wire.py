"""What the list of stations to choose by hand looks like on the wire."""

from uuid import UUID

from callcenter.routing.choose import PassedOver
from callcenter.routing.rescue_wire import StationSeenOut
from callcenter.web.wire import WireModel


class HandTruckOut(WireModel):
    """One of its trucks in service; `is_fit` when it carries what is needed."""

    id: UUID
    plate: str
    equipment: list[str]
    is_free: bool
    is_fit: bool


class HandStationOut(WireModel):
    """A station that may be named: the phone on duty now, what a person may overrule by name
    (`to_overrule`), and what nobody may here (`barred_by`)."""

    station: StationSeenOut
    distance_m: float
    was_asked: bool
    to_overrule: list[PassedOver]
    barred_by: list[PassedOver]
    trucks: list[HandTruckOut]


class HandListOut(WireModel):
    """The nearest first."""

    items: list[HandStationOut]
