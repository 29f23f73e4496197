"""What people paste is read as they mean it, in every ordinary writing; road talk is no place."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.places.check import check_position
from callcenter.places.gazetteer import Gazetteer
from callcenter.places.model import Datum
from callcenter.places.share_text import SharedPlace, read_share_text
from tests.places import written_places as written

FULL_WIDTH = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789.,:;=()NSEW"}
ANY_TEXT = st.text(st.characters() | st.sampled_from("0123456789.,°'\"NSEW北南东西经纬度分秒 %-+"))


def read(text: str) -> SharedPlace:
    place = read_share_text(text)
    assert place is not None, text
    return place


def degrees(text: str) -> tuple[float, float]:
    place = read(text)
    return place.lat, place.lon


@pytest.mark.parametrize("text", [*written.PLAIN, *written.LINES])
def test_numbers_with_and_without_names_are_read(text: str):
    assert degrees(text) == pytest.approx((written.LAT, written.LON), abs=1e-9)
    assert read(text).datum is None


@pytest.mark.parametrize("text", [it for it in written.PLAIN if it.isascii()])
def test_full_width_signs_are_read_like_their_twins(text: str):
    assert degrees(text.translate(FULL_WIDTH)) == pytest.approx((written.LAT, written.LON))


@pytest.mark.parametrize("text", written.IN_SECONDS)
def test_degrees_minutes_and_seconds_are_read(text: str):
    assert degrees(text) == pytest.approx(written.TO_SECONDS)


@pytest.mark.parametrize("text", written.IN_MINUTES)
def test_whole_minutes_are_read_and_known_to_be_coarse(text: str):
    assert degrees(text) == pytest.approx(written.TO_MINUTES)
    assert read(text).accuracy_m == pytest.approx(927, abs=1)


@pytest.mark.parametrize("text", written.ROUNDED)
def test_rounded_degrees_are_read_and_known_to_be_coarse(text: str):
    assert degrees(text) == written.COARSE
    assert read(text).accuracy_m == pytest.approx(5560, abs=1)


@pytest.mark.parametrize("text", written.LINKS)
def test_links_of_map_apps_are_read_in_their_order_and_datum(text: str):
    assert degrees(text) == (written.LAT, written.LON)
    assert read(text).datum is written.LINKS[text]


@pytest.mark.parametrize("text", ["", *written.NO_PLACE])
def test_road_talk_and_numbers_of_other_things_are_no_place(text: str):
    assert read_share_text(text) is None


def test_there_are_enough_writings():
    readable = [*written.PLAIN, *written.IN_SECONDS, *written.IN_MINUTES, *written.ROUNDED]
    assert len({*readable, *written.LINKS}) >= 60
    assert len(set(written.NO_PLACE)) >= 30


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31.2031° N, 121.4112° E", (31.2031, 121.4112)),
        ("30.0031°N, 120.0115°E", (30.0031, 120.0115)),
        ("北纬30.2031度 东经120.1112度", (30.2031, 120.1112)),
    ],
)
def test_the_end_of_a_decimal_is_never_taken_for_a_degree(text: str, expected: tuple[float, float]):
    assert degrees(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-33.8688, 151.2093", (-33.8688, 151.2093)),
        ("−33.8688, 151.2093", (-33.8688, 151.2093)),
        ("南纬33.8688 东经151.2093", (-33.8688, 151.2093)),
        ("33.8688S 151.2093E", (-33.8688, 151.2093)),
        ("lat=40.7128&lon=-74.006", (40.7128, -74.006)),
        ("北纬40.7128 西经74.0060", (40.7128, -74.006)),
        ("40°42'46\"N 74°0'22\"W", (40.712778, -74.006111)),
    ],
)
def test_the_other_halves_of_the_earth_are_negative(text: str, expected: tuple[float, float]):
    assert degrees(text) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    "text", ["123.4315, 41.8057", "经纬度:123.4315,41.8057", "lat=123.4315&lon=41.8057"]
)
def test_exchanged_numbers_stay_as_written_and_the_exchange_is_proposed(
    gazetteer: Gazetteer, text: str
):
    assert degrees(text) == (123.4315, 41.8057)
    refusal = check_position(*degrees(text), gazetteer).refusal
    assert refusal is not None
    assert refusal.code == "swapped"
    assert "41.80570, 123.43150" in refusal.en


def test_of_two_places_the_first_counts():
    assert degrees("起点41.8057,123.4315 终点31.2304,121.4737") == (41.8057, 123.4315)
    twice = "纬度41.8057 经度123.4315,服务区在纬度31.2304 经度121.4737"
    assert degrees(twice) == (41.8057, 123.4315)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("G15沈海高速3号出口 41.8057,123.4315", "G15沈海高速3号出口"),
        ("我在加油站旁,纬度41.8057,经度123.4315。", "我在加油站旁"),
        ("车坏了 https://uri.amap.com/marker?position=123.4315,41.8057 快来", "车坏了 快来"),
        ("geo:41.8057,123.4315", ""),
    ],
)
def test_the_words_around_are_kept_without_the_numbers(text: str, words: str):
    assert read(text).words == words


FORMS = (
    "{lat}, {lon}",
    "{lat} {lon}",
    "纬度:{lat} 经度:{lon}",
    "经度{lon},纬度{lat}",
    "lat={lat}&lng={lon}",
    "?lon={lon}&lat={lat}",
    "geo:{lat},{lon}",
    "https://uri.amap.com/marker?position={lon},{lat}&name=x",
    "http://api.map.baidu.com/marker?location={lat},{lon}&title=x",
    "https://apis.map.qq.com/uri/v1/marker?marker=coord:{lat},{lon};title:x",
    "https://www.google.com/maps?q={lat},{lon}",
    "https://maps.apple.com/?ll={lat},{lon}",
    "{ns}{north} {ew}{east}",
    "{east}{ew},{north}{ns}",
    "{north}°{ns}, {east}° {ew}",
    "{cew}{east}度 {cns}{north}度",
    "{dms_lat}{ns} {dms_lon}{ew}",
    "{cew}{dms_lon},{cns}{dms_lat}",
)


def in_seconds(value: float) -> str:
    minutes, seconds = divmod(round(abs(value) * 3600, 3), 60)
    whole, minutes = divmod(int(minutes), 60)
    return f"{whole}°{minutes:02d}′{seconds:06.3f}″"


@pytest.mark.parametrize("form", FORMS)
@given(lat=st.floats(-90, 90), lon=st.floats(-180, 180), wide=st.booleans())
def test_a_pair_reads_back_as_it_was_written(form: str, lat: float, lon: float, wide: bool):
    if "position=" in form and abs(lon) <= 90:
        lon = math.copysign(180 - abs(lon), lon)
    text = form.format(
        lat=f"{lat:.6f}",
        lon=f"{lon:.6f}",
        north=f"{abs(lat):.6f}",
        east=f"{abs(lon):.6f}",
        ns="S" if lat < 0 else "N",
        ew="W" if lon < 0 else "E",
        cns="南纬" if lat < 0 else "北纬",
        cew="西经" if lon < 0 else "东经",
        dms_lat=in_seconds(lat),
        dms_lon=in_seconds(lon),
    )
    if wide and "://" not in text and "geo:" not in text:
        text = text.translate(FULL_WIDTH)
    assert degrees(text) == pytest.approx((lat, lon), abs=1e-5)


@given(st.lists(ANY_TEXT | st.sampled_from([*written.NO_PLACE, *written.LINKS]), max_size=4))
def test_no_text_whatever_is_a_fault(parts: list[str]):
    for text in (" ".join(parts), "".join(parts)):
        place = read_share_text(text)
        if place is not None:
            assert abs(place.lat) <= 180
            assert abs(place.lon) <= 180
            assert place.datum is None or isinstance(place.datum, Datum)


@pytest.mark.parametrize("text", ["1" * 5000, "1." * 3000, "°1'" * 2000, "\ud800%41%", "N " * 3000])
def test_hostile_text_is_read_in_no_time(text: str):
    assert read_share_text(text) is None
