"""The words "near ...": right place, distance and direction, in both languages."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.places.distance import WGS84
from callcenter.places.gazetteer import Gazetteer, KnownPlace
from callcenter.places.near_words import NearWords, near_words


def the(gazetteer: Gazetteer, name: str) -> KnownPlace:
    return gazetteer.find(name)[0]


def off(place: KnownPlace, azimuth: float, km: float) -> tuple[float, float]:
    lon, lat, _ = WGS84.fwd(place.lon, place.lat, azimuth, km * 1000)
    return lat, lon


@pytest.mark.parametrize(
    ("azimuth", "zh", "en"),
    [
        (0, "北", "north"),
        (44, "东北", "northeast"),
        (92, "东", "east"),
        (135, "东南", "southeast"),
        (181, "南", "south"),
        (225, "西南", "southwest"),
        (268, "西", "west"),
        (315, "西北", "northwest"),
        (359, "北", "north"),
    ],
)
def test_the_direction_is_from_the_place(gazetteer: Gazetteer, azimuth: float, zh: str, en: str):
    shenyang = the(gazetteer, "沈阳")
    words = near_words(*off(shenyang, azimuth, 3), gazetteer)
    assert words == NearWords(f"{shenyang.zh}以{zh}约 3 公里", f"about 3 km {en} of Shenyang")


def test_in_a_town_it_is_near_the_town(gazetteer: Gazetteer):
    words = near_words(*off(the(gazetteer, "大连"), 10, 0.4), gazetteer)
    assert "大连" in words.zh
    assert words.en == "near Dalian"


def test_the_city_everybody_knows_is_named_before_the_hamlet(gazetteer: Gazetteer):
    point = off(the(gazetteer, "沈阳"), 20, 12)
    assert "Shenyang" in near_words(*point, gazetteer).en


@given(lat=st.floats(18, 53), lon=st.floats(74, 135))
def test_there_are_words_everywhere_and_they_lead_there(
    gazetteer: Gazetteer, lat: float, lon: float
):
    words = near_words(lat, lon, gazetteer)
    assert words.zh
    assert words.en.startswith(("near ", "about "))
    if words.en.startswith("about "):
        km = int(words.en.split()[1])
        name = words.en.split(" of ", 1)[1]
        away = (
            WGS84.inv(lon, lat, place.lon, place.lat)[2] / 1000
            for place in gazetteer.places
            if place.en == name
        )
        assert any(math.isclose(km, there, abs_tol=2.6) for there in away)
