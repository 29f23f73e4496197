"""The hotline's day on the wire."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from callcenter.web.wire import ListQuery, Moment, Page, QueryModel, WireModel

Count = Annotated[int, Field(ge=0)]
WithinS = Annotated[int, Field(ge=1, le=3600)]


class ServiceQuery(QueryModel):
    """Within how many seconds a call counts as answered in time."""

    within_s: WithinS = 15


class HotlineDay(WireModel):
    """Callers who have waited today in China and wait no more, without drills.

    The service level is `in_time` of `answered`, or of `answered` and `abandoned` together.
    `handling_s`: mean of the talk with its wrap-up; null before the first.
    """

    at: Moment
    within_s: int
    answered: Count
    in_time: Count
    abandoned: Count
    handling_s: float | None


class HotlineCallQuery(ListQuery):
    """Which of them: answered in time, answered late, or given up by the caller."""

    outcome: Literal["in_time", "late", "abandoned"]
    within_s: WithinS = 15


class HotlineCall(WireModel):
    """One caller who waited; the number masked unless the role may read it."""

    id: UUID
    call_id: UUID
    caller: str | None
    group: str
    urgency: str
    state: str
    entered_at: Moment
    waited_s: float
    answered_by: str | None


HotlineCalls = Page[HotlineCall]
