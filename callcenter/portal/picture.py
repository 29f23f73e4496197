"""A small drawing of a rescue: the car in the middle, stations and truck around it. No tiles.

Direction is true; the distance from the middle grows with the square root, so that a station next
door and one in the next town can both be read. Rings say the distance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, hypot, radians, sqrt
from typing import Any
from uuid import UUID

from callcenter.places.gazetteer import Gazetteer
from callcenter.routing.model import OfferState
from callcenter.routing.rescue_wire import RescueOut
from callcenter.stations.model import Station

SIZE = 300.0
MARGIN = 30.0
TOWNS = 8
RINGS_KM = (2, 5, 10, 20, 50, 100, 200, 400, 1000, 3000)
KM_PER_DEGREE = 111.2


@dataclass(frozen=True)
class Mark:
    """One thing in the drawing, at pixels."""

    kind: str
    x: float
    y: float
    zh: str = ""
    en: str = ""


@dataclass(frozen=True)
class Ring:
    """A circle around the car: kilometres, and its radius in pixels."""

    km: int
    radius: float


@dataclass(frozen=True)
class Picture:
    """What the template draws into a square of 300 by 300; `lat`, `lon` is its middle, and
    `scale` the pixels per square root of a kilometre: pin.js reads a click back with them."""

    lat: float
    lon: float
    scale: float
    rings: list[Ring]
    marks: list[Mark]


def picture_of(
    place: Any,
    choice: Any,
    rescue: RescueOut,
    stations: Mapping[UUID, Station],
    gazetteer: Gazetteer,
) -> Picture | None:
    """Scaled so that all stations fit, with the larger towns between; None without a place."""
    if place is None:
        return None
    holders = {d.station_id for d in rescue.dispatches if d.ended_at is None}
    asked = {o.station_id for o in rescue.offers if o.state is OfferState.OFFERED}
    ranked = {c.station_id for c in choice.ranked} if choice else set()
    things = [
        (_kind(s.id, holders, asked, ranked), *_offset_km(place, s), s.city_zh, s.city_en)
        for s in stations.values()
    ]
    if rescue.truck and holders:
        things.append(("truck", *_offset_km(place, rescue.truck), "", ""))
    far = max([2.0, *(hypot(east, north) for _, east, north, _, _ in things)])
    scale = (SIZE / 2 - MARGIN) / sqrt(far)
    towns = gazetteer.largest_within(place.lat, place.lon, far, TOWNS)
    things[:0] = [("town", *_offset_km(place, town), town.zh, town.en) for town in towns]
    marks = [
        Mark(kind, *_pixels(east, north, scale), zh, en) for kind, east, north, zh, en in things
    ]
    rings = [Ring(km, round(sqrt(km) * scale, 1)) for km in RINGS_KM if km <= far][-3:]
    return Picture(
        place.lat, place.lon, round(scale, 3), rings, [Mark("car", SIZE / 2, SIZE / 2), *marks]
    )


def _offset_km(place: Any, thing: Any) -> tuple[float, float]:
    """East and north of the car, on a plane: good enough to look at."""
    narrow = cos(radians(place.lat))
    return (thing.lon - place.lon) * narrow * KM_PER_DEGREE, (thing.lat - place.lat) * KM_PER_DEGREE


def _pixels(east: float, north: float, scale: float) -> tuple[float, float]:
    distance = hypot(east, north)
    stretch = scale / sqrt(distance) if distance else 0.0
    return round(SIZE / 2 + east * stretch, 1), round(SIZE / 2 - north * stretch, 1)


def _kind(station_id: UUID, holders: set[UUID], asked: set[UUID], ranked: set[UUID]) -> str:
    if station_id in holders:
        return "holder"
    if station_id in asked:
        return "asked"
    return "ranked" if station_id in ranked else "passed"
