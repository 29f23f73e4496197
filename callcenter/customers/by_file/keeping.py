"""What is left of imports when nobody will ask for it any more."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from callcenter.customers.by_file import repository
from callcenter.customers.by_file.model import ImportKind
from callcenter.customers.by_file.planning import forget_rows
from callcenter.customers.by_file.sorts import SORTS
from callcenter.db.database import Database
from callcenter.db.transaction import Tx

SQL = repository.SQL
PLANS_KEPT_FOR = timedelta(days=7)
ROWS_KEPT_FOR = timedelta(days=30)
"""Rows of an applied file with their refusals; that it was applied, and its counts, stay."""
AT_A_TURN = 20


async def forget_imported(database: Database) -> None:
    """Plans that nobody applied, and rows of files applied long ago; a piece at a time."""
    for import_id, kind in await database.run(_old_plans, readonly=True):
        await _forget_plan(database, import_id, kind)
    for import_id, kind in await database.run(_old_rows, readonly=True):
        await forget_rows(database, SORTS[kind], import_id)


async def _old_plans(tx: Tx) -> list[tuple[UUID, ImportKind]]:
    return _named(await SQL.plans_grown_old(tx.connection, kept=PLANS_KEPT_FOR, limit=AT_A_TURN))


async def _old_rows(tx: Tx) -> list[tuple[UUID, ImportKind]]:
    return _named(await SQL.rows_grown_old(tx.connection, kept=ROWS_KEPT_FOR, limit=AT_A_TURN))


async def _forget_plan(database: Database, import_id: UUID, kind: ImportKind) -> None:
    if await database.run(lambda tx: SQL.say_forgotten(tx.connection, id=import_id)):
        await forget_rows(database, SORTS[kind], import_id)
        await database.run(lambda tx: SQL.forget_owner_plan(tx.connection, id=import_id))


def _named(found: Sequence[Mapping[str, Any]]) -> list[tuple[UUID, ImportKind]]:
    return [(row["id"], ImportKind(row["kind"])) for row in found]
