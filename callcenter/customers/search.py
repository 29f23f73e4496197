"""Finds owners and cars by the few signs that somebody types. Each look is one index's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from callcenter.customers.looked_for import Beginning, LookedFor
from callcenter.customers.model import Owner, Vehicle
from callcenter.customers.rows import vehicle_of
from callcenter.customers.service import SQL, owners_of_ids
from callcenter.db.transaction import Tx

KEYS_OF_A_NAME = 4
"""An owner may be found by several of his keys at once: so many more are looked at."""


@dataclass(frozen=True)
class Found:
    """Owners and cars that fit; `more`: there are others beside those."""

    owners: Sequence[Owner]
    vehicles: Sequence[Vehicle]
    more: bool


async def find(tx: Tx, wanted: LookedFor, most: int) -> Found:
    """At most so many of each; those found by a number first, by a car next, by name last."""
    vehicles = await _vehicles(tx, wanted, most + 1)
    owners = await _owner_ids(tx, wanted, vehicles, most)
    return Found(
        owners=await owners_of_ids(tx, owners[:most]),
        vehicles=vehicles[:most],
        more=len(owners) > most or len(vehicles) > most,
    )


async def owner_ids(tx: Tx, wanted: LookedFor, most: int) -> list[UUID]:
    """Who fits, himself or by a car of his; so many at least, where there are so many."""
    return await _owner_ids(tx, wanted, await _vehicles(tx, wanted, most + 1), most)


async def _owner_ids(
    tx: Tx, wanted: LookedFor, vehicles: Sequence[Vehicle], most: int
) -> list[UUID]:
    ids = [
        *await _owners(tx, "owners_by_phone_end", wanted.phone_end, most + 1),
        *await _drivers(tx, vehicles, most + 1),
        *await _owners(tx, "owners_by_name", wanted.name, KEYS_OF_A_NAME * most + 1),
    ]
    return list(dict.fromkeys(ids))


async def _vehicles(tx: Tx, wanted: LookedFor, most: int) -> list[Vehicle]:
    rows = [
        *await _beginning(tx, "vehicles_by_plate_start", wanted.plate, most),
        *await _beginning(tx, "vehicles_by_plate_rest", wanted.plate, most),
        *await _beginning(tx, "vehicles_by_vin_end", wanted.vin_end, most),
    ]
    return list({row["id"]: vehicle_of(row) for row in rows}.values())


async def _drivers(tx: Tx, vehicles: Iterable[Vehicle], most: int) -> list[UUID]:
    ids = [vehicle.id for vehicle in vehicles]
    if not ids:
        return []
    rows = await SQL.owners_of_vehicles(tx.connection, vehicle_ids=ids, limit=most)
    return [row["owner_id"] for row in rows]


async def _owners(tx: Tx, query: str, wanted: Beginning | None, most: int) -> list[UUID]:
    return [row["owner_id"] for row in await _beginning(tx, query, wanted, most)]


async def _beginning(tx: Tx, query: str, wanted: Beginning | None, most: int) -> Sequence[Any]:
    if wanted is None:
        return []
    ask = getattr(SQL, query)
    found: Sequence[Any] = await ask(
        tx.connection, first=wanted.first, behind=wanted.behind, limit=most
    )
    return found
