"""What was understood of a sentence and what must be asked, in words of both languages. Pure."""

from typing import Protocol

from callcenter.places.gazetteer import Gazetteer
from callcenter.places.latin import with_latin
from callcenter.places.model import OnRoad
from callcenter.places.provinces import PROVINCES
from callcenter.places.roads.way_words import DIRECTIONS, on_road_words, road_name
from callcenter.places.saying import Saying

QUESTIONS = {
    "direction": ("往哪个方向?(路的一端,如“往大连”)", "Which direction? (an end of the road)"),
    "road": ("是哪条路?(看里程牌上的编号)", "Which road? (the code on the post)"),
    "where": (
        "在这条路的哪里?(里程牌、服务区、上一个出口)",
        "Where on this road? (post, service area, last exit)",
    ),
    "which": ("是哪一个?", "Which of these?"),
    "place": (
        "请说出公路名和公里数、附近的出口或服务区,或点链接发送位置。",
        "Please tell the road and the kilometre, the exit or service area nearby, or open the link "
        "to send the position.",
    ),
    "conflict": ("说法前后不一,哪个对?", "This contradicts itself: which is right?"),
}
KINDS = {
    "coordinates": ("坐标", "coordinates"),
    "post": ("里程桩", "kilometre post"),
    "feature": ("路上的地点", "a named thing on a road"),
    "road": ("道路", "a road"),
    "address": ("地址", "address"),
    "nothing": ("没有听出位置", "no place in it"),
}


def question(language: str, code: str) -> str:
    """What to ask the caller."""
    return QUESTIONS[code][language == "en"]


def kind_words(language: str, kind: str) -> str:
    """Post, address, coordinates ..."""
    return KINDS[kind][language == "en"]


class InADistrict(Protocol):
    """An address, or one of the districts that it may mean."""

    @property
    def province(self) -> str | None: ...
    @property
    def city(self) -> str | None: ...
    @property
    def district(self) -> str | None: ...


def address_words(language: str, address: InADistrict | None, gazetteer: Gazetteer) -> str:
    """辽宁 沈阳市 大东区, in English Liaoning Shenyang Dadong District (大东区): in pinyin where no
    English name is known; empty when nothing is sure."""
    if address is None or not address.province:
        return ""
    province, names = PROVINCES[address.province], filter(None, (address.city, address.district))
    if language == "en":
        english = (with_latin(gazetteer.in_english(name, province.code)) for name in names)
        return " ".join((province.en, *english))
    return " ".join((province.zh, *names))


def candidates_words(language: str, saying: Saying, gazetteer: Gazetteer) -> list[str]:
    """The roads and the places that fit, when there are several."""
    roads = saying.road.may_be if saying.road else ()
    units = saying.address.candidates if saying.address else ()
    return [
        *(road_name(language, road) for road in roads),
        *(address_words(language, unit, gazetteer) for unit in units),
    ]


def understood_words(
    language: str, saying: Saying, on_road: OnRoad | None, gazetteer: Gazetteer
) -> str:
    """All that was understood, the most exact first; `on_road` with the sense that was found."""
    shared = saying.coordinates
    parts = [
        f"{shared.lat:.5f}, {shared.lon:.5f}" if shared else "",
        on_road_words(language, on_road),
        _name_said(language, saying),
        _carriageway_words(language, on_road),
        address_words(language, saying.address, gazetteer),
    ]
    return " · ".join(part for part in parts if part)


def _name_said(language: str, saying: Saying) -> str:
    """What people call the road, where that is not what its signs say: 沈大高速."""
    road = saying.road
    if road is None or road.road is None or road.name is None:
        return ""
    if road.name in road_name("zh", road.road):
        return ""
    return with_latin(road.name) if language == "en" else road.name


def _carriageway_words(language: str, on_road: OnRoad | None) -> str:
    """With or against the kilometres, where a city as the direction was enough to know."""
    if on_road is None or on_road.sense is None or on_road.towards in DIRECTIONS:
        return ""
    return DIRECTIONS[on_road.sense][language == "en"]
