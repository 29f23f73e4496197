"""Rows of the stations room become models here and nowhere else."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from math import cos, radians
from typing import Any
from uuid import UUID

from callcenter.db.queries import contains, load_queries
from callcenter.db.transaction import Tx
from callcenter.stations.errors import StationNotFound
from callcenter.stations.model import (
    AppliesTo,
    Duty,
    RosterEntry,
    Station,
    StationFacts,
    StationKind,
    StationOverride,
    Truck,
    duty_of,
    facts_of,
)

SQL = load_queries(__file__)

KM_PER_DEGREE = 110.5
"""A little below the shortest degree on the ellipsoid (110.57 km): no box is too small."""


async def get(tx: Tx, station_id: UUID) -> Station:
    """The station with its trucks; raises StationNotFound."""
    row = await SQL.get_station(tx.connection, id=station_id)
    if row is None:
        raise StationNotFound
    return (await with_trucks(tx, [row]))[0]


async def by_ids(tx: Tx, station_ids: Collection[UUID]) -> dict[UUID, Station]:
    """These stations with their trucks: three queries, whatever the number."""
    rows = await SQL.get_stations(tx.connection, station_ids=list(station_ids))
    return {station.id: station for station in await with_trucks(tx, rows)}


async def candidates_near(
    tx: Tx, lat: float, lon: float, within_km: float, *, at: datetime | None = None
) -> list[StationFacts]:
    """Every station within the distance, and a few beyond: two queries, whatever the number.

    Duty and suspension are those at the moment `at`; now, when it is not given.
    """
    at = at or await tx.now()
    return await _facts(tx, await _rows_in_box(tx, lat, lon, within_km, at), at)


async def candidates_by_id(tx: Tx, station_ids: Collection[UUID]) -> list[StationFacts]:
    """These stations as they stand now: two queries, whatever the number."""
    at = await tx.now()
    rows = await SQL.stations_by_id(tx.connection, station_ids=list(station_ids), at=at)
    return await _facts(tx, rows, at)


async def with_coming_roster(
    tx: Tx, station_ids: Collection[UUID]
) -> list[tuple[Station, tuple[RosterEntry, ...]]]:
    """These stations, each with its duties from now on; the first that covers a moment decides."""
    ids, entries = list(station_ids), defaultdict(list)
    for row in await SQL.roster_of_many(tx.connection, station_ids=ids):
        entries[row["station_id"]].append(roster_entry_of(row))
    rows = await SQL.get_stations(tx.connection, station_ids=ids)
    return [(one, tuple(entries[one.id])) for one in await with_trucks(tx, rows)]


async def every_id(tx: Tx) -> list[UUID]:
    """Of every station there is."""
    return [row["id"] for row in await SQL.every_station_id(tx.connection)]


async def ids_by_code(tx: Tx) -> dict[str, UUID]:
    """Every station's id by its code, in capitals."""
    return {row["code"].upper(): row["id"] for row in await SQL.ids_by_code(tx.connection)}


async def near(tx: Tx, lat: float, lon: float, within_km: float) -> list[Station]:
    """Every station within the distance, and a few beyond, whoever is on duty."""
    return await with_trucks(tx, await _rows_in_box(tx, lat, lon, within_km, await tx.now()))


def box_around(lat: float, lon: float, within_km: float) -> tuple[float, float, float, float]:
    """(south, north, west, east) in degrees: everything within the distance lies inside."""
    d_lat = within_km / KM_PER_DEGREE
    d_lon = d_lat / max(cos(radians(min(abs(lat) + d_lat, 89))), 0.01)
    return lat - d_lat, lat + d_lat, lon - d_lon, lon + d_lon


async def _rows_in_box(
    tx: Tx, lat: float, lon: float, within_km: float, at: datetime
) -> Sequence[Any]:
    south, north, west, east = box_around(lat, lon, within_km)
    rows: Sequence[Any] = await SQL.stations_in_box(
        tx.connection, south=south, north=north, west=west, east=east, at=at
    )
    return rows


async def _facts(tx: Tx, rows: Sequence[Any], at: datetime) -> list[StationFacts]:
    """Rows with `roster`, as the choice needs them at that moment."""
    found = await with_trucks(tx, rows)
    return [facts_of(station, row["roster"], at) for station, row in zip(found, rows, strict=True)]


async def lock_station(tx: Tx, station_id: UUID) -> StationFacts:
    """The station as it stands, locked: what is decided now still holds at the commit."""
    row = await SQL.lock_station(tx.connection, id=station_id)
    if row is None:
        raise StationNotFound
    roster = await SQL.roster_now(tx.connection, station_id=station_id)
    station = (await with_trucks(tx, [row]))[0]
    return facts_of(station, roster["on_duty"] if roster else None, await tx.now())


