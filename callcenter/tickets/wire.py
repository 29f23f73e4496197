"""What tickets look like on the wire."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from callcenter.db.events import StoredEvent
from callcenter.phones import masked
from callcenter.tickets.model import Kind, Stage, Ticket
from callcenter.web.wire import ABSENT, Page, PatchModel, QueryModel, WireModel

Name = Annotated[str, Field(max_length=80)]
Phone = Annotated[str, Field(max_length=40)]
Text = Annotated[str, Field(max_length=2000)]
Reason = Annotated[str, Field(min_length=1, max_length=500)]
Language = Literal["zh", "en"]


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


class SafetyQuery(QueryModel):
    """What is marked: danger to life, and whether the car stands on an expressway."""

    danger: bool = False
    expressway: bool = False


class SafetyWords(WireModel):
    """To be read out, the most pressing first."""

    words: str


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


class FieldChange(WireModel):
    """One field of an edit; a kind's own fields begin with `particulars.`."""

    field: str
    was: Any
    now: Any


class ChangeOut(WireModel):
    """What one edit changed; `version` is the ticket's behind it."""

    id: UUID
    version: int
    changed_by: str
    changed_at: datetime
    fields: list[FieldChange]


class Timeline(WireModel):
    """All that happened to a ticket, oldest first, with the words that were written.

    `names`: of those who acted (`staff:ID`, `machine:ID`) and of stations (`station:ID`).
    """

    events: list[EventOut]
    notes: list[NoteOut]
    emergencies: list[EmergencyOut]
    changes: list[ChangeOut]
    names: dict[str, str]


def ticket_out(ticket: Ticket, *, phones: bool) -> TicketOut:
    """`phones`: whether the reader may see the caller's full number."""
    fields = {name: getattr(ticket, name) for name in TicketOut.model_fields}
    if not phones and ticket.caller_phone:
        fields["caller_phone"] = masked(ticket.caller_phone)
    return TicketOut(**fields)


def event_out(event: StoredEvent) -> EventOut:
    """A line of the timeline on the wire."""
    return EventOut(**{name: getattr(event, name) for name in EventOut.model_fields})
