"""What happens to audiences. Ids only."""

from typing import ClassVar
from uuid import UUID

from callcenter.db.events import Fact


class AudienceFact(Fact):
    """Heard by those who may change them."""

    roles: ClassVar[frozenset[str]] = frozenset({"supervisor", "admin"})
    audience_id: UUID


class AudienceMade(AudienceFact):
    """A new rule."""

    kind: ClassVar[str] = "audience.made"


class AudienceEdited(AudienceFact):
    """Another rule or name; runs that are frozen keep theirs."""

    kind: ClassVar[str] = "audience.edited"


class AudienceDeleted(AudienceFact):
    """Nothing used it."""

    kind: ClassVar[str] = "audience.deleted"
