"""What happens to agents' phones."""

from typing import ClassVar
from uuid import UUID

from callcenter.db.events import Fact


class PhoneChosen(Fact):
    """An agent is rung on this kind of phone from now on."""

    kind: ClassVar[str] = "seat.phone_chosen"
    roles: ClassVar[frozenset[str]] = frozenset({"supervisor"})
    staff_id: UUID
    choice: str
