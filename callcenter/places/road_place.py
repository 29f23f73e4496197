"""Reads road, kilometre, named thing and direction out of what a caller says."""

import re
from dataclasses import dataclass

from callcenter.places.angles import plain
from callcenter.places.carriageway import sense_of
from callcenter.places.features import Feature, features_in
from callcenter.places.headings import Heading, headings_in
from callcenter.places.kilometres import Kilometre, kilometres_in
from callcenter.places.map_links import is_link
from callcenter.places.road_words import RoadWords, resolved, roads_in

LONGEST = 2000
"""Signs that are read."""

_COVER = "\u25ae"
_TRADITIONAL = str.maketrans("國號縣鄉東機場橋處於從這裡豐灣", "国号县乡东机场桥处于从这里丰湾")
_PHONE = re.compile(r"(?<![\d+])(?:\+?86[\s-]?)?1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)|0\d{2,3}-\d{7,8}")
_LEFT_BEFORE = re.compile(r"(?:从|由|下了|离开|驶离|出了|刚下)$")
_LEFT_BEHIND = re.compile(r"(?:下来|出来|下道|转|驶出|拐)")
_LED_TO = re.compile(
    r"(?:[往去向]|转到|前往|开往|连接|靠近|接近|临近|[离距](?:离)?|快到|和|与|跟)$"
)
_FAST = re.compile(r"高速(?!行驶|铁路|运转|转)|expressway|motorway|freeway", re.IGNORECASE)


@dataclass(frozen=True)
class RoadPlace:
    """What was read; `metres` from the road's start, `ask` sorted codes of what must be asked.

    `sense`: "up" with rising kilometres or "down", None when the words do not tell.
    """

    road: str | None
    name: str | None
    metres: int | None
    feature: str | None
    towards: str | None
    ask: tuple[str, ...]
    sense: str | None = None

    @property
    def kind(self) -> str:
        """What it is at its most exact."""
        if self.metres is not None:
            return "post"
        return "feature" if self.feature else "road"


@dataclass(frozen=True)
class _Read:
    road: RoadWords | None
    several: bool
    posts: list[Kilometre]
    heading: Heading | None
    feature: Feature | None
    fast: bool


def read_road_place(text: str) -> RoadPlace | None:
    """The place on a road that the text tells, None when it tells none. Never raises."""
    said = _prepared(text)
    roads = roads_in(said)
    bare = _covered(said, [(road.start, road.end) for road in roads])
    posts = _credible(kilometres_in(bare), bool(roads), bare)
    bare = _covered(bare, [(post.start, post.end) for post in posts])
    headings = headings_in(bare)
    bare = _covered(bare, [(it.start, it.end) for it in headings])
    towards_road = _road_ahead(said, roads)
    here = [road for road in roads if road is not towards_road] or roads
    road, several = _road_of(said, here, posts)
    features = features_in(bare, road is not None, road.end if road and road.ring else None)
    heading = _best(headings, road)
    if heading is None and towards_road is not None and towards_road is not road:
        heading = Heading(0, 0, towards_road.name or towards_road.code or "", 0)
    fast = road.expressway if road else _FAST.search(said) is not None
    feature = features[0] if features else None
    posts = [post for post in posts if not (feature and _counted_from(feature, post))]
    return _place(_Read(road, several, posts, heading, feature, fast))


def _prepared(text: str) -> str:
    text = " ".join(" " if is_link(word) else word for word in text[:LONGEST].split())
    text = plain(text.replace("\u339e", "km")).translate(_TRADITIONAL)
    return _PHONE.sub(lambda match: " " * len(match[0]), text)


def _covered(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + _COVER * (end - start) + text[end:]
    return text


def _credible(posts: list[Kilometre], on_road: bool, text: str) -> list[Kilometre]:
    """Those that count: without a road a number needs to be said as a place is."""
    if not on_road:
        alone = len(text.strip(" .,!?。")) if posts else 0
        posts = [
            post
            for post in posts
            if post.marked
            or (post.sure and post.metres >= 100_000)
            or post.end - post.start >= alone
        ]
    best = [post for post in posts if post.sure] or [post for post in posts if post.marked]
    return best or posts


def _counted_from(feature: Feature, post: Kilometre) -> bool:
    """A few kilometres said behind a named thing are counted from it: 鲅鱼圈出口往北3公里."""
    return not post.sure and feature.end <= post.start and post.metres < 50_000


def _road_ahead(text: str, roads: list[RoadWords]) -> RoadWords | None:
    """The road that is a direction: 往京沪高速方向."""
    for road in roads:
        if text.startswith("方向", road.end) and re.search(r"[往去向到]$", text[: road.start][-2:]):
            return road
    return None


def _road_of(
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
    return bool(_LEFT_BEFORE.search(before) and _LEFT_BEHIND.search(behind)) or before.endswith(
        ("刚下", "下了", "离开", "驶离")
    )


def _named_beside(text: str, road: RoadWords) -> bool:
    return _LED_TO.search(text[: road.start][-4:]) is not None


def _best(headings: list[Heading], road: RoadWords | None) -> Heading | None:
    """The heading that tells most; None when two of a kind differ."""
    if not headings:
        return None
    rings = [it for it in headings if it.towards in ("inner", "outer")]
    best = rings[0] if rings and road and road.ring else headings[0]
    rivals = {it.towards for it in headings if it.rank == best.rank}
    if len(rivals) > 1:
        senses = {sense_of(road.code if road else None, it) for it in rivals}
        return best if len(senses) == 1 and None not in senses else None
    origin = next((it.origin for it in headings if it.origin and it.towards == best.towards), None)
    return Heading(best.start, best.end, best.towards, best.rank, origin)


def _place(read: _Read) -> RoadPlace | None:
    road, post = read.road, read.posts[0] if read.posts else None
    if not (road or post or read.feature):
        return None
    towards = read.heading.towards if read.heading else None
    differ = len({it.metres for it in read.posts}) > 1
    ask = {
        "conflict": differ or read.several or bool(road and road.conflict),
        "direction": read.fast and towards is None and (road is not None or post is not None),
        "road": road is None,
        "where": (post is None and read.feature is None) or bool(post and post.between),
    }
    code = road.code if road else None
    return RoadPlace(
        road=code,
        name=road.name if road else None,
        metres=post.metres if post else None,
        feature=read.feature.name if read.feature else None,
        towards=towards,
        ask=tuple(sorted(what for what, needed in ask.items() if needed)),
        sense=sense_of(code, towards, read.heading.origin if read.heading else None),
    )
