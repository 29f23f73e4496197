"""Visits: told once each, corrected, taken back, listed by car. After each its owners' tiers are
looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from callcenter.clock import CHINA
from callcenter.customers import service as customers
from callcenter.customers.errors import VehicleNotFound
from callcenter.customers.tiers import standing
from callcenter.customers.visits.errors import (
    VisitAhead,
    VisitKnown,
    VisitNotFound,
    VisitStationUnknown,
    VisitToldOtherwise,
)
from callcenter.customers.visits.events import VisitRecorded, VisitTakenBack
from callcenter.customers.visits.model import Visit, VisitKind, VisitSource
from callcenter.db.conflicts import ForeignKeyViolation, UniqueViolation
from callcenter.db.events import record
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.web.errors import VersionStale

SQL = load_queries(__file__)
MOST_VISITS = 500
"""Of one car; the newest are read."""
CORRECTED = ("visited_on", "kind", "odometer_km", "amount", "station_id")


@dataclass(frozen=True)
class Told:
    """A visit as it is told. `amount` in CNY; `work_order` is the station's own number."""

    vehicle_id: UUID
    visited_on: date
    kind: VisitKind
    source: VisitSource
    odometer_km: int | None = None
    amount: Decimal | None = None
    station_id: UUID | None = None
    work_order: str = ""


async def record_visit(tx: Tx, actor: str, told: Told) -> Visit:
    """The visit, also when it is told again. Raises VehicleNotFound, VisitStationUnknown,
    VisitAhead; VisitToldOtherwise when it is known with other figures."""
    await _must_have_been(tx, told.visited_on)
    if await customers.get_vehicle(tx, told.vehicle_id) is None:
        raise VehicleNotFound
    row = await _insert(tx, told)
    if row is None:
        return await _known(tx, told)
    await _tell(tx, actor, row, VisitRecorded)
    return visit_of(row)


async def correct_visit(tx: Tx, actor: str, visit: Visit, changes: dict[str, Any]) -> Visit:
    """A visit just read at this version, with what of CORRECTED was changed. Raises VersionStale,
    VisitAhead, VisitKnown, VisitStationUnknown."""
    words = {name: changes.get(name, getattr(visit, name)) for name in CORRECTED}
    if "visited_on" in changes:
        await _must_have_been(tx, words["visited_on"])
    try:
        row = await SQL.correct_visit(tx.connection, id=visit.id, version=visit.version, **words)
    except ForeignKeyViolation:
        raise VisitStationUnknown from None
    except UniqueViolation:
        raise VisitKnown from None
    if row is None:
        raise VersionStale(version=(await get_visit(tx, visit.id)).version)
    await _tell(tx, actor, row, VisitRecorded)
    return visit_of(row)


async def take_back_visit(tx: Tx, actor: str, visit: Visit) -> None:
    """A visit just read at this version was not so, and is known no more; told again, it is a new
    one. A touch that was withdrawn because the car had come stays withdrawn: its moment may be
    over, and the next run finds the owner again. Raises VersionStale, VisitNotFound."""
    row = await SQL.take_back_visit(tx.connection, id=visit.id, version=visit.version)
    if row is None:
        raise VersionStale(version=(await get_visit(tx, visit.id)).version)
    await _tell(tx, actor, row, VisitTakenBack)


async def get_visit(tx: Tx, visit_id: UUID) -> Visit:
    """One visit; raises VisitNotFound."""
    row = await SQL.get_visit(tx.connection, id=visit_id)
    if row is None:
        raise VisitNotFound
    return visit_of(row)


async def visits_of(tx: Tx, vehicle_id: UUID) -> Sequence[Visit]:
    """The car's visits, newest first; raises VehicleNotFound."""
    if await customers.get_vehicle(tx, vehicle_id) is None:
        raise VehicleNotFound
    rows = await SQL.visits_of_vehicle(tx.connection, vehicle_id=vehicle_id, limit=MOST_VISITS)
    return [visit_of(row) for row in rows]


def visit_of(row: Any) -> Visit:
    """A row of `visits` as the model."""
    fields = {name: row[name] for name in Visit.__dataclass_fields__}
    return Visit(**fields | {"kind": VisitKind(row["kind"]), "source": VisitSource(row["source"])})


async def _must_have_been(tx: Tx, day: date) -> None:
    if day > (await tx.now()).astimezone(CHINA).date():
        raise VisitAhead


async def _insert(tx: Tx, told: Told) -> Any:
    try:
        return await SQL.insert_visit(tx.connection, id=new_id(), **vars(told))
    except ForeignKeyViolation:
        raise VisitStationUnknown from None


async def _known(tx: Tx, told: Told) -> Visit:
    row = await SQL.known_visit(
        tx.connection,
        vehicle_id=told.vehicle_id,
        visited_on=told.visited_on,
        kind=told.kind,
        work_order=told.work_order,
    )
    known = visit_of(row)
    if (known.odometer_km, known.amount) != (told.odometer_km, told.amount):
        raise VisitToldOtherwise
    return known


async def _tell(
    tx: Tx, actor: str, row: Any, fact: type[VisitRecorded] | type[VisitTakenBack]
) -> None:
    await record(tx, fact(vehicle_id=row["vehicle_id"], visit_id=row["id"]), actor=actor)
    owners = await SQL.owners_of_visited(tx.connection, vehicle_id=row["vehicle_id"])
    await standing.follow_rules(tx, actor, [one["owner_id"] for one in owners])
