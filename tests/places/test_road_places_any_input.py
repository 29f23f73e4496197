"""Nothing that anybody types is a fault, and what is read always keeps to its form."""

import os
import random
import re
import time
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.places.roads.expressways import EXPRESSWAYS
from callcenter.places.roads.place import RoadPlace, read_road_place
from callcenter.places.share_text import read_share_text

WORDS = """
G15 G2 g4w2 S20 X012 国道107 幺零七国道 省道 沈海高速 沪宁高速 广深高速 京沪高速公路 京港澳
沈阳绕城高速 北京五环 内环 外环 四环 K1234 +500 K K1234+500 桩号 里程牌 公里 千米 米 km 半 处 加
点 . + 号牌 百米桩 一千二百 三十四 幺二三四 零 百 千 3 12 1234 往 向 去 回 从 由 到 至 方向 的
大连 沈阳 上海 北 南 东北 上行 下行 京 进京 反 towards Dalian northbound exit near 服务区 收费站
出口 匝道 A 隧道 大桥 互通 绥中 鲅鱼圈 西直门 开了 还有 离 时速 跑了 8万 次 路 车 , 。 、 - / ( )
； \ud800
"""
PIECES = WORDS.split()
ANY_TEXT = st.text(st.characters() | st.sampled_from("GSK0123456789+.公里高速方向往一二百千"))
TALK = st.lists(st.sampled_from(PIECES) | ANY_TEXT, max_size=16).map("".join)
ASKED = {"conflict", "direction", "road", "where"}
CODES = sorted(EXPRESSWAYS)


def keeps_its_form(place: RoadPlace | None) -> None:
    if place is None:
        return
    assert place.kind in ("post", "feature", "road")
    assert place.road or place.name or place.feature or place.metres is not None
    assert set(place.ask) <= ASKED
    assert list(place.ask) == sorted(set(place.ask))
    assert place.road is None or re.fullmatch(r"[GSXYC]\d{1,4}(?:[WEN]\d?)?", place.road)
    assert place.metres is None or 0 <= place.metres < 11_000_000
    nameless = place.road is None and place.name is None
    assert ("road" in place.ask) == (nameless or len(place.may_be) > 1)
    assert not (place.may_be and place.road)
    assert place.kind != "road" or "where" in place.ask
    assert place.sense in ("up", "down", None)
    assert "" not in (place.name, place.feature, place.towards)


def talk(chance: random.Random) -> str:
    """A sentence out of pieces of road talk, with a sign of any alphabet between some."""
    words = chance.choices(PIECES, k=chance.randrange(14))
    return "".join(
        word + (chr(chance.randrange(0x110000)) if chance.random() < 0.1 else "") for word in words
    )


@given(TALK | ANY_TEXT)
def test_whatever_is_typed_is_no_fault(text: str):
    keeps_its_form(read_road_place(text))


def test_eight_thousand_sentences_are_no_fault():
    chance = random.Random(15)
    for _ in range(8_000):
        keeps_its_form(read_road_place(talk(chance)))


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_a_million_sentences_are_no_fault():
    """As many as FUZZ_INPUTS names; searched anew at each run, the seed is in the failure."""
    seed = int(os.environ.get("FUZZ_SEED", time.time()))
    chance = random.Random(seed)
    for _ in range(int(os.environ.get("FUZZ_INPUTS", 1_000_000))):
        text = talk(chance)
        try:
            keeps_its_form(read_road_place(text))
        except Exception as fault:
            raise AssertionError(f"seed {seed}: {text!r}") from fault


@given(
    code=st.sampled_from(CODES),
    metres=st.integers(0, 5_999_999),
    towards=st.sampled_from(["大连", "沈阳", "上海", "哈尔滨", "鲅鱼圈"]),
    form=st.sampled_from(
        [
            "{code} K{km}+{m:03d} {towards}方向",
            "往{towards}方向,{code}的{km}公里{m}米处",
            "{code}{towards}方向K{km}.{m:03d}",
            "在{code}上 桩号{km}+{m:03d} 往{towards}",
            "{name}K{km}+{m:03d},{towards}方向",
            "{code}{name} {towards}方向 {km}公里加{m:03d}米",
        ]
    ),
)
def test_every_post_of_every_expressway_reads_back(code: str, metres: int, towards: str, form: str):
    road = EXPRESSWAYS[code]
    km, m = divmod(metres, 1000)
    name = f"{road.names[0]}高速" if road.pinyin else ""
    form = form.replace("{name}K", "{name}K" if name else "{code}K")
    place = read_road_place(form.format(code=code, km=km, m=m, towards=towards, name=name))
    assert place is not None
    assert (place.road, place.metres, place.towards, place.ask) == (code, metres, towards, ())


@given(lat=st.floats(18, 53), lon=st.floats(74, 134), km=st.integers(0, 3999))
def test_a_post_and_coordinates_stand_side_by_side(lat: float, lon: float, km: int):
    text = f"G15 K{km} 大连方向 {lat:.5f},{lon:.5f}"
    place, shared = read_road_place(text), read_share_text(text)
    assert place is not None
    assert (place.road, place.metres) == ("G15", km * 1000)
    assert shared is not None
    assert (shared.lat, shared.lon) == pytest.approx((lat, lon), abs=1e-4)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 5000, "一" * 5000, "千" * 5000, "K1234+500" * 500, "1234公里" * 800, "往" * 3000,
        "G15" * 900, "高速" * 2000, "大连往" * 1500, "京沪" * 2000, "东西南北" * 900,
        "服务区" * 1200, "从北向" * 1200, "上海绕城" * 900, "a " * 3000, "exit " * 900,
        "方向" * 2000, "大大大大大大方向" * 400, "离" * 3000, "国道" * 2000, "五环" * 2000,
        " " * 5000, "+5" * 2000, "1.1" * 1500, "near the " * 500, "北" * 3000, "环" * 3000,
    ],
)  # fmt: skip
def test_hostile_text_is_read_in_no_time(text: str):
    def seconds() -> float:
        start = time.process_time()
        keeps_its_form(read_road_place(text))
        return time.process_time() - start

    assert min(seconds() for _ in range(3)) < 1.0, "some milliseconds are usual"


def test_garbage_of_full_length_is_read_in_no_time():
    chance = random.Random(2000)
    took = []
    for _ in range(40):
        text = "".join(chance.choices(PIECES, k=900))[:2000]
        start = time.process_time()
        keeps_its_form(read_road_place(text))
        took.append(time.process_time() - start)
    assert quantiles(took, n=20)[-1] < 1.0
