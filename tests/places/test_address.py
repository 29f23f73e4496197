"""What a caller says becomes province, city and district, or a question."""

import random
import time
import tomllib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from callcenter.places.addresses.address import read_address
from callcenter.places.addresses.district_names import stem
from callcenter.places.addresses.district_table import Unit
from callcenter.places.addresses.districts import Districts, is_within
from callcenter.places.provinces import PROVINCES

SAID = Path(__file__).parent / "said"
UNDERSTOOD = {
    "沈阳大东东望街39号": ("LN", "沈阳市", "大东区", "东望街39号"),
    "辽宁省沈阳市大东区东望街39号": ("LN", "沈阳市", "大东区", "东望街39号"),
    "东望街39号,沈阳的大东区": ("LN", "沈阳市", "大东区", "东望街39号"),
    "大东区东望街39号,沈阳的": ("LN", "沈阳市", "大东区", "东望街39号"),
    "辽宁沈阳": ("LN", "沈阳市", "", ""),
    "辽宁": ("LN", "", "", ""),
    "内蒙古赤峰": ("NM", "赤峰市", "", ""),
    "浦东": ("SH", "上海市", "浦东新区", ""),
    "延边延吉": ("JL", "延边朝鲜族自治州", "延吉市", ""),
    "北京朝阳": ("BJ", "北京市", "朝阳区", ""),
    "辽宁朝阳": ("LN", "朝阳市", "", ""),
    "天津河北区": ("TJ", "天津市", "河北区", ""),
    "吉林": ("JL", "", "", ""),
    "吉林市船营区": ("JL", "吉林市", "船营区", ""),
    "大连市中山区中山路": ("LN", "大连市", "中山区", "中山路"),
    "大连中山路": ("LN", "大连市", "", "中山路"),
    "南京市鼓楼区中山北路": ("JS", "南京市", "鼓楼区", "中山北路"),
    "湖北仙桃": ("HB", "仙桃市", "", ""),
    "科右前旗": ("NM", "兴安盟", "科尔沁右翼前旗", ""),
    "喀左县": ("LN", "朝阳市", "喀喇沁左翼蒙古族自治县", ""),
    "锡盟": ("NM", "锡林郭勒盟", "", ""),
    "青岛市南区": ("SD", "青岛市", "市南区", ""),
    "青岛市市南区": ("SD", "青岛市", "市南区", ""),
    "乐山市中区": ("SC", "乐山市", "市中区", ""),
    "上海牌照的车在苏州吴中": ("JS", "苏州市", "吴中区", "上海牌照的车"),
    "昆山花桥镇": ("JS", "苏州市", "昆山市", "花桥镇"),
    "昆明市场": ("YN", "昆明市", "", "市场"),
    "济南章丘市": ("SD", "济南市", "章丘区", ""),
    "上海闸北区": ("SH", "上海市", "静安区", ""),
    "沈阳市大东区往大连方向": ("LN", "沈阳市", "大东区", "往大连方向"),
    "香港九龙": ("HK", "香港特别行政区", "", ""),
    "臺北市": ("TW", "台北市", "", ""),
}


@pytest.mark.parametrize("said", list(UNDERSTOOD))
def test_an_address_is_understood(said: str, districts: Districts):
    it = read_address(said, districts)
    assert it is not None
    assert (it.province, it.city, it.district, it.rest) == UNDERSTOOD[said]
    assert it.ask == []
    assert it.lat is not None
    assert it.lon is not None
    assert it.radius_m is not None


@pytest.mark.parametrize(
    ("said", "provinces"),
    [
        ("朝阳区建国路88号", {"BJ", "JL"}),
        ("鼓楼区", {"JS", "FJ", "HA"}),
        ("伊犁伊宁", {"XJ"}),
        ("江北区", {"ZJ", "CQ"}),
    ],
)
def test_of_several_places_it_is_asked_which(said: str, provinces: set[str], districts: Districts):
    it = read_address(said, districts)
    assert it is not None
    assert it.ask == ["which"]
    assert {place.province for place in it.candidates} == provinces
    assert (it.district, it.lat, it.radius_m) == ("", None, None)


@pytest.mark.parametrize("said", ["沈阳市朝阳区", "辽宁省长春市", "北京市大东区", "沈阳大连"])
def test_parts_that_contradict_each_other_are_said(said: str, districts: Districts):
    it = read_address(said, districts)
    assert it is not None
    assert it.ask == ["conflict"]
    assert "".join(it.conflict) == said
    assert (it.province, it.city, it.district, it.lat) == ("", "", "", None)


@pytest.mark.parametrize(
    "said",
    [
        "沈海高速",
        "北京路",
        "南京东路",
        "鞍山道",
        "上海方向",
        "往大连方向",
        "去上海的路上",
        "从沈阳去大连的路上",
        "离沈阳30公里",
        "还有50公里到大连",
        "在锦州和葫芦岛之间",
        "从大连往沈阳走,过了营口",
        "G2京沪高速K1024+300上海方向",
        "我是沈阳人",
        "沈阳牌照",
        "上海大众抛锚了",
        "北京现代坏了",
        "吃了个三明治",
        "华东营业厅",
        "在东方红广场",
        "和平路",
        "",
        "13800138000",
    ],
)
def test_a_road_a_direction_or_a_word_is_no_address(said: str, districts: Districts):
    assert read_address(said, districts) is None


