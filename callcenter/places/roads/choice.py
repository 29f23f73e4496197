"""Which of the roads in a sentence he is on: not the one he left, passes or heads for."""

import re

from callcenter.places.roads.kilometres import Kilometre
from callcenter.places.roads.words import RoadWords, resolved

_LED_TO = re.compile(r"(?:[往去向和与跟]|转到|前往|开往|连接|靠近|接近|临近|[离距]离?|快到)$")
_LEFT_BEHIND = re.compile(r"(?:下来|出来|下道|转|驶出|拐)")
_LEFT_BEFORE = re.compile(r"(?:从|由|下了|离开|驶离|出了|刚下)$")
_CHANGED = re.compile(r"(?:下来|下道)?(?:转(?!弯)|换)")


def road_ahead(text: str, roads: list[RoadWords]) -> RoadWords | None:
    """The road that is a direction: 往京沪高速方向."""
    for road in roads:
        led = text[: road.start].endswith(("往", "去", "向", "到"))
        if led and text.startswith("方向", road.end):
            return road
    return None


def road_of(
    text: str, roads: list[RoadWords], posts: list[Kilometre]
) -> tuple[RoadWords | None, bool]:
    """The road that the place is on, and whether it may as well be another."""
    staying = [road for road in roads if not _left_behind(text, road)] or roads
    if not staying:
        return None, False
    before_post = [road for road in staying if posts and road.end <= posts[0].start]
    one = before_post[-1] if before_post else staying[0]
    if posts and before_post and not text[one.end : posts[0].start].strip(" ,(的"):
        return _completed(one, staying), _with_another(text, one, before_post)
    others = [road for road in staying if not road.same_as(one) and not _named_beside(text, road)]
    if posts and before_post and len(others) and _named_beside(text, one):
        one = staying[0]
        others = []
    return _completed(one, staying), bool(others)


def _with_another(text: str, one: RoadWords, roads: list[RoadWords]) -> bool:
    """Whether two roads are said in one breath: G15/G16."""
    return any(
        text[other.end : one.start].strip() in ("/", "和", "与", "或", "还是", ",")
        and not other.same_as(one)
        for other in roads
        if other.end <= one.start
    )


def _completed(one: RoadWords, roads: list[RoadWords]) -> RoadWords:
    """With the code or the name that the same road is given elsewhere in the text."""
    one = resolved(one)
    for other in map(resolved, roads):
        if one.code and one.code == other.code and other.name and not one.name:
            return resolved(
                RoadWords(one.start, one.end, one.code, other.name, True, other.ring, one.conflict)
            )
    return one


def _left_behind(text: str, road: RoadWords) -> bool:
    before, behind = text[: road.start][-3:], text[road.end :][:4]
    if _CHANGED.match(behind) and not before.endswith("转"):
        return True
    return bool(_LEFT_BEFORE.search(before) and _LEFT_BEHIND.search(behind)) or before.endswith(
        ("刚下", "下了", "离开", "驶离")
    )


def _named_beside(text: str, road: RoadWords) -> bool:
    return _LED_TO.search(text[: road.start][-4:]) is not None
