"""What the desk says and sees of two rescues that may be one, on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.routing.model import DispatchStage
from callcenter.routing.wire import Reason
from callcenter.stations.needs import Fault
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


class SideOut(WireModel):
    """One of two rescues, with what tells it from the other: `where` and `near` as far as a place
    is known, confirmed or not; the station that holds it, whose truck would be turned back."""

    ticket_id: UUID
    number: str
    stage: Stage
    fault: Fault
    opened_at: datetime
    caller_name: str | None
    car: str
    plate: str
    where: str
    near: str
    dispatch_id: UUID | None
    dispatch_stage: DispatchStage | None
    station_zh: str
    station_en: str


class ProposalOut(WireModel):
    """A rescue that may be the same breakdown: 0 to 1, with all that speaks for and against it.
    `this_may_go_on`, `other_may_go_on`: which way round the two may be merged."""

    side: SideOut
    this_may_go_on: bool
    other_may_go_on: bool
    ticket_id: UUID
    number: str
    stage: Stage
    opened_at: datetime
    score: Annotated[float, Field(ge=0, le=1)]
    signs: list[Sign]
    distance_m: float | None
    seconds_apart: float


class SameBreakdownOut(WireModel):
    """Rescues that may be the same breakdown, the likeliest first; every merge into this one; the
    rescue that goes on for it (`goes_on_in` itself, and `goes_on` null, when it was not merged),
    and those that it goes on for."""

    this: SideOut
    goes_on_in: UUID
    goes_on: SideOut | None
    goes_on_for: list[SideOut]
    proposals: list[ProposalOut]
    merges: list[MergeOut]
