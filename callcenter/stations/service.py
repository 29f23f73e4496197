"""The verbs of a station: it is added, changed, suspended; its trucks and its duty."""

from datetime import datetime
from typing import Any
from uuid import UUID

from callcenter.db.conflicts import UniqueViolation
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.hours import check_hours
from callcenter.ids import new_id
from callcenter.stations import repository
from callcenter.stations.errors import (
    RosterBackwards,
    RosterEntryNotFound,
    RosterOver,
    StationCodeTaken,
    StationNotFound,
    SuspensionOver,
    TruckNotFound,
    TruckPlateTaken,
)
from callcenter.stations.events import (
    DutyRostered,
    DutyUnrostered,
    StationAdded,
    StationEdited,
    StationResumed,
    StationSuspended,
    TruckChanged,
)
from callcenter.stations.model import RosterEntry, Station, Truck
from callcenter.web.errors import VersionStale

SQL = repository.SQL
UNSAID: dict[str, Any] = {"brands": [], "keeps_overnight": False, "language": "zh"}
"""A new station serves every brand, is no yard and reads Chinese, unless it is said."""
EDITABLE = [
    "name_zh",
    "name_en",
    "province",
    "city_zh",
    "city_en",
    "address",
    "lat",
    "lon",
    "workshop_hours",
    "rescue_hours",
    "duty_phone",
    "skills",
    "brands",
    "keeps_overnight",
    "language",
]


async def add_station(tx: Tx, actor: str, fields: dict[str, Any]) -> Station:
    """A new station; raises StationCodeTaken or BadHours."""
    check_hours(fields["workshop_hours"])
    check_hours(fields["rescue_hours"])
    try:
        row = await SQL.insert_station(tx.connection, id=new_id(), **(UNSAID | fields))
    except UniqueViolation:
        raise StationCodeTaken(station_code=fields["code"]) from None
    await record(tx, StationAdded(station_id=row["id"]), actor=actor, station_id=row["id"])
    return await repository.get(tx, row["id"])


async def edit_station(tx: Tx, actor: str, station: Station, changes: dict[str, Any]) -> Station:
    """Change fields of a station just read at this version; the caller has checked it.

    Raises BadHours, and VersionStale when somebody was quicker.
    """
    for name in ("workshop_hours", "rescue_hours"):
        if name in changes:
            check_hours(changes[name])
    values = {name: changes.get(name, getattr(station, name)) for name in EDITABLE}
    values |= {name: list(values[name]) for name in ("skills", "brands")}
    row = await SQL.edit_station(tx.connection, id=station.id, version=station.version, **values)
    if row is None:
        raise VersionStale(version=(await repository.get(tx, station.id)).version)
    fact = StationEdited(station_id=station.id, fields=sorted(changes))
    await record(tx, fact, actor=actor, station_id=station.id)
    return await repository.get(tx, station.id)


async def set_duty_phone(tx: Tx, actor: str, station_id: UUID, phone: str) -> Station:
    """The standing duty phone (E.164), whatever else is changed at the same time."""
    await repository.lock_station(tx, station_id)
    station = await repository.get(tx, station_id)
    return await edit_station(tx, actor, station, {"duty_phone": phone})


async def suspend(
    tx: Tx, actor: str, station_id: UUID, *, reason: str, until: datetime | None
) -> Station:
    """From this commit on it is not asked. Raises SuspensionOver when `until` lies behind."""
    if until is not None and until <= await tx.now():
        raise SuspensionOver
    row = await SQL.suspend(tx.connection, id=station_id, reason=reason, until=until)
    if row is None:
        raise StationNotFound
    fact = StationSuspended(station_id=station_id)
    await record(tx, fact, actor=actor, station_id=station_id)
    return await repository.get(tx, station_id)


async def resume(tx: Tx, actor: str, station_id: UUID) -> Station:
    """It is asked again; where it is not suspended nothing is changed or told."""
    if await SQL.resume(tx.connection, id=station_id):
        fact = StationResumed(station_id=station_id)
        await record(tx, fact, actor=actor, station_id=station_id)
    return await repository.get(tx, station_id)


async def add_truck(
    tx: Tx,
    actor: str,
    station_id: UUID,
    *,
    plate: str,
    equipment: list[str],
    capacity_kg: int | None = None,
    height_cm: int | None = None,
) -> Truck:
    """A truck, in service at once. Raises TruckPlateTaken."""
    await repository.get(tx, station_id)
    try:
        row = await SQL.insert_truck(
            tx.connection,
            id=new_id(),
            station_id=station_id,
            plate=plate,
            equipment=equipment,
            capacity_kg=capacity_kg,
            height_cm=height_cm,
        )
    except UniqueViolation:
        raise TruckPlateTaken from None
    await _truck_changed(tx, actor, row)
    return repository.truck_of(row)


async def get_truck(tx: Tx, truck_id: UUID) -> Truck:
    """The truck; raises TruckNotFound."""
    row = await SQL.get_truck(tx.connection, id=truck_id)
    if row is None:
        raise TruckNotFound
    return repository.truck_of(row)


async def edit_truck(tx: Tx, actor: str, truck: Truck, changes: dict[str, Any]) -> Truck:
    """Change a truck just read at this version; out of service it is not offered.

    Raises TruckPlateTaken, and VersionStale when somebody was quicker.
    """
    await repository.lock_station(tx, truck.station_id)
    try:
        row = await SQL.edit_truck(
            tx.connection,
            id=truck.id,
            version=truck.version,
            plate=changes.get("plate", truck.plate),
            equipment=list(changes.get("equipment", truck.equipment)),
            in_service=changes.get("in_service", truck.in_service),
            capacity_kg=changes.get("capacity_kg", truck.capacity_kg),
            height_cm=changes.get("height_cm", truck.height_cm),
        )
    except UniqueViolation:
        raise TruckPlateTaken from None
    if row is None:
        raise VersionStale(version=(await get_truck(tx, truck.id)).version)
    await _truck_changed(tx, actor, row)
    return repository.truck_of(row)


async def roster_duty(tx: Tx, actor: str, station_id: UUID, fields: dict[str, Any]) -> RosterEntry:
    """For this time the roster decides over the rescue hours; the newest entry counts.

    Raises StationNotFound, RosterBackwards and RosterOver.
    """
    if fields["ends_at"] <= fields["starts_at"]:
        raise RosterBackwards
    if fields["ends_at"] <= await tx.now():
        raise RosterOver
    await repository.lock_station(tx, station_id)
    row = await SQL.insert_roster(tx.connection, id=new_id(), station_id=station_id, **fields)
    fact = DutyRostered(station_id=station_id, roster_id=row["id"])
    await record(tx, fact, actor=actor, station_id=station_id)
    return repository.roster_entry_of(row)


async def unroster_duty(tx: Tx, actor: str, station_id: UUID, entry_id: UUID) -> None:
    """From this commit on the entry decides no more; a second time changes nothing.

    Raises StationNotFound and RosterEntryNotFound.
    """
    await repository.lock_station(tx, station_id)
    if await SQL.get_roster(tx.connection, id=entry_id, station_id=station_id) is None:
        raise RosterEntryNotFound
    if await SQL.remove_roster(tx.connection, id=entry_id, station_id=station_id) is None:
        return
    fact = DutyUnrostered(station_id=station_id, roster_id=entry_id)
    await record(tx, fact, actor=actor, station_id=station_id)


async def _truck_changed(tx: Tx, actor: str, row: Any) -> None:
    fact = TruckChanged(station_id=row["station_id"], truck_id=row["id"])
    await record(tx, fact, actor=actor, station_id=row["station_id"])
