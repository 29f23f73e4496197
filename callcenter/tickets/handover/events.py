"""What happens at the shift's end. Ids and codes only."""

from typing import ClassVar
from uuid import UUID

from callcenter.db.events import Fact
from callcenter.tickets.events import DESK


class HandoverMade(Fact):
    """A ticket or an alarm waits for another person now."""

    kind: ClassVar[str] = "handover.made"
    roles: ClassVar[frozenset[str]] = DESK
    handover_id: UUID
    from_id: UUID
    to_id: UUID
    alarm_id: UUID | None = None


class HandoverSeen(Fact):
    """Whoever received it knows."""

    kind: ClassVar[str] = "handover.seen"
    roles: ClassVar[frozenset[str]] = DESK
    handover_id: UUID
