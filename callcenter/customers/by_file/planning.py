"""A file read: its rows into the database piece by piece, each told what it would do."""

import asyncio
import hashlib
import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from callcenter.clock import CHINA
from callcenter.customers.by_file import repository
from callcenter.customers.by_file.events import OwnerFilePlanned
from callcenter.customers.by_file.model import FileImport, ImportKind, ImportState, RowOutcome
from callcenter.customers.by_file.sort import Context, Piece, Sort
from callcenter.customers.by_file.sorts import SORTS
from callcenter.db.database import Database
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.web.sheets.headings import Headings
from callcenter.web.sheets.stream import LongSheet, long_sheet

SQL = repository.SQL
ROWS_AT_ONCE = 4_000
"""Of one transaction: short enough for those who wait for one of its rows."""
Progress = Callable[[int, int], None]


def digest_of(file: Path, mapping: Mapping[str, str]) -> str:
    """The same for the same file read in the same way."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    digest.update(json.dumps(mapping, sort_keys=True).encode())
    return digest.hexdigest()


async def open_import(
    tx: Tx,
    actor: str,
    kind: ImportKind,
    *,
    file_name: str,
    digest: str,
    said_at: datetime,
    mapping: Mapping[str, str],
    state: ImportState = ImportState.READING,
) -> UUID:
    """A new import of which nothing is read yet."""
    row = await SQL.insert_owner_import(
        tx.connection,
        id=new_id(),
        kind=kind.value,
        file_name=file_name[:200],
        digest=digest,
        said_at=said_at,
        state=state.value,
        mapping=json.dumps(dict(mapping)),
        made_by=actor,
    )
    import_id: UUID = row["id"]
    return import_id


async def read_file(
    database: Database,
    actor: str,
    import_id: UUID,
    file: Path,
    stations: Mapping[str, UUID],
    progress: Progress = lambda done, total: None,
) -> FileImport:
    """Read all rows; nothing of an owner is written. Begun again, it begins from the first row.

    Raises what `long_sheet` and `headings_of` do, and OwnerImportNotFound.
    """
    made = await database.run(lambda tx: repository.get(tx, import_id), readonly=True)
    sort = SORTS[made.kind]
    with long_sheet(file) as sheet:
        headings = sort.columns.headings_of(sheet.headings, made.mapping)
        await _begin(database, made, sort, sheet, headings)
        now = await database.run(lambda tx: tx.now(), readonly=True)
        context = Context(stations, now.astimezone(CHINA).date())
        pieces = _pieces(sheet, headings, sort, made.id, context)
        done = 0
        reading = asyncio.create_task(asyncio.to_thread(next, pieces, None))
        while records := await reading:
            # The next piece is read while the database works on this one.
            reading = asyncio.create_task(asyncio.to_thread(next, pieces, None))
            await database.run(lambda tx, rows=records: _stage(tx, made, sort, rows))  # type: ignore[misc]
            done += len(records)
            progress(done, max(sheet.total, done))
    return await database.run(lambda tx: _planned(tx, actor, import_id))


async def _begin(
    database: Database, made: FileImport, sort: Sort, sheet: LongSheet, headings: Headings
) -> None:
    """What a reader before has left goes, a piece at a time."""
    await forget_rows(database, sort, made.id)

    async def begin(tx: Tx) -> None:
        await SQL.begin_owner_import(
            tx.connection,
            id=made.id,
            headings=list(sheet.headings),
            unknown_headings=list(headings.unknown),
            total=sheet.total,
        )

    await database.run(begin)


async def forget_rows(database: Database, sort: Sort, import_id: UUID) -> None:
    """The rows that were read of it, a piece at a time."""
    last = await database.run(lambda tx: sort.last_row(tx.connection, id=import_id), readonly=True)
    for first in range(1, last + 1, ROWS_AT_ONCE):
        rows = {"id": import_id, "first": first, "last": first + ROWS_AT_ONCE - 1}
        await database.run(partial(_forget, sort=sort, rows=rows))


async def _forget(tx: Tx, sort: Sort, rows: Mapping[str, Any]) -> None:
    await sort.forgotten(tx.connection, **rows)


def _pieces(
    sheet: LongSheet, headings: Headings, sort: Sort, import_id: UUID, context: Context
) -> Iterator[list[tuple[Any, ...]]]:
    read = sort.reader(import_id, context)
    records = (read(row, headings.cells(row.cells)) for row in sheet.rows)
    while some := list(itertools.islice(records, ROWS_AT_ONCE)):
        yield some


async def _stage(tx: Tx, made: FileImport, sort: Sort, records: Sequence[tuple[Any, ...]]) -> None:
    number = list(sort.copied).index("number")
    piece = _piece(made, records[0][number], records[-1][number])
    await SQL.plan_each_time(tx.connection)
    await sort.piece.hold(tx.connection)
    await tx.connection.copy_records_to_table(
        sort.piece.name, columns=list(sort.copied), records=records
    )
    await sort.piece.measure(tx.connection)
    await sort.resolve(tx, piece)
    counts = await counts_of(tx, sort)
    await SQL.plan_once(tx.connection)
    await sort.piece.keep(tx.connection)
    await SQL.say_rows_read(tx.connection, id=made.id, rows=len(records), **counts)


async def counts_of(tx: Tx, sort: Sort) -> dict[str, int]:
    """Rows of the piece that is held, by outcome."""
    counts = dict.fromkeys((one.value for one in RowOutcome), 0)
    rows = await sort.piece.counted(tx.connection)
    return counts | {row["outcome"]: row["many"] for row in rows}


def _piece(made: FileImport, first: int, last: int) -> Piece:
    return Piece(made.id, first, last, made.file_name, made.said_at)


async def _planned(tx: Tx, actor: str, import_id: UUID) -> FileImport:
    row = await SQL.say_planned(tx.connection, id=import_id)
    if row is not None:
        await record(tx, OwnerFilePlanned(import_id=import_id, rows=row["rows_read"]), actor=actor)
    return await repository.get(tx, import_id)
