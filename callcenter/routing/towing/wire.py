"""What a tow, its destinations and the onward travel look like on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.routing.towing.destination import DestinationKind, NotThere
from callcenter.routing.towing.tows import OnwardKind, Tow, TowDestination, TowStage
from callcenter.routing.wire import Reason, of
from callcenter.web.wire import WireModel


class PassedByOut(WireModel):
    """A nearer place (or the chosen one, against its rules), and why not."""

    station_id: UUID
    distance_m: float
    reasons: list[NotThere]


class DestinationOut(WireModel):
    """Where the car is taken; of a yard, also the workshop for the morning and the promise. A
    workshop with `opens_at` is still closed on arrival: the truck waits at its gate."""

    id: UUID
    kind: DestinationKind
    station_id: UUID | None
    workshop_id: UUID | None
    place_words: str
    distance_m: float | None
    arrive_at: datetime | None
    opens_at: datetime | None
    deliver_by: datetime | None
    passed_by: list[PassedByOut]
    reason: str | None
    made_at: datetime
    refused_at: datetime | None
    refusing_id: UUID | None
    refuse_reason: str | None
    proof_file: UUID | None


class TowOut(WireModel):
    """The second leg: where the car is, and every destination that was named."""

    id: UUID
    ticket_id: UUID
    dispatch_id: UUID
    stage: TowStage
    destination_id: UUID | None
    due_at: datetime | None
    loaded_at: datetime | None
    in_yard_at: datetime | None
    delivered_at: datetime | None
    version: int
    destinations: list[DestinationOut]


class TravelOut(WireModel):
    """How people of the car travel on."""

    id: UUID
    kind: OnwardKind
    persons: int
    note: str
    recorded_at: datetime


class StopOut(WireModel):
    """A station as a stop of the car: its phone on duty, whether its workshop is open now."""

    id: UUID
    name_zh: str
    name_en: str
    address: str
    lat: float
    lon: float
    phone: str | None
    workshop_hours: str
    is_open: bool
    changes_at: datetime | None


class SecondLeg(WireModel):
    """The rescue's tows, the first one first; every station that is named in them; and how its
    people travel on."""

    tows: list[TowOut]
    stops: list[StopOut]
    onward_travel: list[TravelOut]


class InsteadOut(WireModel):
    """A place that a person may choose, and what would speak against it on arrival."""

    station_id: UUID
    name_zh: str
    name_en: str
    distance_m: float
    reasons: list[NotThere]


class InsteadList(WireModel):
    """The nearest first."""

    items: list[InsteadOut]


class DestinationWish(WireModel):
    """Another place than the one that counts (`instead_of`; null: none), and why."""

    station_id: UUID | None = None
    place_words: Annotated[str, Field(max_length=300)] = ""
    reason: Reason
    instead_of: UUID | None = None


class Refusal(WireModel):
    """This destination does not take the car; a photo may prove it."""

    destination_id: UUID
    reason: Reason
    proof_file: UUID | None = None


class Delivery(WireModel):
    """The car is at this destination."""

    destination_id: UUID


class TravelDraft(WireModel):
    """How so many people travel on."""

    kind: OnwardKind
    persons: Annotated[int, Field(ge=1, le=60)]
    note: Annotated[str, Field(max_length=500)] = ""


def tow_out(tow: Tow, named: list[TowDestination]) -> TowOut:
    """A tow on the wire."""
    return of(TowOut, tow, destinations=[_destination_out(one) for one in named])


def _destination_out(one: TowDestination) -> DestinationOut:
    return of(DestinationOut, one, passed_by=[of(PassedByOut, place) for place in one.passed_by])
