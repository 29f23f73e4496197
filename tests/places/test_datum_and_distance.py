"""Positions: the Chinese datums there and back, and distance as an independent library has it."""

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from callcenter.places.datum import from_wgs84, is_shifted, to_wgs84
from callcenter.places.distance import distance_m, distances_from
from callcenter.places.gazetteer import OURS, Gazetteer
from callcenter.places.model import Datum

ROUND_TRIP_M = 0.1
TAIWAN_WEST = 119.96
PARISHES_OF_MACAU = {"Nossa Senhora de Fátima", "Santo António", "São Lázaro", "São Lourenço"}
"""GeoNames has them on the mainland."""

MAINLAND = st.tuples(st.floats(18.1, 53.6), st.floats(73.5, 135.1)).filter(
    lambda point: is_shifted(*point)
)
ANYWHERE = st.tuples(st.floats(-89.0, 89.0), st.floats(-179.0, 179.0))


@given(MAINLAND, st.sampled_from(Datum))
def test_there_and_back_is_the_same_place(point: tuple[float, float], datum: Datum):
    back = to_wgs84(*from_wgs84(*point, datum), datum)
    assert distance_m(point, back) < ROUND_TRIP_M


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_there_and_back_on_a_grid_and_along_the_boundaries(datum: Datum):
    """Each half degree of the country, and each 500 m around Hong Kong and Macau: what the shift
    carries over the boundary comes back too."""
    country = [(lat / 2, lon / 2) for lat in range(36, 108) for lon in range(147, 271)]
    delta = [(22.1 + i * 0.0051, 113.5 + j * 0.0051) for i in range(100) for j in range(200)]
    for point in filter(lambda point: is_shifted(*point), country + delta[::3]):
        back = to_wgs84(*from_wgs84(*point, datum), datum)
        assert distance_m(point, back) < ROUND_TRIP_M


def test_our_places_are_shifted_and_those_outside_are_not(gazetteer: Gazetteer):
    shifted: dict[str, set[bool]] = {}
    for place in gazetteer.places:
        off_fujian = place.country == "TW" and place.lon < TAIWAN_WEST
        if place.country in OURS and not off_fujian and place.en not in PARISHES_OF_MACAU:
            shifted.setdefault(place.country, set()).add(is_shifted(place.lat, place.lon))
    assert shifted == {"CN": {True}, "HK": {False}, "MO": {False}, "TW": {False}}


@pytest.mark.parametrize(
    ("name", "point", "shifted"),
    [
        ("Shekou", (22.483, 113.912), True),
        ("Futian", (22.525, 114.055), True),
        ("Yantian", (22.565, 114.235), True),
        ("Gongbei", (22.220, 113.548), True),
        ("Hengqin", (22.137, 113.543), True),
        ("Tuen Mun", (22.391, 113.973), False),
        ("Yuen Long", (22.445, 114.030), False),
        ("Fanling", (22.492, 114.139), False),
        ("Macau", (22.198, 113.544), False),
        ("Cotai", (22.145, 113.563), False),
        ("Taipei", (25.040, 121.560), False),
    ],
)
def test_both_sides_of_the_boundary(name: str, point: tuple[float, float], shifted: bool):
    assert (from_wgs84(*point, Datum.GCJ02) != point) is shifted
    assert distance_m(point, to_wgs84(*from_wgs84(*point, Datum.GCJ02), Datum.GCJ02)) < ROUND_TRIP_M


@pytest.mark.parametrize("abroad", [(48.85, 2.35), (-33.9, 151.2), (35.68, 139.7), (56.0, 100.0)])
def test_outside_nothing_is_shifted(abroad: tuple[float, float]):
    assert to_wgs84(*abroad, Datum.GCJ02) == abroad


@given(ANYWHERE, ANYWHERE)
def test_distance_is_the_geodesic(here: tuple[float, float], there: tuple[float, float]):
    expected = geodesic(here, there).m
    assert distance_m(here, there) == pytest.approx(expected, abs=0.001, rel=1e-9)
    assert distances_from(*here, [there]) == pytest.approx([expected], abs=0.001, rel=1e-9)
