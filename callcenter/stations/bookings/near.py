"""Workshops near a place, each with the next times at which a car may be brought there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.places.distance import distances_from
from callcenter.stations import repository as stations
from callcenter.stations.bookings.model import FreeTime
from callcenter.stations.bookings.repository import SQL, next_free_of
from callcenter.stations.model import Station

RINGS_KM = (30.0, 120.0, 480.0, 2_000.0, 21_000.0)
"""Looked through one after the other until there are enough; the last one holds the whole earth."""


@dataclass(frozen=True)
class Workshop:
    """One that takes bookings. `distance_m`: from the place that was asked about, by the geodesic;
    None where nobody said a place."""

    station: Station
    per_hour: int
    distance_m: float | None
    free: Sequence[FreeTime]


async def nearest(
    tx: Tx, lat: float, lon: float, count: int, since: datetime, known: UUID | None = None
) -> list[Workshop]:
    """The `count` nearest workshops that take bookings and are not suspended, nearest first; before
    them the `known` one, if it takes any. Free times from `since` on."""
    rows = await _within(tx, lat, lon, count)
    if known is not None:
        rows = [row for row in rows if row["id"] != known]
        rows = [*await SQL.workshops_by_id(tx.connection, ids=[known]), *rows]
    away = distances_from(lat, lon, [(row["lat"], row["lon"]) for row in rows])
    return await _with_times(tx, rows, away, since)


async def of_city(
    tx: Tx, province: str, city: str, count: int, since: datetime, known: UUID | None = None
) -> list[Workshop]:
    """The `known` one, then those of a city, then those of its province (everywhere, where it is
    empty)."""
    rows = await SQL.workshops_of_city(
        tx.connection,
        province=province or None,
        city=city.removesuffix("市"),
        known=known,
        limit=count,
    )
    return await _with_times(tx, rows, [None] * len(rows), since)


async def _within(tx: Tx, lat: float, lon: float, count: int) -> list[Any]:
    near: list[tuple[float, UUID, Any]] = []
    for reach_km in RINGS_KM:
        south, north, west, east = stations.box_around(lat, lon, reach_km)
        rows = await SQL.workshops_in_box(
            tx.connection, south=south, north=north, west=west, east=east
        )
        metres = distances_from(lat, lon, [(row["lat"], row["lon"]) for row in rows])
        # The corners of a box lie beyond its reach, where it does not hold every workshop.
        near = sorted(
            (away, row["id"], row)
            for away, row in zip(metres, rows, strict=True)
            if away <= reach_km * 1000
        )
        if len(near) >= count:
            break
    return [row for _, _, row in near[:count]]


async def _with_times(
    tx: Tx, rows: Sequence[Any], away: Sequence[float | None], since: datetime
) -> list[Workshop]:
    found = await stations.by_ids(tx, [row["id"] for row in rows])
    capacity = {row["id"]: row["bookings_per_hour"] for row in rows}
    free = await next_free_of(tx, list(found.values()), capacity, since)
    return [
        Workshop(found[row["id"]], row["bookings_per_hour"], metres, free[row["id"]])
        for row, metres in zip(rows, away, strict=True)
    ]
