"""The verbs of owners and cars. Looking up by number, plate and VIN is what a call waits for."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from callcenter.customers.consents.service import lock_reaches
from callcenter.customers.errors import (
    OwnerNotFound,
    VehicleNotFound,
    VehicleNotHis,
    VinTaken,
)
from callcenter.customers.events import (
    ContactPointAdded,
    ContactPointWrong,
    OwnerAdded,
    VehicleAdded,
    VehicleLinked,
    VehicleUnlinked,
)
from callcenter.customers.model import Owner, Vehicle, plate_of, vin_of
from callcenter.customers.rows import owner_of, vehicle_of
from callcenter.db.conflicts import UniqueViolation
from callcenter.db.events import record
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.names import name_keys
from callcenter.phones import extension_of, is_anybodys, line_of

SQL = load_queries(__file__)


async def find_by_phone(tx: Tx, e164: str) -> Sequence[Owner]:
    """All owners who share the number: one, a pick list, or none."""
    return await owners_of_rows(tx, await SQL.owners_by_phone(tx.connection, e164=line_of(e164)))


async def owners_of_number(tx: Tx, e164: str) -> Sequence[UUID]:
    """Who is called there, in the one order in which they are locked: without those for whom the
    number is known to be somebody else's."""
    rows = await SQL.owners_of_number(tx.connection, e164=line_of(e164))
    return [row["owner_id"] for row in rows]


async def names_by_phone(tx: Tx, numbers: Sequence[str]) -> dict[str, dict[UUID, str]]:
    """Number -> id and name of all who have it; nobody for one that nobody has."""
    of_line: dict[str, dict[UUID, str]] = defaultdict(dict)
    lines = sorted({line_of(number) for number in numbers})
    for row in await SQL.names_by_phones(tx.connection, lines=lines) if lines else ():
        of_line[row["e164"]][row["id"]] = row["name"]
    return {number: of_line[line_of(number)] for number in numbers}


async def get_owner(tx: Tx, owner_id: UUID) -> Owner:
    """The owner with numbers and cars; raises OwnerNotFound."""
    row = await SQL.get_owner(tx.connection, id=owner_id)
    if row is None:
        raise OwnerNotFound
    return (await owners_of_rows(tx, [row]))[0]


async def owners_of_ids(tx: Tx, ids: Sequence[UUID]) -> Sequence[Owner]:
    """These owners with numbers and cars, in the order of the ids; who is not there is left out."""
    found = {row["id"]: row for row in await SQL.owners_by_id(tx.connection, ids=list(ids))}
    return await owners_of_rows(tx, [found[one] for one in ids if one in found])


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
    """A new owner with his numbers (E.164); a number may be shared. A tier that is given stays,
    the usual one follows the rules."""
    owner_id = new_id()
    await SQL.insert_owner(
        tx.connection,
        id=owner_id,
        name=name,
        language=language,
        remark=remark,
        tier=tier,
        tier_set_by="person" if tier else "rule",
    )
    await SQL.insert_reach(tx.connection, owner_id=owner_id)
    await SQL.keep_name_keys(tx.connection, owner_id=owner_id, keys=name_keys(name))
    # In one order: two who add the same numbers at once never wait for each other.
    for phone in sorted(phones):
        await _keep_phone(tx, owner_id, phone)
    await record(tx, OwnerAdded(owner_id=owner_id), actor=actor)
    return await get_owner(tx, owner_id)


async def add_unknown_caller(
    tx: Tx, actor: str, e164: str, *, name: str | None = None, language: str = "zh"
) -> UUID | None:
    """A new owner for a number that nobody has; None when somebody has it, or nobody could.

    The number of a hotline says nothing about who speaks.
    """
    if is_anybodys(line_of(e164)) or await find_by_phone(tx, e164):
        return None
    await SQL.hold_number(tx.connection, e164=line_of(e164))
    if await find_by_phone(tx, e164):
        return None
    owner = await add_owner(
        tx, actor, name=name or unknown_name(e164), phones=[e164], language=language
    )
    return owner.id


async def add_phone(tx: Tx, actor: str, owner_id: UUID, e164: str, label: str = "") -> Owner:
    """One more number of the owner; raises OwnerNotFound."""
    await get_owner(tx, owner_id)
    point, is_new = await _keep_phone(tx, owner_id, e164, label)
    await SQL.raise_version(tx.connection, id=owner_id)
    if is_new:
        fact = ContactPointAdded(owner_id=owner_id, contact_point_id=point)
        await record(tx, fact, actor=actor)
    return await get_owner(tx, owner_id)