def test_a_name_is_read_whole_as_itself_or_asked_about(districts: Districts):
    """Every unit by its full name under its city and province."""
    wrong = []
    for unit in districts.units:
        province = PROVINCES[unit.province].zh
        said = f"{province}{unit.city if unit.city != unit.name else ''}{unit.name}"
        it = read_address(said, districts)
        if it is None or (
            not it.ask
            and (it.province, it.city, it.district) != (unit.province, unit.city, unit.district)
        ):
            wrong.append(said)
    assert wrong == []


KINDS = {"区": "District", "市": "City", "县": "County", "旗": "Banner", "州": "Prefecture"}


def in_english(unit: Unit, districts: Districts) -> str:
    """District, city, province; a county that is called by one sign with it."""
    names = dict.fromkeys(filter(None, (unit.district, unit.city)))
    bare = {name: stem(name) if len(stem(name)) < len(name) else name[:-1] for name in names}
    parts = [
        f"{districts.latin.spelt[bare[name]][0].title()} {KINDS.get(name[-1], '')}"
        for name in names
        if bare[name] in districts.latin.spelt
    ]
    return ", ".join([*parts, PROVINCES[unit.province].en])


def test_a_name_in_english_is_read_as_itself_or_asked_about(districts: Districts):
    """Or as what it lies in: Benxi County is said of the city as well."""
    wrong, asked = [], 0
    for unit in districts.units:
        said = in_english(unit, districts)
        it = read_address(said, districts)
        if it is None or it.ask:
            asked += 1
        elif not is_within(unit, Unit("", it.province, it.city, it.district)):
            wrong.append((said, it))
    assert wrong == []
    assert asked < 0.01 * len(districts.units)


WORDS = """
沈阳 大东区 朝阳 朝阳区 北京市 辽宁省 往 到 从 方向 路 街 的 在 , 39号 市 区
县 G15 沈海高速 公里 吉林 中山 Chaoyang District Beijing Road Xi'an Lüshun to from
in , 88 - Mr Shi Qu Autonomous Region
"""
TEXTS = (
    st.lists(st.sampled_from([*WORDS.split(), " "]) | st.text(max_size=3), max_size=12).map("".join)
    | st.text()
)


def looked_at(said: str, districts: Districts) -> None:
    it = read_address(said, districts)
    if it is None:
        return
    assert bool(it.ask) == (it.lat is None)
    assert not (it.candidates and it.conflict)
    assert len(it.candidates) != 1
    if not it.ask:
        assert (it.province, it.city, it.district) in known(districts)


@cache
def known(districts: Districts) -> frozenset[tuple[str, str, str]]:
    return frozenset((u.province, u.city, u.district) for u in districts.units)


@given(said=TEXTS)
@example(said="\ud800")
@example(said="市" * 3000)
@example(said="从沈阳到" * 700)
@settings(max_examples=200)
def test_any_text_is_an_address_a_question_or_nothing(districts: Districts, said: str):
    looked_at(said, districts)


@pytest.mark.parametrize(
    "piece",
    [
        "中山",
        "朝阳区",
        "从沈阳到",
        "沈阳 的 ",
        "青岛市",
        " ",
        "市",
        "Beijing ",
        "a ",
        "an Xi'",
        "New Area ",
    ],
)
def test_a_text_of_one_piece_again_and_again_does_not_take_long(districts: Districts, piece: str):
    began = time.process_time()
    looked_at(piece * 2000, districts)
    assert time.process_time() - began < 5, "some hundredths of a second are usual"


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_a_million_texts(districts: Districts):
    """Names, words and signs in any order, and pieces of the corpus put together anew."""
    seed = random.randrange(1 << 32)
    dice = random.Random(seed)
    corpus = [
        one["text"]
        for file in SAID.glob("*.toml")
        for one in tomllib.loads(file.read_text())["said"]
    ]
    names = [*districts.names, *(f"{it} ".title() for it in sorted(districts.latin.letters))]
    for _ in range(1_000_000):
        said = "".join(
            dice.choice(PIECES)(dice, names, corpus) for _ in range(dice.randrange(1, 9))
        )
        try:
            looked_at(said, districts)
        except Exception as failure:
            raise AssertionError(f"seed {seed}: {said!r}") from failure


def a_name(dice: random.Random, names: list[str], _: list[str]) -> str:
    return dice.choice(names)


def a_word(dice: random.Random, _: list[str], __: list[str]) -> str:
    return dice.choice(WORDS.split())


def a_piece(dice: random.Random, _: list[str], corpus: list[str]) -> str:
    text = dice.choice(corpus)
    start = dice.randrange(len(text))
    return text[start : start + dice.randrange(1, 12)]


def any_sign(dice: random.Random, _: list[str], __: list[str]) -> str:
    return chr(
        dice.choice(
            [dice.randrange(0x80), dice.randrange(0x4E00, 0x9FFF), dice.randrange(0x110000)]
        )
    )


PIECES = [a_name, a_word, a_piece, any_sign]
