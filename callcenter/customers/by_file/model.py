"""What an import is, and how far it has come. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class ImportKind(StrEnum):
    """What a file holds."""

    OWNERS = "owners"
    VISITS = "visits"


class ImportState(StrEnum):
    """How far it is. `waiting`: kept, not read yet; `failed`: refused as a whole."""

    WAITING = "waiting"
    READING = "reading"
    PLANNED = "planned"
    APPLYING = "applying"
    APPLIED = "applied"
    FAILED = "failed"


class RowOutcome(StrEnum):
    """What a row does."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class FileImport:
    """One row of `owner_imports`. `total` rows are expected, `rows_read` were told what they
    would do; `applied_to` is the number of the last row that is written."""

    id: UUID
    kind: ImportKind
    file_name: str
    digest: str
    said_at: datetime
    state: ImportState
    mapping: Mapping[str, str]
    headings: tuple[str, ...]
    unknown_headings: tuple[str, ...]
    total: int
    rows_read: int
    applied_to: int
    counts: Mapping[RowOutcome, int]
    failure: str
    made_by: str
    made_at: datetime
    applied_by: str | None
    applied_at: datetime | None
