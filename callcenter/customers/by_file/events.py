"""What happens to files of owners and visits: counts and ids only."""

from typing import ClassVar
from uuid import UUID

from callcenter.db.events import Fact


class ImportFact(Fact):
    """Heard by supervisors, who import."""

    roles: ClassVar[frozenset[str]] = frozenset({"supervisor"})


class OwnerFilePlanned(ImportFact):
    """A file was read: each row is told what it would do."""

    kind: ClassVar[str] = "owner_import.planned"
    import_id: UUID
    rows: int


class OwnersImported(ImportFact):
    """Owners and cars of a file were written."""

    kind: ClassVar[str] = "owner_import.owners_applied"
    import_id: UUID
    added: int
    changed: int


class VisitsImported(ImportFact):
    """Visits of a file were written."""

    kind: ClassVar[str] = "owner_import.visits_applied"
    import_id: UUID
    added: int
    changed: int
