"""The verbs of an import: planned, applied, undone; and what of it is refused."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.places.intake import Intake
from callcenter.stations import repository
from callcenter.stations.by_file import repository as imports
from callcenter.stations.by_file.columns import COLUMNS
from callcenter.stations.by_file.errors import (
    ImportHasRefusedRows,
    ImportNotApplied,
    ImportNotFound,
    ImportNotPlanned,
)
from callcenter.stations.by_file.move import AT_ONCE, Move, move_all
from callcenter.stations.by_file.plan import UNDONE, Plan, Planned
from callcenter.stations.by_file.snapshot import Snapshot, snapshot
from callcenter.stations.events import StationsImported, StationsImportUndone
from callcenter.web.sheets.read import Row, Sheet, read_sheet
from callcenter.web.sheets.write import xlsx

SQL = repository.SQL
EVERY_ROW = 1_000_000
CHANGED_SINCE = (
    "服务站在试算之后被改动或新增,请重新上传",
    "the station was changed or added since it was planned; upload the file again",
)
CHANGED_LATER = (
    "导入之后又有改动,没有撤销",
    "it was changed after the import and was left as it is",
)
Progress = Callable[[int, int], None]


async def plan_file(tx: Tx, actor: str, data: bytes, **how: Any) -> UUID:
    """What the bytes of a sheet would do. Raises what read_sheet and plan_import do."""
    return await plan_import(tx, actor, await asyncio.to_thread(read_sheet, data), **how)


async def plan_import(
    tx: Tx,
    actor: str,
    sheet: Sheet,
    *,
    intake: Intake,
    file_name: str,
    mapping: Mapping[str, str],
    progress: Progress = lambda done, total: None,
) -> UUID:
    """What the file would do, kept row by row and not done yet. Raises what headings_of does."""
    headings = COLUMNS.headings_of(sheet.headings, mapping)
    codes = [headings.cells(row.cells)["code"].strip().upper() for row in sheet.rows]
    there = {one.code: snapshot(one) for one in await repository.with_codes(tx, codes)}
    plates = {row["plate"]: row["code"] for row in await SQL.plates_in_service(tx.connection)}
    plan = Plan(intake, there, plates)
    planned = []
    for done, row in enumerate(sheet.rows, start=1):
        planned.append((row, plan.row(headings.cells(row.cells))))
        progress(done, len(sheet.rows))
        # Others are answered meanwhile.
        await asyncio.sleep(0)
    await SQL.forget_old_plans(tx.connection)
    made = await SQL.insert_import(
        tx.connection,
        id=new_id(),
        file_name=file_name[:200],
        headings=list(sheet.headings),
        unknown_headings=list(headings.unknown),
        made_by=actor,
    )
    for first in range(0, len(planned), AT_ONCE):
        rows = [_kept(row, one) for row, one in planned[first : first + AT_ONCE]]
        await SQL.insert_import_rows(tx.connection, import_id=made["id"], rows=json.dumps(rows))
    import_id: UUID = made["id"]
    return import_id


async def apply_import(tx: Tx, actor: str, import_id: UUID, *, strict: bool = False) -> None:
    """Write all rows that can be written; `strict`: all rows or none.

    Raises ImportNotFound, ImportNotPlanned, ImportHasRefusedRows and TruckPlateTaken.
    """
    await _locked(tx, import_id, "planned", ImportNotPlanned)
    rows = [*await rows_of(tx, import_id, "added"), *await rows_of(tx, import_id, "changed")]
    now = await _standing(tx, [row["code"] for row in rows])
    stale = [row for row in rows if now.get(row["code"]) != _json(row["before"])]
    refused = [*await rows_of(tx, import_id, "refused"), *stale]
    if strict and refused:
        raise ImportHasRefusedRows(refused=len(refused))
    await _refuse(tx, import_id, stale)
    numbers = {row["number"] for row in stale}
    good = [row for row in rows if row["number"] not in numbers]
    await move_all(tx, actor, [(_json(row["before"]), _json(row["after"])) for row in good])
    await SQL.set_import_applied(tx.connection, id=import_id, by=actor)
    added = sum(row["before"] is None for row in good)
    fact = StationsImported(import_id=import_id, added=added, changed=len(good) - added)
    await record(tx, fact, actor=actor)


async def undo_import(tx: Tx, actor: str, import_id: UUID) -> list[str]:
    """Every station as it was before; those added are suspended, as offers and staff may name
    them. Answers the codes that were changed since: they stay as they are.

    Raises ImportNotFound, ImportNotApplied and TruckPlateTaken.
    """
    await _locked(tx, import_id, "applied", ImportNotApplied)
    rows = [*await rows_of(tx, import_id, "added"), *await rows_of(tx, import_id, "changed")]
    now = await _standing(tx, [row["code"] for row in rows])
    moves: list[Move] = []
    marks, kept = [], []
    for row in rows:
        before, after = _json(row["before"]), _json(row["after"])
        undone = now.get(row["code"]) == after
        zh, en = ("", "") if undone else CHANGED_LATER
        marks.append({"number": row["number"], "undone": undone, "zh": zh, "en": en})
        if undone:
            moves.append((after, before or after | {"suspended": UNDONE}))
        else:
            kept.append(row["code"])
    await move_all(tx, actor, moves)
    await SQL.mark_undone(tx.connection, id=import_id, rows=json.dumps(marks))
    await SQL.set_import_undone(tx.connection, id=import_id, by=actor)
    fact = StationsImportUndone(import_id=import_id, undone=len(moves), kept=len(kept))
    await record(tx, fact, actor=actor)
    return kept


async def counts(tx: Tx, import_id: UUID) -> dict[str, int]:
    """Rows by outcome."""
    found = dict.fromkeys(("added", "changed", "unchanged", "refused"), 0)
    for row in await SQL.import_counts(tx.connection, id=import_id):
        found[row["outcome"]] += row["many"]
    return found


async def rows_of(tx: Tx, import_id: UUID, outcome: str) -> Sequence[Any]:
    """The rows of one outcome, in the order of the file."""
    rows: Sequence[Any] = await SQL.import_rows(
        tx.connection, id=import_id, outcome=outcome, undone=None, after=0, limit=EVERY_ROW
    )
    return rows


async def error_file(tx: Tx, import_id: UUID) -> bytes:
    """The refused rows as they were given, with why in the last column: it can be corrected and
    imported again. Raises ImportNotFound."""
    made = await imports.get(tx, import_id)
    refused = await rows_of(tx, import_id, "refused")
    cells = [[*row["cells"], f"{row['reason_zh']} / {row['reason_en']}"] for row in refused]
    return await asyncio.to_thread(xlsx, [*made.headings, "原因 Reason"], cells)


async def _locked(tx: Tx, import_id: UUID, state: str, refusal: type[Exception]) -> None:
    row = await SQL.lock_import(tx.connection, id=import_id)
    if row is None:
        raise ImportNotFound
    if row["state"] != state:
        raise refusal


async def _standing(tx: Tx, codes: Sequence[str]) -> dict[str, Snapshot]:
    there = await repository.with_codes(tx, codes)
    return {one.code: snapshot(one) for one in await repository.locked(tx, [s.id for s in there])}


async def _refuse(tx: Tx, import_id: UUID, stale: Sequence[Any]) -> None:
    zh, en = CHANGED_SINCE
    rows = [{"number": row["number"], "zh": zh, "en": en} for row in stale]
    await SQL.refuse_rows(tx.connection, id=import_id, rows=json.dumps(rows))


def _kept(row: Row, planned: Planned) -> dict[str, Any]:
    after = planned.after
    return {
        "number": row.number,
        "code": planned.code,
        "outcome": planned.outcome,
        "cells": row.cells,
        "station_id": after["id"] if after else None,
        "before": planned.before,
        "after": after,
        "reason_zh": ";".join(zh for zh, _ in planned.reasons),
        "reason_en": "; ".join(en for _, en in planned.reasons),
    }


def _json(text: str | None) -> Any:
    # What was kept before a field was there holds what every station had then.
    return None if text is None else {"language": "zh"} | json.loads(text)
