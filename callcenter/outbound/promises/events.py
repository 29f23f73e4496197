"""What becomes of calls that owners were promised. Ids and codes only."""

from typing import ClassVar
from uuid import UUID

from callcenter.db.events import Fact


class PromisedCallFact(Fact):
    """Heard by those who see to what was not kept."""

    roles: ClassVar[frozenset[str]] = frozenset({"supervisor"})
    promised_call_id: UUID
    campaign_id: UUID


class PromisedCallMade(PromisedCallFact):
    """An owner was told that he will be called; by whom, if that was said."""

    kind: ClassVar[str] = "promised_call.made"
    staff_id: UUID | None


class PromisedCallKept(PromisedCallFact):
    """He was spoken to."""

    kind: ClassVar[str] = "promised_call.kept"


class PromisedCallLeftToAll(PromisedCallFact):
    """Who promised it has not called in time: any agent of the group may."""

    kind: ClassVar[str] = "promised_call.left_to_all"


class PromisedCallBroken(PromisedCallFact):
    """He was not called, and is not called any more by itself."""

    kind: ClassVar[str] = "promised_call.broken"
    reason: str


class PromisedCallSeenTo(PromisedCallFact):
    """A person has dealt with one that was not kept."""

    kind: ClassVar[str] = "promised_call.seen_to"
