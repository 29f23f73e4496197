"""A small drawing of the way that is left: the car in the middle, the truck where it was last.

Direction is true; the distance from the middle grows with the square root, so that a truck next
door and one in the next town can both be read. Rings say the distance. No tiles.
"""

from dataclasses import dataclass
from math import cos, hypot, radians, sqrt

from callcenter.routing.wire import TruckSeenOut
from callcenter.tickets.repository import TicketPlace

SIZE = 300.0
MARGIN = 30.0
NEAR_KM = 2.0
RINGS_KM = (2, 5, 10, 20, 50, 100, 200, 400, 1000, 3000)
KM_PER_DEGREE = 111.2


@dataclass(frozen=True)
class Mark:
    """The truck in the drawing, at pixels."""

    x: float
    y: float


@dataclass(frozen=True)
class Ring:
    """A circle around the middle: kilometres, and its radius in pixels."""

    km: int
    radius: float


@dataclass(frozen=True)
class WayPicture:
    """What the template draws into a square of 300 by 300."""

    truck: Mark
    rings: list[Ring]


def way_picture(place: TicketPlace, truck: TruckSeenOut) -> WayPicture:
    """Scaled so that the truck fits."""
    east = (truck.lon - place.lon) * cos(radians(place.lat)) * KM_PER_DEGREE
    north = (truck.lat - place.lat) * KM_PER_DEGREE
    away = hypot(east, north)
    far = max(NEAR_KM, away)
    scale = (SIZE / 2 - MARGIN) / sqrt(far)
    stretch = scale / sqrt(away) if away else 0.0
    mark = Mark(round(SIZE / 2 + east * stretch, 1), round(SIZE / 2 - north * stretch, 1))
    rings = [Ring(km, round(sqrt(km) * scale, 1)) for km in RINGS_KM if km <= far][-3:]
    return WayPicture(mark, rings)
