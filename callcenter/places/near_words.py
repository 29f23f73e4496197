"""The words "near ...": the nearest known place with distance and direction, in both languages."""

from dataclasses import dataclass

from callcenter.places.distance import WGS84, distance_m
from callcenter.places.gazetteer import Gazetteer, KnownPlace

WIDE_KM = 60.0
"""So far a well-known place is looked for; only the nearest is named beyond."""

IN_PLACE_M = 1_000.0
"""Nearer than this to a place's centre one is in it."""

MANY = 40
PEOPLE_A_KM = 20_000
"""A place is worth naming at a distance when it has that many people for each of its kilometres;
nobody knows the hamlet that is nearest."""

DIRECTIONS = (
    ("北", "north"),
    ("东北", "northeast"),
    ("东", "east"),
    ("东南", "southeast"),
    ("南", "south"),
    ("西南", "southwest"),
    ("西", "west"),
    ("西北", "northwest"),
)


@dataclass(frozen=True)
class NearWords:
    """ "沈阳市以北约 3 公里" and "about 3 km north of Shenyang"."""

    zh: str
    en: str


def near_words(lat: float, lon: float, gazetteer: Gazetteer) -> NearWords:
    """Where a WGS-84 point lies, to be read out; the direction is from the place to the point."""
    place = _worth_naming(lat, lon, gazetteer)
    azimuth, _, metres = WGS84.inv(place.lon, place.lat, lon, lat)
    zh_name = place.zh or place.en
    if metres < IN_PLACE_M:
        return NearWords(zh=f"{zh_name}附近", en=f"near {place.en}")
    zh, en = DIRECTIONS[round(azimuth % 360 / 45) % 8]
    km = _rounded_km(float(metres))
    return NearWords(zh=f"{zh_name}以{zh}约 {km} 公里", en=f"about {km} km {en} of {place.en}")


def _worth_naming(lat: float, lon: float, gazetteer: Gazetteer) -> KnownPlace:
    """The nearest of those that are large enough for their distance; else the nearest at all."""
    nearest, away_m = gazetteer.nearest(lat, lon)
    if away_m < IN_PLACE_M:
        return nearest
    far = ((_m(lat, lon, p), p) for p in gazetteer.largest_within(lat, lon, WIDE_KM, MANY))
    known = [(m, p) for m, p in far if p.population >= PEOPLE_A_KM * m / 1000]
    return min(known, key=lambda pair: pair[0], default=(away_m, nearest))[1]


def _m(lat: float, lon: float, place: KnownPlace) -> float:
    return distance_m((lat, lon), (place.lat, place.lon))


def _rounded_km(metres: float) -> int:
    """Whole kilometres, fives from 30 on: farther than that nobody knows it better."""
    km = metres / 1000
    return round(km) if km < 30 else round(km / 5) * 5
