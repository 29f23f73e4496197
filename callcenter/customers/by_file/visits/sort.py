"""Visits of a piece: read, their cars found, written."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from callcenter.customers.by_file.columns import VISIT_COLUMNS
from callcenter.customers.by_file.repository import SQL as IMPORTS
from callcenter.customers.by_file.sort import (
    CELLS_DIVIDED_BY,
    Context,
    Piece,
    PieceTable,
    RowReader,
    Sort,
)
from callcenter.customers.by_file.visits.row import visit_row
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.web.sheets.read import Row

SQL = load_queries(__file__)
HELD = load_queries(__file__, "piece.sql")

VALUES = ("vin", "plate", "visited_on", "kind", "odometer_km", "amount")
COPIED = (
    *("import_id", "number", "cells", "station_id", "work_order", "visit_id"),
    *("outcome", "reason_zh", "reason_en"),
    *VALUES,
)
RESOLVING = (
    *(SQL.find_visited_cars, SQL.find_visited_cars_by_plate, SQL.refuse_unknown_cars),
    *(SQL.refuse_visit_contradictions, SQL.tell_visit_outcomes),
)


def reader(import_id: UUID, context: Context) -> RowReader:
    """Reads rows of this import."""

    def read(row: Row, cells: Mapping[str, str]) -> tuple[Any, ...]:
        said = visit_row(cells, context.stations, context.today)
        values = said.values
        return (
            *(import_id, row.number, CELLS_DIVIDED_BY.join(row.cells)),
            *(values.get("station"), values.get("work_order", ""), new_id()),
            "refused" if said.reasons else "added",
            ";".join(zh for zh, _ in said.reasons),
            "; ".join(en for _, en in said.reasons),
            *(values.get(name) for name in VALUES),
        )

    return read


async def resolve(tx: Tx, _: Piece) -> None:
    """Which car each row means, and whether the visit is known."""
    for find in RESOLVING:
        await find(tx.connection)


async def write(tx: Tx, _: str, __: Piece) -> None:
    """Write the visits; the same visit twice is one."""
    await IMPORTS.plan_once(tx.connection)
    await SQL.put_visits(tx.connection)


VISITS = Sort(
    columns=VISIT_COLUMNS,
    piece=PieceTable(
        "visit_import_piece",
        hold=HELD.hold_visit_piece,
        measure=HELD.measure_visit_piece,
        counted=HELD.count_visit_piece,
        keep=HELD.keep_visit_piece,
        take=HELD.take_visit_piece,
        keep_refused=HELD.keep_refused_visits,
    ),
    copied=COPIED,
    reader=reader,
    resolve=resolve,
    write=write,
    last_row=IMPORTS.last_visit_row,
    forgotten=IMPORTS.forget_visit_rows,
    listed=IMPORTS.rows_of_visit_file,
)
