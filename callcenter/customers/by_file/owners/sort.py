"""Owners and cars of a piece: read, and found among those who are there."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from callcenter.customers.by_file.columns import OWNER_COLUMNS
from callcenter.customers.by_file.owners.row import OwnerRow, owner_row
from callcenter.customers.by_file.owners.writing import write
from callcenter.customers.by_file.repository import SQL as IMPORTS
from callcenter.customers.by_file.sort import (
    CELLS_DIVIDED_BY,
    Context,
    Piece,
    PieceTable,
    RowReader,
    Sort,
)
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.phones import line_of
from callcenter.web.sheets.read import Row

HELD = load_queries(__file__, "piece.sql")
FIND = load_queries(__file__, "finding.sql")
TELL = load_queries(__file__, "telling.sql")

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
FINDING = (
    *(FIND.find_cars_by_vin, FIND.find_cars_by_plate, FIND.find_owners_by_phone),
    *(FIND.find_owners_by_car, FIND.same_person_in_piece),
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
    for find in FINDING:
        await find(tx.connection)
    await FIND.same_person_before(tx.connection, id=piece.import_id)
    await _tell_earlier_rows(tx, piece)
    await TELL.refuse_nameless(tx.connection)
    await TELL.refuse_contradictions(tx.connection)
    await TELL.tell_outcomes(tx.connection, said_at=piece.said_at)


async def _tell_earlier_rows(tx: Tx, piece: Piece) -> None:
    found = await FIND.same_person_earlier(tx.connection, id=piece.import_id)
    if found:
        await FIND.know_earlier(
            tx.connection,
            id=piece.import_id,
            numbers=[row["number"] for row in found],
            owner_ids=[row["owner_id"] for row in found],
            versions=[row["owner_version"] for row in found],
        )


OWNERS = Sort(
    columns=OWNER_COLUMNS,
    piece=PieceTable(
        "owner_import_piece",
        hold=HELD.hold_owner_piece,
        measure=HELD.measure_owner_piece,
        counted=HELD.count_owner_piece,
        keep=HELD.keep_owner_piece,
        take=HELD.take_owner_piece,
        keep_refused=HELD.keep_refused_owners,
    ),
    copied=COPIED,
    reader=reader,
    resolve=resolve,
    write=write,
    last_row=IMPORTS.last_owner_row,
    forgotten=IMPORTS.forget_owner_rows,
    listed=IMPORTS.rows_of_owner_file,
)
