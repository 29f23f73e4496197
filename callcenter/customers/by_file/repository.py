"""Files of owners and of visits as rows of the database, read."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from callcenter.customers.by_file.errors import OwnerImportNotFound
from callcenter.customers.by_file.model import FileImport, ImportKind, ImportState, RowOutcome
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx

SQL = load_queries(__file__)

_AS_THEY_ARE = (
    *("id", "file_name", "digest", "said_at", "total", "rows_read", "applied_to", "failure"),
    *("made_by", "made_at", "applied_by", "applied_at"),
)


async def get(tx: Tx, import_id: UUID) -> FileImport:
    """Raises OwnerImportNotFound."""
    row = await SQL.get_owner_import(tx.connection, id=import_id)
    if row is None:
        raise OwnerImportNotFound
    return import_of(row)


async def newest(
    tx: Tx, limit: int, *, before: tuple[datetime, UUID] | None = None
) -> list[FileImport]:
    """The newest first."""
    at, row_id = before or (None, None)
    rows = await SQL.newest_owner_imports(
        tx.connection, limit=limit, before_at=at, before_id=row_id
    )
    return [import_of(row) for row in rows]


async def under_way(tx: Tx, kind: ImportKind, digest: str) -> FileImport | None:
    """The import of this very file that was stopped while it was being applied."""
    row = await SQL.owner_import_under_way(tx.connection, kind=kind.value, digest=digest)
    return import_of(row) if row else None


def import_of(row: Any) -> FileImport:
    """A row of `owner_imports`."""
    return FileImport(
        kind=ImportKind(row["kind"]),
        state=ImportState(row["state"]),
        mapping=json.loads(row["mapping"]),
        headings=tuple(row["headings"]),
        unknown_headings=tuple(row["unknown_headings"]),
        counts={one: row[one.value] for one in RowOutcome},
        **{name: row[name] for name in _AS_THEY_ARE},
    )
