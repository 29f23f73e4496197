"""Brings stations from one snapshot to another, many at once, with their events."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from callcenter.db.conflicts import UniqueViolation
from callcenter.db.events import Fact, record_about_stations
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.stations import repository
from callcenter.stations.by_file.snapshot import Snapshot, changed_fields
from callcenter.stations.errors import TruckPlateTaken
from callcenter.stations.events import (
    HoursOverridden,
    StationAdded,
    StationEdited,
    StationResumed,
    StationSuspended,
    TruckChanged,
)

SQL = repository.SQL
AT_ONCE = 1000
Move = tuple[Snapshot | None, Snapshot]
"""From what stands there now (None: nothing) to what shall."""


async def move_all(tx: Tx, actor: str, moves: Sequence[Move]) -> None:
    """The stations must be locked and stand as the moves say. Raises TruckPlateTaken."""
    for first in range(0, len(moves), AT_ONCE):
        some = moves[first : first + AT_ONCE]
        added = [after for before, after in some if before is None]
        changed = [after for before, after in some if before and _is_row_changed(before, after)]
        await SQL.insert_stations(tx.connection, rows=json.dumps(added))
        await SQL.update_stations(tx.connection, rows=json.dumps(changed))
        await _put_trucks(tx, some)
        await _put_special_days(tx, actor, some)
        facts = [fact for before, after in some for fact in _facts(before, after)]
        await record_about_stations(tx, facts, actor=actor)


def _is_row_changed(before: Snapshot, after: Snapshot) -> bool:
    return bool(changed_fields(before, after)) or before["suspended"] != after["suspended"]


async def _put_trucks(tx: Tx, moves: Sequence[Move]) -> None:
    rows = [
        truck | {"plate": plate, "station_id": after["id"]}
        for before, after in moves
        for plate, truck in _trucks_changed(before, after).items()
    ]
    try:
        await SQL.put_trucks(tx.connection, rows=json.dumps(rows))
    except UniqueViolation:
        raise TruckPlateTaken from None


def _trucks_changed(before: Snapshot | None, after: Snapshot) -> dict[str, Any]:
    there = before["trucks"] if before else {}
    gone = {p: t | {"in_service": False} for p, t in there.items() if p not in after["trucks"]}
    wanted = {**gone, **after["trucks"]}
    return {plate: truck for plate, truck in wanted.items() if there.get(plate) != truck}


async def _put_special_days(tx: Tx, actor: str, moves: Sequence[Move]) -> None:
    changed = [(b, a) for b, a in moves if (b["special_days"] if b else []) != a["special_days"]]
    stations = await repository.locked(tx, [UUID(after["id"]) for _, after in changed])
    ids = [one.id for station in stations for one in station.overrides]
    await SQL.remove_overrides(tx.connection, ids=ids)
    names = ("first_day", "last_day", "applies_to", "hours", "reason")
    rows = [
        dict(zip(names, day, strict=True)) | {"id": str(new_id()), "station_id": after["id"]}
        for _, after in changed
        for day in after["special_days"]
    ]
    await SQL.insert_overrides(tx.connection, rows=json.dumps(rows), made_by=actor)


def _facts(before: Snapshot | None, after: Snapshot) -> list[tuple[UUID, Fact]]:
    station_id = UUID(after["id"])
    facts: list[Fact] = []
    if before is None:
        facts.append(StationAdded(station_id=station_id))
    elif fields := changed_fields(before, after):
        facts.append(StationEdited(station_id=station_id, fields=fields))
    was = before["suspended"] if before else None
    if was != after["suspended"]:
        kind = StationSuspended if after["suspended"] else StationResumed
        facts.append(kind(station_id=station_id))
    if (before["special_days"] if before else []) != after["special_days"]:
        facts.append(HoursOverridden(station_id=station_id))
    for truck in _trucks_changed(before, after).values():
        facts.append(TruckChanged(station_id=station_id, truck_id=UUID(truck["id"])))
    return [(station_id, fact) for fact in facts]
