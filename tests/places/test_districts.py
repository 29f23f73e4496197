"""The table of provinces, cities and districts: is it whole, and are its circles true?"""

from collections import Counter
from pathlib import Path

import pytest

from callcenter.places.addresses.district_names import by_hand, seats, stem
from callcenter.places.addresses.district_table import FILE, Unit
from callcenter.places.addresses.districts import Districts, is_within
from callcenter.places.distance import distance_m
from callcenter.places.gazetteer import Gazetteer
from callcenter.places.provinces import PROVINCES


def the(districts: Districts, name: str) -> Unit:
    (unit,) = (u for u in districts.units if u.name == name)
    return unit


def test_the_country_is_whole(districts: Districts):
    provinces = {u.province for u in districts.units if not u.district}
    assert provinces == set(PROVINCES)
    assert sum(bool(u.district) for u in districts.units) > 2800
    cities = {(u.province, u.city) for u in districts.units if u.city}
    assert len(cities) > 360
    assert {u.province for u in districts.units if u.district} == set(PROVINCES) - {"TW", "MO"}


def test_every_district_lies_in_a_city_of_the_table(districts: Districts):
    cities = {(u.province, u.city) for u in districts.units if not u.district}
    assert all((u.province, u.city) in cities for u in districts.units)
    assert max(Counter(districts.units).values()) == 1


def test_what_is_written_by_hand_is_in_the_table(districts: Districts):
    named = Counter(u.name for u in districts.units)
    assert {name: named[name] for name in by_hand() if named[name] != 1} == {}
    assert set(seats()) <= set(named)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("大东区", "大东"),
        ("浦东新区", "浦东"),
        ("延边朝鲜族自治州", "延边"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("管城回族区", "管城"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("叶县", "叶县"),
        ("城区", "城区"),
    ],
)
def test_the_short_form_is_what_people_say(name: str, short: str):
    assert stem(name) == short


def test_centres_lie_in_their_province(districts: Districts, gazetteer: Gazetteer):
    """Known places near a centre are of the same province, but for towns at a border."""
    exact = [u for u in districts.units if u.exact and u.province not in ("HK", "MO")]
    right = sum(gazetteer.nearest(u.lat, u.lon)[0].province == u.province for u in exact)
    assert len(exact) > 1700
    assert right / len(exact) > 0.99


def test_a_circle_reaches_over_what_lies_in_it(districts: Districts):
    """A city's circle holds the centres of its districts; one whose own centre is not known is
    told with its city's, and never smaller than a known neighbour's."""
    for unit in districts.units:
        assert 5_000 <= unit.radius_m <= 2_000_000
        assert 15 < unit.lat < 54
        assert 73 < unit.lon < 136
    for city in (the(districts, name) for name in ("沈阳市", "赤峰市", "苏州市")):
        for unit in districts.units:
            if is_within(unit, city):
                assert distance_m(unit.point, city.point) <= city.radius_m


def test_where_well_known_cities_are(districts: Districts):
    for name, lat, lon in (
        ("沈阳市", 41.80, 123.43),
        ("苏州市", 31.30, 120.59),
        ("大理市", 25.6, 100.2),
    ):
        assert distance_m(the(districts, name).point, (lat, lon)) < 20_000


def test_a_damaged_table_is_made_again(tmp_path: Path, districts: Districts):
    (tmp_path / FILE).write_bytes(b"half a table")
    assert Districts.load(tmp_path).units == districts.units
