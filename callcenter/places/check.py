"""Can a car of ours stand there? Refused, asked about, or fine."""

from dataclasses import dataclass
from math import isfinite

from callcenter.places.gazetteer import OURS, Gazetteer
from callcenter.places.land import is_kept

NOWHERE_M = 60_000.0
"""Farther than this from every known place: the sea, or a desert that must be asked about."""

OFF_SHORE_M = 8_000.0
"""Farther than this from land: at sea, or on one of its bridges. Less would ask cars in the ports
and towns built into the sea since the coast was surveyed, more would let the sea pass."""


@dataclass(frozen=True)
class Refusal:
    """Why coordinates cannot be used, in words."""

    code: str
    zh: str
    en: str


OUT_OF_RANGE = Refusal(
    "out_of_range", "经纬度超出范围。纬度在前,经度在后。", "Latitude or longitude is out of range."
)
NULL_ISLAND = Refusal(
    "null_island", "0,0 是没有定位成功。请重新定位。", "0,0 means that there was no fix. Try again."
)

SWAPPED = "swapped"
ABROAD = "abroad"
NOWHERE = "nowhere"
AT_SEA = "at_sea"


@dataclass(frozen=True)
class Verdict:
    """`refusal`, or doubts as codes; `province` when the point is in one."""

    refusal: Refusal | None = None
    doubts: tuple[str, ...] = ()
    province: str | None = None


def check_position(lat: float, lon: float, gazetteer: Gazetteer) -> Verdict:
    """Looks at a WGS-84 point. Swapped numbers that would fit are refused with the exchange
    proposed; abroad, the sea and the desert are asked about."""
    if not (isfinite(lat) and isfinite(lon)):
        return Verdict(OUT_OF_RANGE)
    if abs(lat) > 90 or abs(lon) > 180:
        return Verdict(_exchange(lat, lon, gazetteer) or OUT_OF_RANGE)
    if abs(lat) < 0.01 and abs(lon) < 0.01:
        return Verdict(NULL_ISLAND)
    place, away_m = gazetteer.nearest(lat, lon)
    if place.country in OURS and away_m <= NOWHERE_M:
        on_land = gazetteer.land.within(lat, lon, OFF_SHORE_M)
        return Verdict(doubts=() if on_land else (AT_SEA,), province=place.province)
    if exchange := _exchange(lat, lon, gazetteer):
        return Verdict(exchange)
    far = is_kept(lat, lon) and away_m > NOWHERE_M
    return Verdict(doubts=(NOWHERE if far else ABROAD,))


def _exchange(lat: float, lon: float, gazetteer: Gazetteer) -> Refusal | None:
    if abs(lon) > 90 or abs(lat) > 180:
        return None
    place, away_m = gazetteer.nearest(lon, lat)
    if place.country not in OURS or away_m > NOWHERE_M:
        return None
    name = place.zh or place.en
    return Refusal(
        SWAPPED,
        f"经纬度像是写反了。应为纬度 {lon:.5f},经度 {lat:.5f}(近{name})?",
        f"Latitude and longitude look exchanged. Is it {lon:.5f}, {lat:.5f} (near {place.en})?",
    )
