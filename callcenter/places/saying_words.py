"""What was understood of a sentence and what must be asked, in words of both languages. Pure."""

from callcenter.places.addresses.address import Address
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


def address_words(language: str, address: Address | None) -> str:
    """辽宁 沈阳市 大东区; empty when nothing is sure."""
    if address is None or not address.province:
        return ""
    province = PROVINCES[address.province]
    named = province.en if language == "en" else province.zh
    return " ".join(filter(None, (named, address.city, address.district)))


def candidates_words(saying: Saying) -> list[str]:
    """The roads and the places that fit, when there are several."""
    roads = saying.road.may_be if saying.road else ()
    units = saying.address.candidates if saying.address else ()
    places = [f"{PROVINCES[u.province].zh} {u.city} {u.district}".strip() for u in units]
    return [*(road_name("zh", road) for road in roads), *places]


def understood_words(language: str, saying: Saying, on_road: OnRoad | None) -> str:
    """All that was understood, the most exact first; `on_road` with the sense that was found."""
    shared = saying.coordinates
    parts = [
        f"{shared.lat:.5f}, {shared.lon:.5f}" if shared else "",
        on_road_words(language, on_road),
        _name_said(saying),
        _carriageway_words(language, on_road),
        address_words(language, saying.address),
    ]
    return " · ".join(part for part in parts if part)


def _name_said(saying: Saying) -> str:
    """What people call the road, where that is not what its signs say: 沈大高速."""
    road = saying.road
    if road is None or road.road is None or road.name is None:
        return ""
    return "" if road.name in road_name("zh", road.road) else road.name


def _carriageway_words(language: str, on_road: OnRoad | None) -> str:
    """With or against the kilometres, where a city as the direction was enough to know."""
    if on_road is None or on_road.sense is None or on_road.towards in DIRECTIONS:
        return ""
    return DIRECTIONS[on_road.sense][language == "en"]
