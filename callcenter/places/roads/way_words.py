"""Where on which road, and which way to come from, in two languages. Pure."""

from typing import Protocol

from callcenter.places.latin import in_latin, with_latin
from callcenter.places.model import OnRoad
from callcenter.places.roads.expressways import EXPRESSWAYS
from callcenter.places.roads.posts import WayIn


class SaidOnRoad(Protocol):
    """An OnRoad, or the same on the wire."""

    @property
    def road(self) -> str: ...
    @property
    def post_m(self) -> int | None: ...
    @property
    def feature(self) -> str | None: ...
    @property
    def towards(self) -> str | None: ...


DIRECTIONS = {
    "up": ("上行方向", "with rising kilometres"),
    "down": ("下行方向", "against the kilometres"),
    "inner": ("内环", "inner ring"),
    "outer": ("外环", "outer ring"),
    "north": ("往北", "northbound"),
    "south": ("往南", "southbound"),
    "east": ("往东", "eastbound"),
    "west": ("往西", "westbound"),
    "northeast": ("往东北", "northeastbound"),
    "northwest": ("往西北", "northwestbound"),
    "southeast": ("往东南", "southeastbound"),
    "southwest": ("往西南", "southwestbound"),
}


def kilometre(metres: int) -> str:
    """As it stands on the post: K1234+500."""
    return f"K{metres // 1000}+{metres % 1000:03d}"


def towards_words(language: str, towards: str) -> str:
    """往大连方向 / towards Dalian."""
    if towards in DIRECTIONS:
        return DIRECTIONS[towards][language == "en"]
    return f"towards {in_latin(towards)}" if language == "en" else f"往{towards}方向"


def road_name(language: str, road: str) -> str:
    """G15沈海高速: the code with the name on the signs beside it; in English without."""
    if language == "en":
        return with_latin(road)
    known = EXPRESSWAYS.get(road)
    return f"{road}{known.names[0]}高速" if known else road


def feature_name(language: str, feature: str) -> str:
    """What stands on its sign, in English with its pinyin."""
    return with_latin(feature) if language == "en" else feature


def on_road_words(language: str, on_road: SaidOnRoad | None) -> str:
    """G15沈海高速 K1234+500 往大连方向; empty when nothing was said of a road."""
    if on_road is None:
        return ""
    parts = [
        road_name(language, on_road.road),
        kilometre(on_road.post_m) if on_road.post_m is not None else "",
        feature_name(language, on_road.feature or ""),
        towards_words(language, on_road.towards) if on_road.towards else "",
    ]
    return " ".join(part for part in parts if part)


def way_in_words(language: str, on_road: OnRoad, entry: WayIn | None) -> str:
    """Which way to come from: where to enter when that is known, else on which side to drive."""
    if on_road.towards is None:
        return ""
    side = towards_words(language, on_road.towards)
    if entry is None:
        return f"Stay on the carriageway {side}" if language == "en" else f"请走{side}车道"
    km = f"{entry.drive_m / 1000:.0f}"
    if language == "en":
        return f"Enter at {with_latin(entry.feature)}, then {km} km {side}"
    return f"请从{entry.feature}进入,{side}行驶约{km}公里"
