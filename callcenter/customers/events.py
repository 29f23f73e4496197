"""What happens to owners and cars. Ids only: names and numbers lie in rows that can be erased."""

from typing import ClassVar
from uuid import UUID

from callcenter.db.events import Fact


class CustomerFact(Fact):
    """Heard by those who may read owners."""

    roles: ClassVar[frozenset[str]] = frozenset({"agent", "supervisor", "expert"})


class OwnerAdded(CustomerFact):
    """A new owner."""

    kind: ClassVar[str] = "owner.added"
    owner_id: UUID


class OwnerEdited(CustomerFact):
    """Fields changed: which, not to what."""

    kind: ClassVar[str] = "owner.edited"
    owner_id: UUID
    fields: list[str]


class ContactPointAdded(CustomerFact):
    """One more number of this owner."""

    kind: ClassVar[str] = "contact_point.added"
    owner_id: UUID
    contact_point_id: UUID


class ContactPointWrong(CustomerFact):
    """Somebody else answers at this number of this owner."""

    kind: ClassVar[str] = "contact_point.wrong"
    owner_id: UUID
    contact_point_id: UUID


class VehicleAdded(CustomerFact):
    """A new car."""

    kind: ClassVar[str] = "vehicle.added"
    vehicle_id: UUID


class VehicleEdited(CustomerFact):
    """Fields of a car changed: which, not to what."""

    kind: ClassVar[str] = "vehicle.edited"
    vehicle_id: UUID
    fields: list[str]


class VehicleLinked(CustomerFact):
    """This owner drives this car."""

    kind: ClassVar[str] = "vehicle.linked"
    owner_id: UUID
    vehicle_id: UUID


class VehicleUnlinked(CustomerFact):
    """This owner drives this car no more."""

    kind: ClassVar[str] = "vehicle.unlinked"
    owner_id: UUID
    vehicle_id: UUID


class OwnersExported(Fact):
    """The list of owners left the house as a file: how many, by which filters."""

    kind: ClassVar[str] = "owner.exported"
    roles: ClassVar[frozenset[str]] = frozenset({"supervisor"})
    rows: int
    with_phones: bool
    filters: dict[str, str]
