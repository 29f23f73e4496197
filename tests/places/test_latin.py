"""Names on signs for those who cannot read them."""

import pytest

from callcenter.places.latin import in_latin, with_latin
from callcenter.places.model import OnRoad
from callcenter.places.roads.posts import WayIn
from callcenter.places.roads.way_words import on_road_words, way_in_words


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("大连", "Dalian"),
        ("西安", "Xi'an"),
        ("哈尔滨", "Harbin"),
        ("香港", "Hong Kong"),
        ("北安", "Bei'an"),
        ("吕梁", "Lüliang"),
        ("长子县", "Zhangzi County"),
        ("叶县", "Yexian"),
        ("沈阳市", "Shenyang"),
        ("大东区", "Dadong District"),
        ("苏家屯收费站", "Sujiatun toll gate"),
        ("鞍山服务区", "Anshan service area"),
        ("观音岩隧道", "Guanyinyan tunnel"),
        ("江阴大桥", "Jiangyin bridge"),
        ("花桥出口", "Huaqiao exit"),
        ("花桥互通A匝道", "Huaqiao interchange A ramp"),
        ("枢纽互通立交", "interchange"),
        ("出口12", "exit 12"),
        ("G15", "G15"),
        ("Sujiatun toll gate", "Sujiatun toll gate"),
        ("", ""),
    ],
)
def test_a_name_in_latin_letters(name: str, latin: str):
    assert in_latin(name) == latin


def test_what_stands_on_the_sign_stands_beside_it_in_english_only():
    assert with_latin("苏家屯收费站") == "Sujiatun toll gate (苏家屯收费站)"
    on_road = OnRoad("G15", 12_500, "鞍山服务区", "大连")
    assert on_road_words("en", on_road) == (
        "G15 K12+500 Anshan service area (鞍山服务区) towards Dalian"
    )
    assert on_road_words("zh", on_road) == "G15沈海高速 K12+500 鞍山服务区 往大连方向"
    entry = WayIn("苏家屯收费站", 10_500)
    assert way_in_words("en", on_road, entry) == (
        "Enter at Sujiatun toll gate (苏家屯收费站), then 10 km towards Dalian"
    )