async def duty_now(tx: Tx, station: Station) -> Duty:
    """Whether the station is on duty now, what says so, and who is rung."""
    return (await duties_now(tx, [station]))[station.id]


async def duties_now(tx: Tx, stations: Collection[Station]) -> dict[UUID, Duty]:
    """As `duty_now`, of each of these stations: one query, whatever the number."""
    ids = [station.id for station in stations]
    rows = await SQL.rosters_now(tx.connection, station_ids=ids)
    entries = {row["station_id"]: roster_entry_of(row) for row in rows}
    at = await tx.now()
    return {station.id: duty_of(station, entries.get(station.id), at) for station in stations}


async def duty_phone(tx: Tx, station_id: UUID) -> str | None:
    """Who is called now: the roster's phone, or the station's."""
    return (await duty_now(tx, await get(tx, station_id))).phone


async def coming_roster(
    tx: Tx, station_id: UUID, *, limit: int, after: tuple[datetime, UUID] | None
) -> Sequence[RosterEntry]:
    """Entries that have not ended, in the order of their beginning."""
    after_at, after_id = after or (None, None)
    rows = await SQL.coming_roster(
        tx.connection, station_id=station_id, after_at=after_at, after_id=after_id, limit=limit
    )
    return [roster_entry_of(row) for row in rows]


async def listed(tx: Tx, *, limit: int, **filters: Any) -> Sequence[Station]:
    """In the order of their codes; every filter may be None."""
    given = _given(filters, "after")
    return await with_trucks(tx, await SQL.list_stations(tx.connection, limit=limit, **given))


async def points(tx: Tx, *, limit: int, **filters: Any) -> Sequence[Any]:
    """Where they are and whether they are suspended now, by the same filters."""
    rows: Sequence[Any] = await SQL.station_points(tx.connection, limit=limit, **_given(filters))
    return rows


def _given(filters: dict[str, Any], *more: str) -> dict[str, Any]:
    names = ("province", "simulated", "kind", "suspended", *more)
    return {name: filters.get(name) for name in names} | {"search": contains(filters.get("search"))}


async def with_trucks(tx: Tx, rows: Sequence[Any]) -> list[Station]:
    """The rows as models, each with its trucks and its days with hours of their own."""
    ids = [row["id"] for row in rows]
    trucks: dict[UUID, list[Truck]] = defaultdict(list)
    overrides: dict[UUID, list[StationOverride]] = defaultdict(list)
    if ids:
        for row in await SQL.trucks_of(tx.connection, station_ids=ids):
            trucks[row["station_id"]].append(truck_of(row))
        for row in await SQL.overrides_of(tx.connection, station_ids=ids):
            overrides[row["station_id"]].append(override_of(row))
    return [_station_of(row, tuple(trucks[row["id"]]), tuple(overrides[row["id"]])) for row in rows]


async def with_codes(tx: Tx, codes: Sequence[str]) -> list[Station]:
    """Those that have one of these codes."""
    return await with_trucks(tx, await SQL.stations_with_codes(tx.connection, codes=list(codes)))


async def locked(tx: Tx, ids: Sequence[UUID]) -> list[Station]:
    """These stations, locked in the order of their ids."""
    return await with_trucks(tx, await SQL.lock_stations(tx.connection, ids=list(ids)))


def override_of(row: Any) -> StationOverride:
    """A row of `station_hours_overrides` as the model."""
    fields = {name: row[name] for name in StationOverride.__dataclass_fields__}
    return StationOverride(**(fields | {"applies_to": AppliesTo(row["applies_to"])}))


def truck_of(row: Any) -> Truck:
    """A row of `trucks` as the model."""
    return Truck(**(dict(row) | {"equipment": tuple(row["equipment"])}))


def roster_entry_of(row: Any) -> RosterEntry:
    """A row of `duty_roster` as the model."""
    return RosterEntry(**dict(row))


def _station_of(
    row: Any, trucks: tuple[Truck, ...], overrides: tuple[StationOverride, ...]
) -> Station:
    fields = {n: row[n] for n in Station.__dataclass_fields__ if n not in ("trucks", "overrides")}
    fields |= {"kind": StationKind(row["kind"]), "skills": tuple(row["skills"])}
    fields["brands"] = tuple(row["brands"])
    return Station(**fields, trucks=trucks, overrides=overrides)
