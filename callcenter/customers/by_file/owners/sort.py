"""Owners and cars of a piece: read, found among those who are there, written."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from callcenter.customers.by_file.columns import OWNER_COLUMNS
from callcenter.customers.by_file.owners.row import OwnerRow, owner_row
from callcenter.customers.by_file.repository import SQL as IMPORTS
from callcenter.customers.by_file.sort import CELLS_DIVIDED_BY, Context, Piece, RowReader, Sort
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.names import name_keys
from callcenter.phones import line_of
from callcenter.web.sheets.read import Row

SQL = load_queries(__file__)

VALUES = (
    *("name", "email", "province", "city", "birthday_calendar", "birthday_month", "birthday_day"),
    *("wedding_on", "tier", "language", "remark", "vin", "plate", "model", "energy", "colour"),
    *("delivered_on", "said_at"),
)
COPIED = (
    *("import_id", "number", "cells", "phones", "phone_ids", "granted", "refused", "consent_ids"),
    *("person", "owner_id", "car", "vehicle_id", "outcome", "reason_zh", "reason_en"),
    *VALUES,
)
RESOLVING = (
    *(SQL.find_cars_by_vin, SQL.find_cars_by_plate, SQL.find_owners_by_phone),
    *(SQL.find_owners_by_car, SQL.same_person_in_piece, SQL.same_person_in_file),
    *(SQL.refuse_nameless, SQL.refuse_contradictions),
)
_TIME = (1 << 48) - 1 << 80
_VERSION = 0x7 << 76 | 0b10 << 62
_CHANCE = (1 << 128) - 1 ^ (0xF << 76) ^ (0b11 << 62)


def reader(import_id: UUID, _: Context) -> RowReader:
    """Reads rows of this import."""

    def read(row: Row, cells: Mapping[str, str]) -> tuple[Any, ...]:
        said = owner_row(cells)
        lines = list(dict.fromkeys(line_of(phone) for phone in said.phones))
        person = _person(import_id, said, lines, row.number)
        car = _car(import_id, said.values)
        words = len(said.granted) + len(said.refused)
        return (
            *(import_id, row.number, CELLS_DIVIDED_BY.join(row.cells)),
            *(lines, [new_id() for _ in lines]),
            *(list(said.granted), list(said.refused), [new_id() for _ in range(words)]),
            *(person, person, car, car, "refused" if said.reasons else "added"),
            ";".join(zh for zh, _ in said.reasons),
            "; ".join(en for _, en in said.reasons),
            *(said.values.get(name) for name in VALUES),
        )

    return read


def made_id(import_id: UUID, words: str) -> UUID:
    """A UUIDv7 of the import's time whose chance is of these words: one id for one thing, in
    whichever row it is named, without a list of all that were."""
    chance = int.from_bytes(
        hashlib.blake2b(words.encode(), digest_size=16, key=import_id.bytes).digest()
    )
    return UUID(int=import_id.int & _TIME | _VERSION | chance & _CHANCE & ~_TIME)


def _person(import_id: UUID, said: OwnerRow, lines: Sequence[str], number: int) -> UUID:
    """By name and number; who has no number is told from others by his car."""
    known_by = min(lines) if lines else said.values.get("vin") or said.values.get("plate") or number
    return made_id(import_id, f"owner {said.values.get('name')} {known_by}")


def _car(import_id: UUID, values: Mapping[str, Any]) -> UUID | None:
    known_by = values.get("vin") or values.get("plate")
    return made_id(import_id, f"car {known_by}") if known_by else None


async def resolve(tx: Tx, piece: Piece) -> None:
    """Who and which car each row means, and what it would change."""
    where = {"id": piece.import_id, "first": piece.first, "last": piece.last}
    for find in RESOLVING:
        await find(tx.connection, **where)
    await SQL.tell_outcomes(tx.connection, **where, said_at=piece.said_at)


async def write(tx: Tx, actor: str, piece: Piece) -> None:
    """Write what the rows say, but for those whose owner or car was changed meanwhile."""
    where = {"id": piece.import_id, "first": piece.first, "last": piece.last}
    known = [row["id"] for row in await SQL.lock_owners(tx.connection, **where)]
    await SQL.lock_reach(tx.connection, owner_ids=known)
    await SQL.refuse_stale(tx.connection, **where)
    await SQL.meet_owners_added_since(tx.connection, **where)
    added = await SQL.add_owners(tx.connection, **where)
    await SQL.add_reach(tx.connection, **where)
    edited = await SQL.edit_owners(tx.connection, **where)
    for put in (SQL.add_cars, SQL.edit_cars, SQL.add_numbers):
        await put(tx.connection, **where)
    await _link(tx, set(known), where)
    await SQL.add_consents(
        tx.connection, **where, by=actor, said_at=piece.said_at, file_name=piece.file_name
    )
    await _keep_name_keys(tx, added, [row for row in edited if row["is_renamed"]])
    if known:
        await SQL.let_later_rows_know(
            tx.connection, id=piece.import_id, last=piece.last, owner_ids=known
        )
    await SQL.let_later_cars_know(tx.connection, **where)


async def _link(tx: Tx, known: set[UUID], where: Mapping[str, Any]) -> None:
    numbers = await SQL.link_numbers(tx.connection, **where)
    cars = await SQL.link_cars(tx.connection, **where)
    raised = known & {row["owner_id"] for row in (*numbers, *cars)}
    if raised:
        await SQL.raise_versions(tx.connection, owner_ids=list(raised))


async def _keep_name_keys(tx: Tx, added: Sequence[Any], renamed: Sequence[Any]) -> None:
    if renamed:
        gone = [row["id"] for row in renamed]
        await SQL.forget_name_keys(tx.connection, owner_ids=gone)
    pairs = [(key, row["id"]) for row in (*added, *renamed) for key in name_keys(row["name"])]
    if pairs:
        keys, ids = zip(*pairs, strict=True)
        await SQL.add_name_keys(tx.connection, keys=list(keys), owner_ids=list(ids))


OWNERS = Sort(
    columns=OWNER_COLUMNS,
    table="owner_import_rows",
    copied=COPIED,
    reader=reader,
    resolve=resolve,
    write=write,
    last_row=IMPORTS.last_owner_row,
    counted=IMPORTS.count_owner_rows,
    forgotten=IMPORTS.forget_owner_rows,
    listed=IMPORTS.rows_of_owner_file,
)
