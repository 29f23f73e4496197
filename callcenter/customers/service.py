"""The verbs of owners and cars. Looking up by number, plate and VIN is what a call waits for."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from callcenter.customers.errors import (
    OwnerNotFound,
    PlateUnreadable,
    VehicleNotFound,
    VinTaken,
)
from callcenter.customers.events import OwnerAdded, OwnerEdited, VehicleAdded, VehicleLinked
from callcenter.customers.model import Owner, Vehicle, is_plate, plate_of, vin_of
from callcenter.db.conflicts import UniqueViolation
from callcenter.db.events import record
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id

SQL = load_queries(__file__)


async def find_by_phone(tx: Tx, e164: str) -> Sequence[Owner]:
    """All owners who share the number: one, a pick list, or none."""
    return await _whole(tx, await SQL.owners_by_phone(tx.connection, e164=e164))


async def get_owner(tx: Tx, owner_id: UUID) -> Owner:
    """The owner with numbers and cars; raises OwnerNotFound."""
    row = await SQL.get_owner(tx.connection, id=owner_id)
    if row is None:
        raise OwnerNotFound
    return (await _whole(tx, [row]))[0]


async def add_owner(
    tx: Tx,
    actor: str,
    *,
    name: str,
    phones: Sequence[str] = (),
    language: str = "zh",
    remark: str = "",
    tier: int = 0,
) -> Owner:
    """A new owner with his numbers (E.164); a number may be shared."""
    owner_id = new_id()
    await SQL.insert_owner(
        tx.connection, id=owner_id, name=name, language=language, remark=remark, tier=tier
    )
    for phone in phones:
        await add_phone(tx, owner_id, phone)
    await record(tx, OwnerAdded(owner_id=owner_id), actor=actor)
    return await get_owner(tx, owner_id)


async def add_phone(tx: Tx, owner_id: UUID, e164: str, label: str = "") -> None:
    """One more number of the owner."""
    point = await SQL.ensure_contact_point(tx.connection, id=new_id(), e164=e164)
    await SQL.link_contact_point(
        tx.connection, owner_id=owner_id, contact_point_id=point, label=label
    )


async def edit_owner(tx: Tx, actor: str, owner: Owner, changes: dict[str, Any]) -> Owner:
    """Change an owner just read at this version."""
    values = {n: changes.get(n, getattr(owner, n)) for n in ("name", "language", "remark", "tier")}
    row = await SQL.edit_owner(tx.connection, id=owner.id, version=owner.version, **values)
    if row is None:
        raise OwnerNotFound
    fact = OwnerEdited(owner_id=owner.id, fields=sorted(changes))
    await record(tx, fact, actor=actor)
    return await get_owner(tx, owner.id)


async def add_vehicle(tx: Tx, actor: str, fields: dict[str, Any]) -> Vehicle:
    """A new car; VIN and plate may be unknown. Raises VinTaken or PlateUnreadable."""
    vin = vin_of(fields["vin"]) if fields.get("vin") else None
    plate = plate_of(fields["plate"]) if fields.get("plate") else None
    if plate and not is_plate(plate):
        raise PlateUnreadable
    try:
        row = await SQL.insert_vehicle(
            tx.connection,
            id=new_id(),
            vin=vin,
            plate=plate,
            model=fields.get("model", ""),
            energy=fields.get("energy"),
            weight_kg=fields.get("weight_kg"),
            colour=fields.get("colour", ""),
        )
    except UniqueViolation:
        raise VinTaken from None
    await record(tx, VehicleAdded(vehicle_id=row["id"]), actor=actor)
    return _vehicle_of(row)


async def link_vehicle(tx: Tx, actor: str, owner_id: UUID, vehicle_id: UUID) -> Owner:
    """This owner drives this car."""
    await get_owner(tx, owner_id)
    if await get_vehicle(tx, vehicle_id) is None:
        raise VehicleNotFound
    await SQL.link_vehicle(tx.connection, owner_id=owner_id, vehicle_id=vehicle_id)
    fact = VehicleLinked(owner_id=owner_id, vehicle_id=vehicle_id)
    await record(tx, fact, actor=actor)
    return await get_owner(tx, owner_id)


async def get_vehicle(tx: Tx, vehicle_id: UUID) -> Vehicle | None:
    """The car, or None."""
    row = await SQL.get_vehicle(tx.connection, id=vehicle_id)
    return _vehicle_of(row) if row else None


async def find_vehicles(
    tx: Tx, *, plate: str | None = None, vin: str | None = None
) -> Sequence[Vehicle]:
    """By plate or VIN, however they are written."""
    if vin:
        rows = await SQL.vehicles_by_vin(tx.connection, vin=vin_of(vin))
    else:
        rows = await SQL.vehicles_by_plate(tx.connection, plate=plate_of(plate or ""))
    return [_vehicle_of(row) for row in rows]


async def _whole(tx: Tx, rows: Sequence[Any]) -> list[Owner]:
    if not rows:
        return []
    ids = [row["id"] for row in rows]
    phones: dict[UUID, list[str]] = defaultdict(list)
    vehicles: dict[UUID, list[Vehicle]] = defaultdict(list)
    for row in await SQL.phones_of(tx.connection, owner_ids=ids):
        phones[row["owner_id"]].append(row["e164"])
    for row in await SQL.vehicles_of(tx.connection, owner_ids=ids):
        vehicles[row["owner_id"]].append(_vehicle_of(row))
    return [
        Owner(**dict(row), phones=tuple(phones[row["id"]]), vehicles=tuple(vehicles[row["id"]]))
        for row in rows
    ]


def _vehicle_of(row: Any) -> Vehicle:
    return Vehicle(**{name: row[name] for name in Vehicle.__dataclass_fields__})
