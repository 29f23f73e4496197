"""A file applied: piece by piece, each with the count of its rows in one commit."""

from uuid import UUID

from callcenter.customers.by_file import repository
from callcenter.customers.by_file.errors import OwnerImportNotFound, OwnerImportNotPlanned
from callcenter.customers.by_file.events import ImportFact, OwnersImported, VisitsImported
from callcenter.customers.by_file.model import FileImport, ImportKind, ImportState, RowOutcome
from callcenter.customers.by_file.planning import ROWS_AT_ONCE, Progress, counts_of
from callcenter.customers.by_file.sort import Piece
from callcenter.customers.by_file.sorts import SORTS
from callcenter.db.database import Database
from callcenter.db.events import record
from callcenter.db.transaction import Tx

SQL = repository.SQL
FACTS: dict[ImportKind, type[OwnersImported | VisitsImported]] = {
    ImportKind.OWNERS: OwnersImported,
    ImportKind.VISITS: VisitsImported,
}


async def allow(tx: Tx, actor: str, import_id: UUID) -> FileImport:
    """From here on it will be applied to its end, by whoever goes on with it.

    Raises OwnerImportNotFound and OwnerImportNotPlanned.
    """
    row = await SQL.say_applying(tx.connection, id=import_id, by=actor)
    if row is None:
        await repository.get(tx, import_id)
        raise OwnerImportNotPlanned
    return repository.import_of(row)


async def apply_file(
    database: Database, import_id: UUID, progress: Progress = lambda done, total: None
) -> FileImport:
    """Write all rows that can be written, behind those that are. Two who do so at once take turns.

    Raises OwnerImportNotFound; OwnerImportNotPlanned unless it was allowed.
    """
    made = await database.run(lambda tx: repository.get(tx, import_id), readonly=True)
    sort = SORTS[made.kind]
    last = await database.run(lambda tx: sort.last_row(tx.connection, id=import_id), readonly=True)
    while (done := await database.run(lambda tx: _next_piece(tx, import_id, last))) is not None:
        progress(done, last)
    return await database.run(lambda tx: repository.get(tx, import_id), readonly=True)


async def _next_piece(tx: Tx, import_id: UUID, last: int) -> int | None:
    """The number of the last row that is written now; None when there are no more."""
    row = await SQL.lock_owner_import(tx.connection, id=import_id)
    if row is None:
        raise OwnerImportNotFound
    made = repository.import_of(row)
    if made.state is ImportState.APPLIED:
        return None
    if made.state is not ImportState.APPLYING:
        raise OwnerImportNotPlanned
    if made.applied_to >= last:
        await _finish(tx, made, last)
        return None
    first = made.applied_to + 1
    piece = Piece(made.id, first, first + ROWS_AT_ONCE - 1, made.file_name, made.said_at)
    await SQL.say_applied_to(
        tx.connection, id=made.id, last=piece.last, **await _write(tx, made, piece)
    )
    return min(piece.last, last)


async def _write(tx: Tx, made: FileImport, piece: Piece) -> dict[str, int]:
    """Rows of a piece, and how many of them turned out to be refused after all."""
    sort = SORTS[made.kind]
    await SQL.plan_each_time(tx.connection)
    await sort.piece.hold(tx.connection)
    await sort.piece.take(tx.connection, **piece.rows)
    await sort.piece.measure(tx.connection)
    before = await counts_of(tx, sort)
    await sort.write(tx, made.applied_by or made.made_by, piece)
    after = await counts_of(tx, sort)
    if after["refused"]:
        await sort.piece.keep_refused(tx.connection, id=made.id)
    return {f"lost_{one}": before[one] - after[one] for one in ("added", "changed")}


async def _finish(tx: Tx, made: FileImport, last: int) -> None:
    """Rows that were written are forgotten; those refused stay for the error file."""
    await SQL.say_applied(tx.connection, id=made.id)
    fact: ImportFact = FACTS[made.kind](
        import_id=made.id,
        added=made.counts[RowOutcome.ADDED],
        changed=made.counts[RowOutcome.CHANGED],
    )
    await record(tx, fact, actor=made.applied_by or made.made_by)
