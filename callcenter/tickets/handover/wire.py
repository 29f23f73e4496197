"""What is said of a shift's end on the wire."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from callcenter.tickets.model import Kind, Stage
from callcenter.web.wire import ListQuery, Page, QueryModel, WireModel

Ids = Annotated[list[UUID], Field(max_length=200)]


class StaffQuery(QueryModel):
    """Whose; one's own when nobody is named. Another's is the supervisor's to ask."""

    staff_id: UUID | None = None


class HandoverQuery(ListQuery):
    """What somebody received, or gave."""

    side: Literal["received", "given"] = "received"
    staff_id: UUID | None = None


class HandoverPath(QueryModel):
    """Which handover."""

    handover_id: UUID


class HandoverDraft(WireModel):
    """To whom, what, and what the colleague should know.

    `from_id`: in whose name, one's own when it is left out; another's is the supervisor's to say.
    """

    to_id: UUID
    ticket_ids: Ids = Field(default_factory=list)
    alarm_ids: Ids = Field(default_factory=list)
    note: Annotated[str, Field(max_length=1000)] = ""
    from_id: UUID | None = None


class HeldTicket(WireModel):
    """A ticket that somebody works on and that has not ended."""

    id: UUID
    number: str
    kind: Kind
    stage: Stage
    priority: int
    danger: bool
    stage_since: datetime
    opened_at: datetime


class HeldAlarm(WireModel):
    """An alarm that somebody has taken and that is not over."""

    id: UUID
    kind: str
    reason: str
    ticket_id: UUID | None
    number: str | None
    taken_at: datetime


class Unfinished(WireModel):
    """What a colleague holds; `has_more` when there is more than is shown."""

    tickets: list[HeldTicket]
    alarms: list[HeldAlarm]
    has_more: bool


class HandoverOut(WireModel):
    """One thing that was handed over. `passed_at`: it was handed on since, or handed anew."""

    id: UUID
    ticket_id: UUID | None
    number: str | None
    stage: Stage | None
    alarm_id: UUID | None
    alarm_kind: str | None
    from_id: UUID
    from_name: str
    to_id: UUID
    to_name: str
    note: str
    made_at: datetime
    seen_at: datetime | None
    passed_at: datetime | None


HandoverPage = Page[HandoverOut]


class Left(WireModel):
    """What did not change hands: it had ended, or was somebody else's by then."""

    id: UUID
    reason: Literal["not_held", "ended"]


class HandedOut(WireModel):
    """What changed hands, and what did not."""

    made: list[HandoverOut]
    left: list[Left]
