"""Positions: the Chinese datums there and back, and distance as an independent library has it."""

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from callcenter.places.datum import from_wgs84, to_wgs84
from callcenter.places.distance import distance_m, distances_from
from callcenter.places.model import Datum

MAINLAND = st.tuples(st.floats(23.0, 45.0), st.floats(100.0, 119.0))
ANYWHERE = st.tuples(st.floats(-89.0, 89.0), st.floats(-179.0, 179.0))


@given(MAINLAND, st.sampled_from(Datum))
def test_there_and_back_is_the_same_place(point: tuple[float, float], datum: Datum):
    back = to_wgs84(*from_wgs84(*point, datum), datum)
    assert distance_m(point, back) < 0.5


@given(MAINLAND)
def test_the_shift_is_some_hundred_metres(point: tuple[float, float]):
    assert 50 < distance_m(point, from_wgs84(*point, Datum.GCJ02)) < 1500


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
    assert distance_m(point, to_wgs84(*from_wgs84(*point, Datum.GCJ02), Datum.GCJ02)) < 0.5


@pytest.mark.parametrize("abroad", [(48.85, 2.35), (-33.9, 151.2), (35.68, 139.7)])
def test_outside_nothing_is_shifted(abroad: tuple[float, float]):
    assert to_wgs84(*abroad, Datum.GCJ02) == abroad


@given(ANYWHERE, ANYWHERE)
def test_distance_is_the_geodesic(here: tuple[float, float], there: tuple[float, float]):
    expected = geodesic(here, there).m
    assert distance_m(here, there) == pytest.approx(expected, abs=0.001, rel=1e-9)
    assert distances_from(*here, [there]) == pytest.approx([expected], abs=0.001, rel=1e-9)
