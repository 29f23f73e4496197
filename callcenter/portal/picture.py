"""A small drawing of a rescue: the car (or the town where it must be) in the middle, stations,
truck and places that were named around it. No tiles.

Direction is true; the distance from the middle grows with the square root, so that a station next
door and one in the next town can both be read. Rings say the distance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sqrt
from typing import Any
from uuid import UUID

from callcenter.places.gazetteer import Gazetteer
from callcenter.portal.around import Middle
from callcenter.routing.model import OfferState
from callcenter.routing.rescue_wire import PreviewOut, RescueOut
from callcenter.routing.wire import TruckSeenOut
from callcenter.stations.model import Station
from callcenter.tickets.repository import TicketPlace

SIZE = 300.0
MARGIN = 30.0
TOWNS = 8
TOWN_KM = 60.0
"""How far is drawn around a town: a pin between its neighbours is not too coarse then."""

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
    """A circle around the middle: kilometres, and its radius in pixels."""

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
    middle: Middle | None,
    place: TicketPlace | None,
    places: Sequence[TicketPlace],
    choice: PreviewOut | None,
    rescue: RescueOut,
    stations: Mapping[UUID, Station],
    gazetteer: Gazetteer,
) -> Picture | None:
    """Scaled so that all stations fit, around a town so that its neighbours do, with the larger
    towns between; None without a middle. What lies farther out is left out."""
    if middle is None:
        return None
    holders = {d.station_id for d in rescue.dispatches if d.ended_at is None}
    asked = {o.station_id for o in rescue.offers if o.state is OfferState.OFFERED}
    ranked = {c.station_id for c in choice.ranked} if choice else set()
    things = [
        (_kind(s.id, holders, asked, ranked), *_offset_km(middle, s), s.city_zh, s.city_en)
        for s in stations.values()
    ]
    if rescue.truck and holders:
        things.append(("truck", *_offset_km(middle, rescue.truck), "", ""))
    far = TOWN_KM if middle.town else max([2.0, *(hypot(x, y) for _, x, y, _, _ in things)])
    scale = (SIZE / 2 - MARGIN) / sqrt(far)
    things += [
        ("proposed", *_offset_km(middle, p), "", "") for p in places if p.state == "proposed"
    ]
    if place is not None:
        things.append(("car", *_offset_km(middle, place), "", ""))
    towns = gazetteer.largest_within(middle.lat, middle.lon, far, TOWNS)
    if middle.town and middle.town not in towns:
        towns.append(middle.town)
    things[:0] = [("town", *_offset_km(middle, town), town.zh, town.en) for town in towns]
    things = [thing for thing in things if hypot(thing[1], thing[2]) <= far]
    marks = [
        Mark(kind, *_pixels(east, north, scale), zh, en) for kind, east, north, zh, en in things
    ]
    rings = [Ring(km, round(sqrt(km) * scale, 1)) for km in RINGS_KM if km <= far][-3:]
    return Picture(middle.lat, middle.lon, round(scale, 3), rings, marks)


@dataclass(frozen=True)
class WayPicture:
    """The car in the middle, the truck where it was last, and rings that say how far."""

    truck: Mark
    rings: list[Ring]


def way_picture(place: TicketPlace, truck: TruckSeenOut) -> WayPicture:
    """Scaled so that the truck fits."""
    middle = Middle(place.lat, place.lon, place.province)
    east, north = _offset_km(middle, truck)
    far = max(2.0, hypot(east, north))
    scale = (SIZE / 2 - MARGIN) / sqrt(far)
    rings = [Ring(km, round(sqrt(km) * scale, 1)) for km in RINGS_KM if km <= far][-3:]
    return WayPicture(Mark("truck", *_pixels(east, north, scale)), rings)


def _offset_km(middle: Middle, thing: Any) -> tuple[float, float]:
    """East and north of the middle, on a plane: good enough to look at."""
    narrow = cos(radians(middle.lat))
    east, north = (thing.lon - middle.lon) * narrow, thing.lat - middle.lat
    return east * KM_PER_DEGREE, north * KM_PER_DEGREE


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
