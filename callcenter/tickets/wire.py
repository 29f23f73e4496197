"""What tickets look like on the wire."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from callcenter.db.events import StoredEvent
from callcenter.phones import masked
from callcenter.places.carriageway import sense_of
from callcenter.places.model import Datum, OnRoad
from callcenter.tickets.model import Kind, Stage, Ticket
from callcenter.tickets.repository import TicketPlace
from callcenter.web.wire import ABSENT, Moment, Page, PatchModel, QueryModel, WireModel

Name = Annotated[str, Field(max_length=80)]
Phone = Annotated[str, Field(max_length=40)]
Text = Annotated[str, Field(max_length=2000)]
Reason = Annotated[str, Field(min_length=1, max_length=500)]
Language = Literal["zh", "en"]
Source = Literal["agent_pin", "typed", "share_text", "link_fix"]


class TicketDraft(WireModel):
    """A new ticket. The caller need not be the owner, nor the car registered."""

    kind: Kind
    particulars: dict[str, Any] = Field(default_factory=dict)
    danger: bool = False
    expressway: bool = False
    drill: bool = False
    owner_id: UUID | None = None
    vehicle_id: UUID | None = None
    caller_name: Name | None = None
    caller_phone: Phone | None = None
    language: Language = "zh"
    summary: Text = ""


class TicketPatch(PatchModel):
    """Fields that are given are changed; needs If-Match."""

    particulars: dict[str, Any] = ABSENT
    danger: bool = ABSENT
    expressway: bool = ABSENT
    owner_id: UUID | None = None
    vehicle_id: UUID | None = None
    caller_name: Name | None = None
    caller_phone: Phone | None = None
    language: Language = ABSENT
    summary: Text = ABSENT


class TicketOut(WireModel):
    """A ticket as it stands; the caller's number is masked unless the role may read it."""

    id: UUID
    number: str
    kind: Kind
    stage: Stage
    priority: int
    tier: int
    danger: bool
    expressway: bool
    drill: bool
    owner_id: UUID | None
    vehicle_id: UUID | None
    caller_name: str | None
    caller_phone: str | None
    language: str
    assignee_id: UUID | None
    summary: str
    particulars: dict[str, Any]
    place_id: UUID | None
    outcome: str | None
    opened_at: datetime
    stage_since: datetime
    closed_at: datetime | None
    version: int


class TicketPath(QueryModel):
    """The ticket in the address."""

    ticket_id: UUID


class TicketQuery(QueryModel):
    """Filters of the list."""

    kind: Kind | None = None
    stage: Stage | None = None
    assignee_id: UUID | None = None
    owner_id: UUID | None = None
    number: Annotated[str, Field(max_length=20)] | None = None
    live: bool = False
    cursor: Annotated[str, Field(max_length=200)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class QueueQuery(QueryModel):
    """One kind or all; the cursor is the id of the last ticket seen."""

    kind: Kind | None = None
    cursor: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


TicketPage = Page[TicketOut]


class NoteDraft(WireModel):
    """A note for the colleagues."""

    words: Annotated[str, Field(min_length=1, max_length=4000)]


class NoteOut(WireModel):
    """A note as it was written."""

    id: UUID
    author: str
    words: str
    written_at: datetime


class Assignment(WireModel):
    """Who works on it; null gives it back to all."""

    assignee_id: UUID | None


class Outcome(WireModel):
    """How it ended, in words or a code."""

    outcome: Reason


class Emergency(WireModel):
    """Which service was told."""

    service: Literal["120", "110", "122", "119"]


class EmergencyOut(WireModel):
    """That it was told, by whom and when."""

    service: str
    told_by: str
    told_at: datetime


class EventOut(WireModel):
    """One line of the timeline."""

    id: UUID
    kind: str
    at: datetime
    actor: str
    station_id: UUID | None
    facts: dict[str, Any]


class Timeline(WireModel):
    """All that happened to a ticket, oldest first, with the words that were written."""

    events: list[EventOut]
    notes: list[NoteOut]
    emergencies: list[EmergencyOut]


class OnRoadDraft(WireModel):
    """Where on which road: a code (G15) or a name, metres from its start, what stands there, and
    the direction: a place, or a word such as up, down, north, inner."""

    road: Annotated[str, Field(min_length=1, max_length=40)]
    post_m: Annotated[int, Field(ge=0, le=9_999_999)] | None = None
    feature: Annotated[str, Field(max_length=60)] | None = None
    towards: Annotated[str, Field(max_length=40)] | None = None


class OnRoadOut(WireModel):
    """The same; `sense` up: with rising kilometres, down: against them, null: not known."""

    road: str
    post_m: int | None
    feature: str | None
    towards: str | None
    sense: str | None


class PlaceDraft(WireModel):
    """A place as somebody named it: coordinates in their datum, and the words.

    A latitude beyond 90 is most often a longitude: it is refused with the exchange proposed.
    """

    lat: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    datum: Datum = Datum.WGS84
    accuracy_m: Annotated[float, Field(ge=0, le=100000, allow_inf_nan=False)] | None = None
    fixed_at: Moment | None = None
    source: Source | None = Field(None, description="A fix when it has a time, else a pin.")
    words: Annotated[str, Field(max_length=500)] = ""
    on_road: OnRoadDraft | None = None


class PlaceConfirmation(WireModel):
    """A doubtful place is confirmed by judgement: then the reason is needed."""

    reason: Annotated[str, Field(max_length=500)] | None = None


class PlaceOut(WireModel):
    """A place of the ticket: WGS-84, its doubts as codes to ask about."""

    id: UUID
    lat: float
    lon: float
    accuracy_m: float | None
    fixed_at: datetime | None
    source: str
    source_datum: str
    words: str
    province: str | None
    doubts: list[str]
    state: str
    uncertain: bool
    confirmed_at: datetime | None
    created_at: datetime
    on_road: OnRoadOut | None


class PlacePath(QueryModel):
    """The ticket and its place in the address."""

    ticket_id: UUID
    place_id: UUID


class PlaceList(WireModel):
    """Every place named for the ticket, oldest first."""

    items: list[PlaceOut]


class LinkOut(WireModel):
    """A location link: the address is seen this once."""

    id: UUID
    url: str
    expires_at: datetime


def on_road_of(draft: OnRoadDraft) -> OnRoad:
    """The same with the sense of its direction, where the road's cities tell it."""
    told = draft.model_dump()
    return OnRoad(**told, sense=sense_of(draft.road, draft.towards))


def ticket_out(ticket: Ticket, *, phones: bool) -> TicketOut:
    """`phones`: whether the reader may see the caller's full number."""
    fields = {name: getattr(ticket, name) for name in TicketOut.model_fields}
    if not phones and ticket.caller_phone:
        fields["caller_phone"] = masked(ticket.caller_phone)
    return TicketOut(**fields)


def place_out(place: TicketPlace) -> PlaceOut:
    """A place on the wire."""
    fields = {name: getattr(place, name) for name in PlaceOut.model_fields}
    on_road = OnRoadOut(**vars(place.on_road)) if place.on_road else None
    return PlaceOut(**(fields | {"doubts": list(place.doubts), "on_road": on_road}))


def event_out(event: StoredEvent) -> EventOut:
    """A line of the timeline on the wire."""
    return EventOut(**{name: getattr(event, name) for name in EventOut.model_fields})
