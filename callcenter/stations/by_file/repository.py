"""Imports and their rows, read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.stations.by_file.errors import ImportNotFound
from callcenter.stations.repository import SQL

State = Literal["planned", "applied", "undone"]
Outcome = Literal["added", "changed", "unchanged", "refused"]
REASON_SIGNS = 1000


@dataclass(frozen=True)
class StationImport:
    """A file of stations, and what was done with it by whom."""

    id: UUID
    file_name: str
    state: State
    headings: tuple[str, ...]
    unknown_headings: tuple[str, ...]
    made_by: str
    made_at: datetime
    applied_by: str | None
    applied_at: datetime | None
    undone_by: str | None
    undone_at: datetime | None


@dataclass(frozen=True)
class ImportRow:
    """A row of the file: `number` as the spreadsheet counts it, `changed` the fields that it
    changes, the reason why it is refused or was not undone; `undone` None: not tried."""

    number: int
    code: str
    outcome: Outcome
    changed: tuple[str, ...]
    reason_zh: str
    reason_en: str
    undone: bool | None

    def reason(self, language: str) -> str:
        """In the reader's language; what it quotes of a cell may be cut."""
        return (self.reason_en if language == "en" else self.reason_zh)[:REASON_SIGNS]


async def get(tx: Tx, import_id: UUID) -> StationImport:
    """Raises ImportNotFound."""
    row = await SQL.get_import(tx.connection, id=import_id)
    if row is None:
        raise ImportNotFound
    return _import_of(row)


async def newest(
    tx: Tx, limit: int, *, before: tuple[datetime, UUID] | None = None
) -> list[StationImport]:
    """The newest first."""
    at, row_id = before or (None, None)
    rows = await SQL.newest_imports(tx.connection, limit=limit, before_at=at, before_id=row_id)
    return [_import_of(row) for row in rows]


async def rows(
    tx: Tx,
    import_id: UUID,
    *,
    limit: int,
    outcome: Outcome | None = None,
    undone: bool | None = None,
    after: int = 0,
) -> list[ImportRow]:
    """In the order of the file, behind the row with the number `after`."""
    found = await SQL.import_rows(
        tx.connection, id=import_id, outcome=outcome, undone=undone, after=after, limit=limit
    )
    return [_row_of(row) for row in found]


def _import_of(row: Any) -> StationImport:
    values = {field.name: row[field.name] for field in fields(StationImport)}
    texts = {name: tuple(row[name]) for name in ("headings", "unknown_headings")}
    return StationImport(**values | texts)


def _row_of(row: Any) -> ImportRow:
    names = ("number", "code", "outcome", "reason_zh", "reason_en", "undone")
    changed = _changed(row["before"], row["after"]) if row["outcome"] == "changed" else ()
    return ImportRow(changed=tuple(changed), **{name: row[name] for name in names})


def _changed(before: str, after: str) -> Sequence[str]:
    was, will = json.loads(before), json.loads(after)
    return [name for name in will if was.get(name) != will[name]]
