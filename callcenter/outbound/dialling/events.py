"""What happens to calls to owners. Ids and codes only."""

from typing import ClassVar
from uuid import UUID

from callcenter.db.events import Fact


class OwnerCallFact(Fact):
    """Heard by those who may read calls."""

    roles: ClassVar[frozenset[str]] = frozenset({"agent", "supervisor", "expert"})
    owner_call_id: UUID
    campaign_id: UUID


class OwnerCallTaken(OwnerCallFact):
    """An agent has the owner before him."""

    kind: ClassVar[str] = "owner_call.taken"
    staff_id: UUID


class OwnerCallSkipped(OwnerCallFact):
    """The agent does not call him."""

    kind: ClassVar[str] = "owner_call.skipped"
    why: str


class OwnerCallDialled(OwnerCallFact):
    """His number is dialled from now on."""

    kind: ClassVar[str] = "owner_call.dialled"
    mode: str


class OwnerCallConnected(OwnerCallFact):
    """He speaks with an agent."""

    kind: ClassVar[str] = "owner_call.connected"
    staff_id: UUID


class OwnerCallEnded(OwnerCallFact):
    """It is over; no outcome: nobody was called, or nobody can say."""

    kind: ClassVar[str] = "owner_call.ended"
    outcome: str | None


class DiallingSet(Fact):
    """How a campaign's calls are dialled was changed: which fields, and what mode it is now."""

    kind: ClassVar[str] = "campaign.dialling_set"
    roles: ClassVar[frozenset[str]] = frozenset({"supervisor"})
    campaign_id: UUID
    mode: str
    fields: list[str]
