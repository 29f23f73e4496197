"""What happens to agents at the hotline. Ids and codes only."""

from typing import ClassVar
from uuid import UUID

from callcenter.calls.events import CallFact
from callcenter.db.events import Fact


class SeatChanged(Fact):
    """A colleague's availability, contact or wish has begun anew."""

    kind: ClassVar[str] = "seat.changed"
    roles: ClassVar[frozenset[str]] = CallFact.roles
    staff_id: UUID
    availability: str
    contact: str
    lost: bool


class ProfileChanged(Fact):
    """Which calls a colleague can take."""

    kind: ClassVar[str] = "seat.profile_changed"
    roles: ClassVar[frozenset[str]] = frozenset({"supervisor"})
    staff_id: UUID
