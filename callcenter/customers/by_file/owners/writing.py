"""Owners and cars of a piece as they were told, written."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from callcenter.customers.by_file.repository import SQL as IMPORTS
from callcenter.customers.by_file.sort import Piece
from callcenter.customers.consents import service as consents
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.names import name_keys

SQL = load_queries(__file__, "writing.sql")
CONSENTS = load_queries(__file__, "consents.sql")


async def write(tx: Tx, actor: str, piece: Piece) -> None:
    """Write what the rows say, but for those whose owner or car was changed meanwhile."""
    at = tx.connection
    await SQL.meet_owners_added_since(at)
    known = [row["id"] for row in await SQL.lock_owners(at)]
    await consents.lock_reaches(tx, known)
    await SQL.refuse_stale(at)
    edited = await SQL.edit_owners(at)
    await SQL.edit_cars(at)
    await IMPORTS.plan_once(at)
    added = await SQL.add_owners(at)
    await SQL.add_cars(at)
    await SQL.add_numbers(at)
    await _link(tx, set(known))
    await _keep_name_keys(tx, added, [row for row in edited if row["is_renamed"]])
    await _add_consents(tx, actor, piece)
    await _let_later_rows_know(tx, piece)


async def _link(tx: Tx, known: set[UUID]) -> None:
    numbers = await SQL.link_numbers(tx.connection)
    cars = await SQL.link_cars(tx.connection)
    raised = known & {row["owner_id"] for row in (*numbers, *cars)}
    if raised:
        await SQL.raise_versions(tx.connection, owner_ids=list(raised))


async def _let_later_rows_know(tx: Tx, piece: Piece) -> None:
    for later, let_know in (
        (SQL.later_rows_of_owners, SQL.let_later_owners_know),
        (SQL.later_rows_of_cars, SQL.let_later_cars_know),
    ):
        rows = await later(tx.connection, id=piece.import_id, last=piece.last)
        if rows:
            numbers = [row["number"] for row in rows]
            await let_know(tx.connection, id=piece.import_id, numbers=numbers)


async def _keep_name_keys(tx: Tx, added: Sequence[Any], renamed: Sequence[Any]) -> None:
    if renamed:
        gone = [row["id"] for row in renamed]
        await SQL.forget_name_keys(tx.connection, owner_ids=gone)
    # In the order of the index, so that a page of it is looked for once.
    pairs = sorted((key, row["id"]) for row in (*added, *renamed) for key in name_keys(row["name"]))
    if pairs:
        keys, ids = zip(*pairs, strict=True)
        await SQL.add_name_keys(tx.connection, keys=list(keys), owner_ids=list(ids))


async def _add_consents(tx: Tx, actor: str, piece: Piece) -> None:
    heard = await CONSENTS.add_consents(
        tx.connection, by=actor, said_at=piece.said_at, file_name=piece.file_name
    )
    if heard:
        await IMPORTS.plan_each_time(tx.connection)
        await consents.keep_reach(tx, [row["owner_id"] for row in heard])
