"""What the queue looks like on the wire."""

from datetime import timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from callcenter.calls.agents.wire import GroupName, Skill
from callcenter.calls.queue.model import CallBackReason, PlaceKind, PlaceState, Urgency
from callcenter.phones import masked
from callcenter.web.wire import Moment, QueryModel, WireModel

Seconds = Annotated[int, Field(ge=0, le=86_400)]


class Entering(WireModel):
    """Whom the caller waits for, and how urgent it is."""

    group: GroupName
    urgency: Urgency = Urgency.REST
    language: Literal["zh", "en"] = "zh"
    skills: Annotated[list[Skill], Field(default_factory=list, max_length=20)]
    drill: bool = False


class WaitingOut(WireModel):
    """How many are before him, and about how long it takes; null when nobody is at the group."""

    place_id: UUID
    ahead: int
    estimated_wait_s: int | None


class PickReason(WireModel):
    """Why it was its turn, and why this agent's."""

    waited_s: float
    head_start_s: int
    overtook: int
    last_agent: bool
    opened: list[str]


class QueuePlaceOut(WireModel):
    """A place in the queue; the number masked unless the role may read it.

    `rings_until`: when what is offered goes to another, unless the agent takes it.
    """

    id: UUID
    kind: PlaceKind
    call_id: UUID | None
    caller: str | None
    group: str
    urgency: Urgency
    tier: int
    language: str
    skills: list[str]
    drill: bool
    entered_at: Moment
    turn_at: Moment
    not_before: Moment | None
    last_agent_id: UUID | None
    state: PlaceState
    offered_to: UUID | None
    offered_at: Moment | None
    rings_until: Moment | None
    pick: PickReason | None
    why: CallBackReason | None
    attempts: int


class Queue(WireModel):
    """Who waits at this moment, in the order of their turns."""

    at: Moment
    items: list[QueuePlaceOut]


class QueueQuery(QueryModel):
    """How much of it."""

    limit: Annotated[int, Field(ge=1, le=500)] = 200


class GroupFields(WireModel):
    """Where a call goes on that waits too long; each second half only with its first."""

    title_zh: Annotated[str, Field(min_length=1, max_length=60)]
    title_en: Annotated[str, Field(min_length=1, max_length=60)]
    second_group: GroupName | None = None
    second_after_s: Seconds | None = None
    expert_group: GroupName | None = None
    expert_after_s: Seconds | None = None
    outside_number: Annotated[str, Field(min_length=3, max_length=40)] | None = None
    outside_after_s: Seconds | None = None


class GroupOut(GroupFields):
    """A group of agents."""

    name: str
    version: int


class Groups(WireModel):
    """All groups, by name."""

    items: list[GroupOut]


class GroupPath(QueryModel):
    """The group in the address."""

    name: GroupName


COMPUTED = ("group", "pick", "rings_until")


def place_out(row: Any, *, phones: bool, rings_for: timedelta) -> QueuePlaceOut:
    """`phones`: whether the reader may see the caller's full number."""
    own = {name: row[name] for name in QueuePlaceOut.model_fields if name not in COMPUTED}
    own |= {"kind": PlaceKind(row["kind"]), "urgency": Urgency(row["urgency"])}
    own |= {"state": PlaceState(row["state"])}
    if row["why"]:
        own["why"] = CallBackReason(row["why"])
    if row["caller"] and not phones:
        own["caller"] = masked(row["caller"])
    pick = PickReason.model_validate_json(row["pick"]) if row["pick"] else None
    until = row["offered_at"] + rings_for if row["offered_at"] else None
    return QueuePlaceOut(group=row["group_name"], pick=pick, rings_until=until, **own)
