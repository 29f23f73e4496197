"""A small drawing of a rescue: the car, the stations around it, the truck. No tiles, no borders."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Any
from uuid import UUID

from callcenter.routing.rescue_wire import RescueOut
from callcenter.stations.model import Station

SIZE = 300.0
MARGIN = 28.0


@dataclass(frozen=True)
class Mark:
    """One thing in the drawing, at pixels."""

    kind: str
    x: float
    y: float
    zh: str = ""
    en: str = ""


def picture_of(
    place: Any, choice: Any, rescue: RescueOut, stations: Mapping[UUID, Station]
) -> list[Mark]:
    """Marks scaled so that everything fits; empty without a place."""
    if place is None:
        return []
    holders = {d.station_id for d in rescue.dispatches if d.ended_at is None}
    ranked = {c.station_id for c in choice.ranked} if choice else set()
    things: list[tuple[str, float, float, Station | None]] = [("car", place.lat, place.lon, None)]
    things += [(_kind(s.id, holders, ranked), s.lat, s.lon, s) for s in stations.values()]
    if rescue.truck and holders:
        things.append(("truck", rescue.truck.lat, rescue.truck.lon, None))
    narrow = cos(radians(place.lat))
    far = max(
        (max(abs(lat - place.lat), abs(lon - place.lon) * narrow) for _, lat, lon, _ in things),
        default=0.0,
    )
    scale = (SIZE / 2 - MARGIN) / max(far, 0.005)
    return [
        Mark(
            kind,
            round(SIZE / 2 + (lon - place.lon) * narrow * scale, 1),
            round(SIZE / 2 - (lat - place.lat) * scale, 1),
            station.city_zh if station else "",
            station.city_en if station else "",
        )
        for kind, lat, lon, station in things
    ]


def _kind(station_id: UUID, holders: set[UUID], ranked: set[UUID]) -> str:
    if station_id in holders:
        return "holder"
    return "ranked" if station_id in ranked else "passed"
