"""What offers and dispatches look like on the wire."""

from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from pydantic import Field

from callcenter.routing.choose import PassedOver
from callcenter.routing.model import DeclineReason, DispatchStage, Offer, OfferState
from callcenter.stations.needs import Fault
from callcenter.tickets.place_wire import PlaceOut
from callcenter.web.wire import Page, QueryModel, WireModel

Minutes = Annotated[int, Field(ge=1, le=600)]
Reason = Annotated[str, Field(min_length=1, max_length=500)]
Cursor = Annotated[str, Field(max_length=200)]
Limit = Annotated[int, Field(ge=1, le=200)]


class OfferPath(QueryModel):
    """The offer in the address."""

    offer_id: UUID


class DispatchPath(QueryModel):
    """The dispatch in the address."""

    dispatch_id: UUID


Outcome = Literal["repaired", "towed_to_workshop", "brought_to_safety", "charged", "other"]


class OfferOut(WireModel):
    """An offer as the desk sees it."""

    id: UUID
    ticket_id: UUID
    station_id: UUID
    rung: str
    distance_m: float
    overruled: list[str]
    hand_reason: str | None
    state: OfferState
    made_at: datetime
    expires_at: datetime
    seen_at: datetime | None
    ended_at: datetime | None
    end_reason: str | None


class JobOut(WireModel):
    """What the station must know: where, what, which car; the number once it has accepted."""

    number: str
    danger: bool
    expressway: bool
    fault: Fault
    car: str
    plate: str
    passengers: int | None
    summary: str
    place: PlaceOut
    caller_name: str | None
    caller_phone: str | None


class StationOffer(WireModel):
    """An offer as its station sees it; `seconds_left` by the database's clock."""

    offer: OfferOut
    seconds_left: float
    job: JobOut
    dispatch_id: UUID | None
    trucks: list["TruckChoice"]


class TruckChoice(WireModel):
    """A truck of the station that could serve this rescue."""

    id: UUID
    plate: str
    equipment: list[str]
    is_free: bool


class Acceptance(WireModel):
    """Yes: in how many minutes, and with which truck (the first suitable one when not given)."""

    eta_minutes: Minutes
    truck_id: UUID | None = None


class Decline(WireModel):
    """No, and why."""

    reason: DeclineReason


class DispatchOut(WireModel):
    """A station holds a rescue, with a truck."""

    id: UUID
    ticket_id: UUID
    offer_id: UUID
    station_id: UUID
    truck_id: UUID
    stage: DispatchStage
    by_phone: bool
    eta_at: datetime
    accepted_at: datetime
    departed_at: datetime | None
    arrived_at: datetime | None
    ended_at: datetime | None
    end_reason: str | None
    proof_file: UUID | None
    last_sign_at: datetime
    version: int


class PhoneReport(WireModel):
    """What a station without the page said on the telephone: how far it is. That the car was gone
    counts, like on its own page, with a photo it has sent and after a call to the owner."""

    stage: Literal["departed", "arrived", "done", "gone_on_arrival"]
    outcome: Outcome = "other"
    proof_file: UUID | None = None
    called_owner: bool = False


class WithReason(WireModel):
    """Why a person does this."""

    reason: Reason


class TruckSeenOut(WireModel):
    """Where the truck was last, and when that was."""

    lat: float
    lon: float
    accuracy_m: float | None
    fixed_at: datetime
    distance_m: float


class ListQuery(QueryModel):
    """Paging, and only what is open now."""

    open: bool = False
    cursor: Cursor | None = None
    limit: Limit = 50


class DutyNowOut(WireModel):
    """Whether a station is on rescue duty now, what says so and until when, and who is rung."""

    on_duty: bool
    decided_by: Literal["roster", "rescue_hours"]
    roster_entry_id: UUID | None
    until: datetime | None
    person: str | None
    phone: str | None


class TruckReadiness(WireModel):
    """A truck, and whether it could go now. `ticket_number`: the rescue it is busy with, where the
    caller may read dispatches."""

    id: UUID
    plate: str
    equipment: list[str]
    in_service: bool
    is_busy: bool
    is_free: bool
    ticket_number: str | None
    version: int


class Readiness(WireModel):
    """Whether a rescue could be offered to a station at this moment, and every reason why not.

    Open offers hold a truck each until they are answered.
    """

    station_id: UUID
    code: str
    at: datetime
    is_ready: bool
    reasons: list[PassedOver]
    duty: DutyNowOut
    is_suspended: bool
    suspended_until: datetime | None
    suspended_reason: str | None
    open_offers: int
    trucks: list[TruckReadiness]


M = TypeVar("M", bound=WireModel)

OfferPage = Page[OfferOut]
DispatchPage = Page[DispatchOut]


def of(model: type[M], thing: object, **made: Any) -> M:
    """The wire model's fields, read off a domain object of the same field names; but `made`."""
    names = model.model_fields.keys() - made
    return model(**{name: _plain(getattr(thing, name)) for name in names}, **made)


def offer_to_station(offer: Offer) -> OfferOut:
    """An offer as its station may read it: why a person sent it there is the desk's own."""
    return of(OfferOut, offer, hand_reason=None)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
