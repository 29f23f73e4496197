"""What happens to calls. Ids and codes only."""

from typing import ClassVar
from uuid import UUID

from callcenter.db.events import Fact


class CallFact(Fact):
    """Heard by those who may read calls."""

    roles: ClassVar[frozenset[str]] = frozenset({"agent", "supervisor", "expert"})
    call_id: UUID


class CallGreeted(CallFact):
    """A caller is in the hotline's menu; nobody is rung yet."""

    kind: ClassVar[str] = "call.greeted"


class CallRinging(CallFact):
    """The phone rings: the desk opens on the caller."""

    kind: ClassVar[str] = "call.ringing"


class CallAnswered(CallFact):
    """A person has picked up."""

    kind: ClassVar[str] = "call.answered"


class CallEnded(CallFact):
    """The line is closed."""

    kind: ClassVar[str] = "call.ended"
    reason: str


class CallAttached(CallFact):
    """The call belongs to this ticket."""

    kind: ClassVar[str] = "call.attached"
    ticket_id: UUID


class CallDialled(CallFact):
    """An agent is on the line; the number is to be dialled."""

    kind: ClassVar[str] = "call.dialled"


class CallHandedOver(CallFact):
    """The agent is off the line, the caller speaks with a colleague (`staff_id`) or somebody
    outside."""

    kind: ClassVar[str] = "call.handed_over"
    staff_id: UUID | None


class CallDisposed(CallFact):
    """What came of the call."""

    kind: ClassVar[str] = "call.disposed"
    disposition: str


class CallsExported(Fact):
    """The list of calls left the house as a file: how many, by which filters."""

    kind: ClassVar[str] = "call.exported"
    roles: ClassVar[frozenset[str]] = frozenset({"supervisor"})
    rows: int
    with_phones: bool
    filters: dict[str, str]
