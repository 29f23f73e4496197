"""What happens to the call flow, and in it. Ids and codes only."""

from typing import ClassVar
from uuid import UUID

from callcenter.db.events import Fact


class CallFlowPublished(Fact):
    """Calls that ring from now on walk this version."""

    kind: ClassVar[str] = "call_flow.published"
    roles: ClassVar[frozenset[str]] = frozenset({"supervisor", "admin"})
    version: int


class MessageLeft(Fact):
    """A caller has left a message instead of waiting."""

    kind: ClassVar[str] = "call.message_left"
    roles: ClassVar[frozenset[str]] = frozenset({"agent", "supervisor", "expert"})
    call_id: UUID
    sequence: int
