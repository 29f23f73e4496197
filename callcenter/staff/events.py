"""What happens in the staff room, as facts: ids and codes only."""

from typing import ClassVar
from uuid import UUID

from callcenter.db.events import Fact

ALARMED = frozenset({"agent", "supervisor", "expert", "admin"})
ADMINS = frozenset({"admin"})


class AlarmRaised(Fact):
    """Somebody must take it; `again` when it was taken and sounds anew."""

    kind: ClassVar[str] = "alarm.raised"
    roles: ClassVar[frozenset[str]] = ALARMED
    alarm_id: UUID
    alarm_kind: str
    reason: str
    again: bool = False


class AlarmTaken(Fact):
    """A person looks after it."""

    kind: ClassVar[str] = "alarm.taken"
    roles: ClassVar[frozenset[str]] = ALARMED
    alarm_id: UUID
    alarm_kind: str


class AlarmHandedOn(Fact):
    """Another person looks after it from now on."""

    kind: ClassVar[str] = "alarm.handed_on"
    roles: ClassVar[frozenset[str]] = ALARMED
    alarm_id: UUID
    alarm_kind: str
    to_id: UUID


class AlarmCleared(Fact):
    """Its reason has passed."""

    kind: ClassVar[str] = "alarm.cleared"
    roles: ClassVar[frozenset[str]] = ALARMED
    alarm_id: UUID
    alarm_kind: str
    reason: str


class StaffAdded(Fact):
    """A new colleague."""

    kind: ClassVar[str] = "staff.added"
    roles: ClassVar[frozenset[str]] = ADMINS
    staff_id: UUID
    role: str


class StaffEdited(Fact):
    """Which fields of a colleague were changed."""

    kind: ClassVar[str] = "staff.edited"
    roles: ClassVar[frozenset[str]] = ADMINS
    staff_id: UUID
    fields: list[str]


class PasswordSet(Fact):
    """A colleague has a new password."""

    kind: ClassVar[str] = "staff.password_set"
    roles: ClassVar[frozenset[str]] = ADMINS
    staff_id: UUID


class StaffExported(Fact):
    """The list of colleagues left the house as a file: how many, by which filters."""

    kind: ClassVar[str] = "staff.exported"
    roles: ClassVar[frozenset[str]] = ADMINS
    rows: int
    filters: dict[str, str]


class MachineTokenMade(Fact):
    """A machine may do these things."""

    kind: ClassVar[str] = "machine_token.made"
    roles: ClassVar[frozenset[str]] = ADMINS
    token_id: UUID
    scopes: list[str]


class MachineTokenRevoked(Fact):
    """A machine may do nothing any more."""

    kind: ClassVar[str] = "machine_token.revoked"
    roles: ClassVar[frozenset[str]] = ADMINS
    token_id: UUID
