"""Promised calls on the wire."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from callcenter.outbound.promises.model import PromiseState
from callcenter.web.wire import Moment, QueryModel, WireModel


class PromisedCallPath(QueryModel):
    """Which promise."""

    promised_call_id: UUID


class PromiseSeenTo(WireModel):
    """What was done about it, for those who come after."""

    note: Annotated[str, Field(max_length=300)] = ""


class PromiseNotKept(WireModel):
    """A call that an owner was promised for `due_at`, and has not had. Open: it is still to be
    made, by `promised_by` alone or, since `left_to_all_at`, by any agent of the group; broken: it
    is not made by itself any more, and `reason` is why (a code). `promised_by` is a name; none: a
    key of an automated call."""

    id: UUID
    owner_id: UUID
    owner: str
    campaign_id: UUID
    campaign: str
    promised_by: str | None
    promised_at: datetime
    due_at: datetime
    state: PromiseState
    reason: str
    left_to_all_at: datetime | None


class PromisesNotKept(WireModel):
    """The oldest first, a hundred of each state at most."""

    items: list[PromiseNotKept]


class PromiseSeen(WireModel):
    """It was dealt with."""

    id: UUID
    seen_to_at: datetime


class PromiseAgain(WireModel):
    """When; without a time as soon as it is allowed."""

    at: Moment | None = None


class PromisedAgain(WireModel):
    """The promise that stands for the one that was not kept."""

    id: UUID
    due_at: datetime


class TimeSpan(WireModel):
    """From when, and until when."""

    begins_at: Moment
    ends_at: Moment


class PromiseTimes(WireModel):
    """When the owner may be called in the next two weeks, by the hours of the campaign's policy in
    his own zone; a call-back may be promised for no other time."""

    zone: str
    spans: list[TimeSpan]


def not_kept_out(row: Any) -> PromiseNotKept:
    """One row of `not_kept`."""
    given = {name: row[name] for name in PromiseNotKept.model_fields}
    words = {"promised_by": row["promised_by_name"], "state": PromiseState(row["state"])}
    # One whose campaign waits is late by that.
    is_paused = row["state"] == PromiseState.OPEN and row["campaign_state"] == "paused"
    return PromiseNotKept(**(given | words | ({"reason": "paused"} if is_paused else {})))
