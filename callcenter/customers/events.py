"""What happens to owners and cars. Ids only: names and numbers lie in rows that can be erased."""

from typing import ClassVar
from uuid import UUID

from callcenter.db.events import Fact


class CustomerFact(Fact):
    """Heard by the desk."""

    roles: ClassVar[frozenset[str]] = frozenset({"agent", "supervisor", "expert", "admin"})


class OwnerAdded(CustomerFact):
    """A new owner."""

    kind: ClassVar[str] = "owner.added"
    owner_id: UUID


class OwnerEdited(CustomerFact):
    """Fields changed: which, not to what."""

    kind: ClassVar[str] = "owner.edited"
    owner_id: UUID
    fields: list[str]


class VehicleAdded(CustomerFact):
    """A new car."""

    kind: ClassVar[str] = "vehicle.added"
    vehicle_id: UUID


class VehicleLinked(CustomerFact):
    """This owner drives this car."""

    kind: ClassVar[str] = "vehicle.linked"
    owner_id: UUID
    vehicle_id: UUID
