"""What coordinates may be: exchanged ones are recognised, the sea and abroad are asked about."""

import pytest

from callcenter.places.check import check_position
from callcenter.places.gazetteer import Gazetteer
from callcenter.places.model import Datum
from callcenter.places.share_text import read_share_text


def test_a_place_in_the_country_has_its_province(gazetteer: Gazetteer):
    verdict = check_position(41.8057, 123.4315, gazetteer)
    assert (verdict.refusal, verdict.doubts, verdict.province) == (None, (), "LN")


def test_exchanged_numbers_are_recognised_and_the_exchange_is_proposed(gazetteer: Gazetteer):
    verdict = check_position(123.4315, 41.8057, gazetteer)
    assert verdict.refusal is not None
    assert verdict.refusal.code == "swapped"
    assert "41.80570" in str(verdict.refusal)


@pytest.mark.parametrize(
    ("point", "doubt"), [((48.85, 2.35), "abroad"), ((26.0, 132.0), "nowhere")]
)
def test_abroad_and_the_sea_are_asked_about(
    gazetteer: Gazetteer, point: tuple[float, float], doubt: str
):
    assert set(check_position(*point, gazetteer).doubts) <= {"abroad", "nowhere"}
    assert check_position(*point, gazetteer).doubts, doubt


@pytest.mark.parametrize("point", [(0.0, 0.0), (float("nan"), 1.0), (91.0, 200.0)])
def test_what_cannot_be_is_refused(gazetteer: Gazetteer, point: tuple[float, float]):
    assert check_position(*point, gazetteer).refusal is not None


@pytest.mark.parametrize(
    ("text", "lat", "lon", "datum"),
    [
        ("41.8057, 123.4315", 41.8057, 123.4315, None),
        ("41.8057,123.4315", 41.8057, 123.4315, None),
        (
            "https://uri.amap.com/marker?position=123.4315,41.8057&name=here",
            41.8057,
            123.4315,
            Datum.GCJ02,
        ),
        ("N41.8057 E123.4315", 41.8057, 123.4315, None),
    ],
)
def test_what_people_paste_is_read(text: str, lat: float, lon: float, datum: Datum | None):
    read = read_share_text(text)
    assert read is not None
    assert (read.lat, read.lon, read.datum) == (lat, lon, datum)


@pytest.mark.parametrize("text", ["", "behind the mill", "13800138000", "G2 K1024+300"])
def test_what_holds_no_coordinates_is_not_guessed_at(text: str):
    assert read_share_text(text) is None
