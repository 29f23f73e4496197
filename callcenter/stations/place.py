"""Where a station may be: the same look at coordinates as for a broken car, but nothing is asked.

A station that is wrong on the map is never found, so what is only doubtful is refused, too.
"""

from callcenter.errors import FieldError
from callcenter.places.check import ABROAD, AT_SEA, NOWHERE, Refusal
from callcenter.places.distance import distances_from
from callcenter.places.intake import Intake
from callcenter.places.model import Datum
from callcenter.places.provinces import PROVINCES
from callcenter.stations.errors import StationPlaceRefused, StationProvinceWrong

BORDER_KM = 20.0
"""Borders are known by the places on either side of them: a province counts as the point's when
one of its places lies at most this much farther than the nearest place of all."""

DOUBTS = {
    ABROAD: Refusal(ABROAD, "坐标在境外。", "The coordinates lie abroad."),
    AT_SEA: Refusal(AT_SEA, "坐标在海上。", "The coordinates lie at sea."),
    NOWHERE: Refusal(
        NOWHERE,
        "附近 60 公里内没有已知地点。",
        "No known place lies within 60 km.",
    ),
}


def province_of(intake: Intake, lat: float, lon: float, named: str | None) -> str:
    """The province of a station at this point (WGS-84 degrees): the one `named`, when it may be.

    Raises StationPlaceRefused (0,0, exchanged numbers, the sea, abroad) and StationProvinceWrong.
    """
    seen = intake.look_at(lat, lon, Datum.WGS84)
    if seen.refusal:
        raise _refused(seen.refusal)
    around = _provinces_around(intake, lat, lon)
    # The nearest place may lie across a border that the point does not.
    if named in around and set(seen.doubts) <= {ABROAD}:
        return str(named)
    if seen.doubts or not around:
        raise _refused(DOUBTS.get(next(iter(seen.doubts), NOWHERE), DOUBTS[NOWHERE]))
    if named is None:
        return around[0]
    raise _wrong(named, around[0])


def province_after_move(intake: Intake, lat: float, lon: float, was: str) -> str:
    """The province of a station that has moved here: as it was while that may still be."""
    try:
        return province_of(intake, lat, lon, was)
    except StationProvinceWrong:
        return province_of(intake, lat, lon, None)


def _provinces_around(intake: Intake, lat: float, lon: float) -> list[str]:
    """That of the nearest known place first; a few places are of none."""
    known = intake.gazetteer
    _, nearest_m = known.nearest(lat, lon)
    around = known.largest_within(lat, lon, nearest_m / 1000 + BORDER_KM, len(known.places))
    metres = distances_from(lat, lon, [(place.lat, place.lon) for place in around])
    in_order = sorted(zip(metres, around, strict=True), key=lambda pair: pair[0])
    return [place.province for _, place in in_order if place.province]


def _refused(why: Refusal) -> StationPlaceRefused:
    faults = [FieldError(f"#/body/{field}", why.code, why.en) for field in ("lat", "lon")]
    return StationPlaceRefused(fields=faults, why_zh=why.zh, why_en=why.en)


def _wrong(named: str, found: str) -> StationProvinceWrong:
    is_, said = PROVINCES[found], PROVINCES[named]
    return StationProvinceWrong(
        fields=[FieldError("#/body/province", StationProvinceWrong.code, is_.code)],
        named=said.code,
        named_zh=said.zh,
        named_en=said.en,
        found=is_.code,
        found_zh=is_.zh,
        found_en=is_.en,
    )
