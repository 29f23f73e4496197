"""Owners and cars are corrected over the version that was read."""

from typing import Any

from callcenter.customers.errors import VehicleNotFound, VinTaken
from callcenter.customers.events import OwnerEdited, VehicleEdited
from callcenter.customers.model import Owner, Vehicle, plate_of, vin_of
from callcenter.customers.rows import EDITED_OF_A_CAR, columns_of, vehicle_of
from callcenter.customers.service import SQL, get_owner, get_vehicle
from callcenter.customers.tiers import standing
from callcenter.db.conflicts import UniqueViolation
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.names import name_keys
from callcenter.web.errors import VersionStale


async def edit_owner(tx: Tx, actor: str, owner: Owner, changes: dict[str, Any]) -> Owner:
    """Change an owner just read at this version; raises VersionStale when he was changed since.

    `changes` are fields of the model. A tier that is handed back to the rules follows them at once.
    """
    columns = columns_of(owner, changes)
    row = await SQL.edit_owner(tx.connection, id=owner.id, version=owner.version, **columns)
    if row is None:
        raise VersionStale(version=(await get_owner(tx, owner.id)).version)
    if row["name"] != owner.name:
        await SQL.keep_name_keys(tx.connection, owner_id=owner.id, keys=name_keys(row["name"]))
    await record(tx, OwnerEdited(owner_id=owner.id, fields=sorted(changes)), actor=actor)
    if changes.get("tier_set_by") == "rule":
        await standing.follow_rules(tx, actor, [owner.id])
    return await get_owner(tx, owner.id)


async def edit_vehicle(tx: Tx, actor: str, vehicle: Vehicle, changes: dict[str, Any]) -> Vehicle:
    """Change a car just read at this version; raises VersionStale, VinTaken, VehicleNotFound."""
    fields = {name: changes.get(name, getattr(vehicle, name)) for name in EDITED_OF_A_CAR}
    fields["vin"] = vin_of(fields["vin"] or "") or None
    fields["plate"] = plate_of(fields["plate"] or "") or None
    try:
        row = await SQL.edit_vehicle(
            tx.connection, id=vehicle.id, version=vehicle.version, **fields
        )
    except UniqueViolation:
        raise VinTaken from None
    if row is None:
        now = await get_vehicle(tx, vehicle.id)
        raise VersionStale(version=now.version) if now else VehicleNotFound
    fact = VehicleEdited(vehicle_id=vehicle.id, fields=sorted(changes))
    await record(tx, fact, actor=actor)
    return vehicle_of(row)
