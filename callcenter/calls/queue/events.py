"""What happens in the queue. Ids and codes only."""

from typing import ClassVar
from uuid import UUID

from callcenter.calls.events import CallFact
from callcenter.db.events import Fact


class QueueFact(Fact):
    """Heard by those who may read calls."""

    roles: ClassVar[frozenset[str]] = CallFact.roles
    entry_id: UUID
    call_id: UUID | None
    group: str


class QueueEntered(QueueFact):
    """Somebody waits for an agent."""

    kind: ClassVar[str] = "queue.entered"


class PlaceOffered(QueueFact):
    """It rings at this agent: his turn, and his."""

    kind: ClassVar[str] = "queue.offered"
    staff_id: UUID
    offers: int


class OfferWithdrawn(QueueFact):
    """It rings no more at this agent, and waits again."""

    kind: ClassVar[str] = "queue.waits_again"
    staff_id: UUID
    why: str


class QueueLeft(QueueFact):
    """The place is empty: answered, abandoned, called back, ..."""

    kind: ClassVar[str] = "queue.left"
    state: str


class CallBackKept(QueueFact):
    """Somebody is to be called back, in the place that he had."""

    kind: ClassVar[str] = "queue.call_back_kept"
    why: str


class GroupChanged(Fact):
    """Where a group's calls go on that wait too long."""

    kind: ClassVar[str] = "queue.group_changed"
    roles: ClassVar[frozenset[str]] = frozenset({"supervisor"})
    group: str