async def number_is_wrong(tx: Tx, actor: str, owner_id: UUID, e164: str) -> bool:
    """Somebody else answers there: it is not dialled for this owner any more. Whether he has
    another number."""
    point = await SQL.mark_number_wrong(tx.connection, owner_id=owner_id, e164=line_of(e164))
    if point is not None:
        fact = ContactPointWrong(owner_id=owner_id, contact_point_id=point)
        await record(tx, fact, actor=actor)
    return bool(await SQL.has_number(tx.connection, owner_id=owner_id))


async def trust_numbers(tx: Tx, owner_id: UUID) -> None:
    """His numbers are his after all."""
    await SQL.trust_numbers(tx.connection, owner_id=owner_id)


async def add_vehicle(tx: Tx, actor: str, fields: dict[str, Any]) -> Vehicle:
    """A new car; VIN and plate may be unknown or odd. Raises VinTaken."""
    vin = vin_of(fields.get("vin") or "") or None
    plate = plate_of(fields.get("plate") or "") or None
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
            delivered_on=fields.get("delivered_on"),
            gone_on=fields.get("gone_on"),
        )
    except UniqueViolation:
        raise VinTaken from None
    await record(tx, VehicleAdded(vehicle_id=row["id"]), actor=actor)
    return vehicle_of(row)


async def link_vehicle(tx: Tx, actor: str, owner_id: UUID, vehicle_id: UUID) -> Owner:
    """This owner drives this car."""
    await get_owner(tx, owner_id)
    if await get_vehicle(tx, vehicle_id) is None:
        raise VehicleNotFound
    is_new = await SQL.link_vehicle(tx.connection, owner_id=owner_id, vehicle_id=vehicle_id)
    await SQL.raise_version(tx.connection, id=owner_id)
    if is_new:
        fact = VehicleLinked(owner_id=owner_id, vehicle_id=vehicle_id)
        await record(tx, fact, actor=actor)
    return await get_owner(tx, owner_id)


async def unlink_vehicle(tx: Tx, actor: str, owner_id: UUID, vehicle_id: UUID) -> Owner:
    """This owner drives this car no more: once that is committed, nothing about it begins to be
    said to him. Raises OwnerNotFound, VehicleNotHis."""
    await get_owner(tx, owner_id)
    if not await SQL.unlink_vehicle(tx.connection, owner_id=owner_id, vehicle_id=vehicle_id):
        raise VehicleNotHis
    await SQL.raise_version(tx.connection, id=owner_id)
    # Whoever begins a contact with him holds this until he has: none begins behind our commit.
    await lock_reaches(tx, [owner_id])
    await record(tx, VehicleUnlinked(owner_id=owner_id, vehicle_id=vehicle_id), actor=actor)
    return await get_owner(tx, owner_id)


async def get_vehicle(tx: Tx, vehicle_id: UUID) -> Vehicle | None:
    """The car, or None."""
    row = await SQL.get_vehicle(tx.connection, id=vehicle_id)
    return vehicle_of(row) if row else None


async def find_vehicles(
    tx: Tx, *, plate: str | None = None, vin: str | None = None
) -> Sequence[Vehicle]:
    """By plate or VIN, however they are written."""
    if vin:
        rows = await SQL.vehicles_by_vin(tx.connection, vin=vin_of(vin))
    else:
        rows = await SQL.vehicles_by_plate(tx.connection, plate=plate_of(plate or ""))
    return [vehicle_of(row) for row in rows]


def unknown_name(e164: str) -> str:
    """What a caller is called who has not said his name: readable in both languages."""
    return f"来电人 Caller {line_of(e164)[-4:]}"


async def _keep_phone(tx: Tx, owner_id: UUID, e164: str, label: str = "") -> tuple[UUID, bool]:
    """The number's row, and whether it is new to the owner. An extension stays as its label."""
    point = await SQL.ensure_contact_point(tx.connection, id=new_id(), e164=line_of(e164))
    is_new = await SQL.link_contact_point(
        tx.connection, owner_id=owner_id, contact_point_id=point, label=label or extension_of(e164)
    )
    return point, bool(is_new)


async def owners_of_rows(tx: Tx, rows: Sequence[Any]) -> list[Owner]:
    """Rows of `owners` with their numbers and cars."""
    if not rows:
        return []
    ids = [row["id"] for row in rows]
    phones: dict[UUID, list[str]] = defaultdict(list)
    vehicles: dict[UUID, list[Vehicle]] = defaultdict(list)
    for row in await SQL.phones_of(tx.connection, owner_ids=ids):
        phones[row["owner_id"]].append(row["e164"])
    for row in await SQL.vehicles_of(tx.connection, owner_ids=ids):
        vehicles[row["owner_id"]].append(vehicle_of(row))
    return [owner_of(row, phones[row["id"]], vehicles[row["id"]]) for row in rows]
