"""From which side of a city the car comes: what "towards 上海" means in the middle of a road.

A city in the middle lies ahead in both senses. Where the car is known, by its kilometre or on the
map, it lies ahead in one only: known from the table of posts, or, coarsely, from the order of the
road's cities and the straight lines between them. Beside the city nobody can tell.
"""

from dataclasses import replace
from itertools import pairwise

from callcenter.db.transaction import Tx
from callcenter.places.addresses.district_table import Point
from callcenter.places.addresses.districts import Districts
from callcenter.places.distance import distance_m
from callcenter.places.model import OnRoad
from callcenter.places.repository import SQL
from callcenter.places.roads.cities import chinese
from callcenter.places.roads.expressways import EXPRESSWAYS
from callcenter.places.roads.national_roads import NATIONAL_ROADS

BESIDE_CITY_M = 15_000.0
"""A car this near to a city's own kilometre may be on either side of what the signs mean by it."""

NEAR_CITY_M = 40_000.0
"""A post farther than this from a city's centre does not tell where the road passes it."""

WINDING = (1.0, 1.45)
"""A road is at least as long as the straight lines between its cities, and at most so much
longer."""


def is_in_the_middle(on_road: OnRoad) -> bool:
    """Whether its direction is a city of the road that alone does not tell the sense."""
    if on_road.sense is not None or not on_road.towards:
        return False
    return chinese(on_road.towards) in _cities(on_road.road)


async def on_its_side(tx: Tx, on_road: OnRoad, here: Point | None, districts: Districts) -> OnRoad:
    """With its sense, where only the side of the city that the car is on tells it."""
    if not is_in_the_middle(on_road):
        return on_road
    return replace(on_road, sense=await _sense_by_side(tx, on_road, here, districts))


async def _sense_by_side(
    tx: Tx, on_road: OnRoad, here: Point | None, districts: Districts
) -> str | None:
    """Up or down towards the city, by the side that the car is on; None where that is open."""
    city = chinese(on_road.towards or "")
    centre = _centre(city, districts)
    if centre is None:
        return None
    car_m = on_road.post_m
    if car_m is None and here is not None:
        car_m = await _kilometre_at(tx, on_road.road, here)
    if car_m is None:
        return None
    city_m = await _kilometre_at(tx, on_road.road, centre)
    if city_m is None:
        least, most = _between_straight_lines(on_road.road, city, districts)
    else:
        least = most = float(city_m)
    if car_m < least - BESIDE_CITY_M:
        return "up"
    return "down" if car_m > most + BESIDE_CITY_M else None


async def _kilometre_at(tx: Tx, road: str, point: Point) -> int | None:
    """The kilometre of the post that stands nearest, when it is near."""
    row = await SQL.post_nearest(tx.connection, road=road, lat=point[0], lon=point[1])
    if row is None or distance_m(point, (row["lat"], row["lon"])) > NEAR_CITY_M:
        return None
    return int(row["metres"])


def _between_straight_lines(road: str, city: str, districts: Districts) -> tuple[float, float]:
    """The least and the most metres from the road's start to the city; nothing is certain where a
    city on the way is not on the map or water parts the road."""
    leg = _legs(road)[0]
    centres = [
        _centre(name, districts) for name in leg[: leg.index(city) + 1 if city in leg else 0]
    ]
    known = [centre for centre in centres if centre is not None]
    if not known or len(known) < len(centres):
        return 0.0, float("inf")
    straight_m = sum(distance_m(a, b) for a, b in pairwise(known))
    return straight_m * WINDING[0], straight_m * WINDING[1]


def _legs(road: str) -> tuple[tuple[str, ...], ...]:
    known = EXPRESSWAYS.get(road) or NATIONAL_ROADS.get(road)
    return known.legs if known else ()


def _cities(road: str) -> tuple[str, ...]:
    return tuple(city for leg in _legs(road) for city in leg)


def _centre(city: str, districts: Districts) -> Point | None:
    """Of the one city, else the one district of that name; None where there are several."""
    name = districts.names.get(city)
    units = [unit for unit in name.units if unit.city] if name else []
    cities = [unit for unit in units if not unit.district] or units
    return cities[0].point if len(cities) == 1 and cities[0].exact else None
