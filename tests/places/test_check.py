"""What coordinates may be: exchanged ones are recognised, the sea and abroad are asked about."""

import pytest

from callcenter.places.check import check_position
from callcenter.places.gazetteer import OURS, Gazetteer
from callcenter.places.intake import Intake
from callcenter.places.model import Datum

Point = tuple[float, float]

AT_SEA = {
    "south of Sanya": (17.9, 109.6),
    "off Shanghai": (31.0, 122.4),
    "off Qingdao": (35.8, 120.6),
    "off Xiamen": (24.2, 118.4),
    "off Dalian": (38.7, 121.9),
    "off Yantai": (37.8, 121.6),
    "off Rizhao": (35.2, 119.9),
    "off Wenzhou": (27.3, 120.95),
    "off Shantou": (23.1, 117.0),
    "off Haikou": (20.2, 110.5),
    "off Beihai": (21.2, 109.4),
    "in the Gulf of Bohai": (38.8, 118.2),
    "in the Strait of Taiwan": (25.0, 119.9),
    "Hong Kong-Zhuhai-Macau bridge": (22.28, 113.75),
    "Hangzhou Bay bridge": (30.45, 121.13),
    "Donghai bridge": (30.75, 122.0),
}
ON_LAND = {
    "Sanya": (18.253, 109.512),
    "Sanya, Yalong Bay": (18.228, 109.637),
    "Hainan, east coast road at Wanning": (18.79, 110.47),
    "Hainan, west coast road at Dongfang": (19.10, 108.66),
    "Hainan, Mulan Bay": (20.16, 110.69),
    "Haikou": (20.045, 110.341),
    "Shanghai, Pudong airport": (31.144, 121.808),
    "Shanghai, Lingang, built into the sea": (30.90, 121.93),
    "Chongming": (31.63, 121.40),
    "Chongming, Dongtan": (31.52, 121.90),
    "Zhoushan": (30.016, 122.107),
    "Zhoushan, Zhujiajian": (29.89, 122.40),
    "Shengsi": (30.73, 122.45),
    "Yangshan port, built into the sea": (30.64, 122.06),
    "Hangzhou Bay new town, built into the sea": (30.33, 121.25),
    "Qingdao": (36.067, 120.383),
    "Qingdao, the bay's bridge": (36.16, 120.25),
    "Xiamen island": (24.479, 118.109),
    "Xiamen, Xiang'an airport, built into the sea": (24.53, 118.37),
    "Kinmen": (24.44, 118.34),
    "Pingtan": (25.50, 119.79),
    "Dalian": (38.914, 121.614),
    "Dalian, airport built into the sea": (39.10, 121.62),
    "Tianjin, port": (38.98, 117.80),
    "Caofeidian, built into the sea": (38.93, 118.50),
    "Huanghua port, built into the sea": (38.32, 117.87),
    "Hong Kong airport, built into the sea": (22.308, 113.914),
    "Bridge's island at Zhuhai": (22.21, 113.58),
    "Hailing island": (21.63, 111.93),
    "Weizhou island": (21.04, 109.12),
    "Penghu": (23.57, 119.58),
    "On Qinghai lake": (36.9, 100.2),
    "On Lake Tai": (31.2, 120.2),
    "Below the sea: Turpan": (42.70, 89.30),
}
ASKED_ABOUT = {
    "Paris": ((48.85, 2.35), "abroad"),
    "Sydney": ((-33.87, 151.21), "abroad"),
    "Hanoi": ((21.03, 105.85), "abroad"),
    "Vladivostok": ((43.12, 131.9), "abroad"),
    "the East China Sea": ((26.0, 132.0), "nowhere"),
    "the Changtang": ((34.0, 86.0), "nowhere"),
}


def test_a_place_in_the_country_has_its_province(gazetteer: Gazetteer):
    verdict = check_position(41.8057, 123.4315, gazetteer)
    assert (verdict.refusal, verdict.doubts, verdict.province) == (None, (), "LN")


def test_exchanged_numbers_are_recognised_and_the_exchange_is_proposed(gazetteer: Gazetteer):
    verdict = check_position(123.4315, 41.8057, gazetteer)
    assert verdict.refusal is not None
    assert verdict.refusal.code == "swapped"
    assert "41.80570" in str(verdict.refusal)


@pytest.mark.parametrize("name", ASKED_ABOUT)
def test_abroad_and_what_is_far_from_everything_is_asked_about(gazetteer: Gazetteer, name: str):
    point, doubt = ASKED_ABOUT[name]
    assert check_position(*point, gazetteer).doubts == (doubt,)


@pytest.mark.parametrize("name", AT_SEA)
def test_at_sea_it_is_asked_and_not_refused_for_bridges_stand_there(
    gazetteer: Gazetteer, name: str
):
    verdict = check_position(*AT_SEA[name], gazetteer)
    assert verdict.refusal is None
    assert set(verdict.doubts) & {"at_sea", "nowhere"}
    assert verdict.province or "nowhere" in verdict.doubts


@pytest.mark.parametrize("name", list(AT_SEA)[:4])
def test_the_sea_off_our_towns_is_called_the_sea(gazetteer: Gazetteer, name: str):
    assert check_position(*AT_SEA[name], gazetteer).doubts == ("at_sea",)


@pytest.mark.parametrize("name", ON_LAND)
def test_at_the_coast_on_islands_and_in_new_ports_nobody_is_asked(gazetteer: Gazetteer, name: str):
    verdict = check_position(*ON_LAND[name], gazetteer)
    assert (verdict.refusal, verdict.doubts) == (None, ())


def test_no_known_place_of_ours_is_taken_for_the_sea(gazetteer: Gazetteer):
    ours = [place for place in gazetteer.places if place.country in OURS]
    asked = [p.en for p in ours if check_position(p.lat, p.lon, gazetteer).doubts]
    assert len(ours) > 10_000
    assert asked == []


@pytest.mark.parametrize(
    "point", [(0.0, 0.0), (float("nan"), 1.0), (1.0, float("inf")), (91.0, 200.0)]
)
def test_what_cannot_be_is_refused(gazetteer: Gazetteer, point: Point):
    assert check_position(*point, gazetteer).refusal is not None


@pytest.mark.parametrize("datum", Datum)
def test_the_sea_is_asked_about_in_every_datum(intake: Intake, datum: Datum):
    seen = intake.look_at(*AT_SEA["south of Sanya"], datum)
    assert (seen.refusal, seen.doubts, seen.province) == (None, ("at_sea",), "HI")
