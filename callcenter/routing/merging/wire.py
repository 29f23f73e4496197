"""What the desk says and sees of two rescues that may be one, on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.routing.wire import Reason
from callcenter.tickets.model import Stage
from callcenter.tickets.same_breakdown import Sign
from callcenter.web.wire import WireModel


class MergeDraft(WireModel):
    """The rescue that is merged into the one in the address, which goes on for both.

    `turned_back`: the merged one's live dispatch, when it has one; its truck returns.
    """

    merged_id: UUID
    reason: Reason
    turned_back: UUID | None = None


class MergeOut(WireModel):
    """A merge: who said so, when and why; undone when the two were not the same after all."""

    id: UUID
    survivor_id: UUID
    merged_id: UUID
    stage_before: Stage
    reason: str
    merged_by: str
    merged_at: datetime
    undo_reason: str | None
    undone_by: str | None
    undone_at: datetime | None


class NotTheSame(WireModel):
    """The rescue that is not the same breakdown as the one in the address."""

    other_id: UUID


class ProposalOut(WireModel):
    """A rescue that may be the same breakdown: 0 to 1, with all that speaks for and against it."""

    ticket_id: UUID
    number: str
    stage: Stage
    opened_at: datetime
    score: Annotated[float, Field(ge=0, le=1)]
    signs: list[Sign]
    distance_m: float | None
    seconds_apart: float


class SameBreakdownOut(WireModel):
    """Rescues that may be the same breakdown, the likeliest first; every merge into this one; and
    the rescue that goes on for it (itself, when it was not merged)."""

    goes_on_in: UUID
    proposals: list[ProposalOut]
    merges: list[MergeOut]
