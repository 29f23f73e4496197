"""Reads road, kilometre, named thing and direction out of what a caller says."""

import re
from dataclasses import dataclass

from callcenter.places.angles import plain
from callcenter.places.map_links import is_link
from callcenter.places.roads.carriageway import sense_of
from callcenter.places.roads.choice import road_ahead, road_of
from callcenter.places.roads.features import Feature, features_in
from callcenter.places.roads.headings import Heading, headings_in
from callcenter.places.roads.kilometres import Kilometre, kilometres_in
from callcenter.places.roads.misheard import put_right
from callcenter.places.roads.sections import SEVERAL
from callcenter.places.roads.words import RoadWords, roads_in

LONGEST = 2000
"""Signs that are read."""

_COVER = "\u25ae"
_TRADITIONAL = str.maketrans("國號縣鄉東機場橋處於從這裡豐灣", "国号县乡东机场桥处于从这里丰湾")
_PHONE = re.compile(r"(?<![\d+])(?:\+?86[\s-]?)?1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)|0\d{2,3}-\d{7,8}")
_PLATE = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[牌号照车]))[京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新]"
    r"[A-Z][· ]?[A-Z0-9]{5,6}(?![A-Z0-9+.]|高速)",
    re.IGNORECASE,
)
_SOME_ROAD = re.compile(r"(?:高速|国道|省道)(?:公路)?[上的,]")
_FAST = re.compile(r"高速(?!行驶|铁路|运转|转)|expressway|motorway|freeway", re.IGNORECASE)


@dataclass(frozen=True)
class RoadPlace:
    """What was read; `metres` from the road's start, `ask` sorted codes of what must be asked.

    `sense`: "up" with rising kilometres or "down", None when the words do not tell. `may_be`: the
    codes that a name fits which is not one road's only.
    """

    road: str | None
    name: str | None
    metres: int | None
    feature: str | None
    towards: str | None
    ask: tuple[str, ...]
    sense: str | None = None
    may_be: tuple[str, ...] = ()

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
    posts = _credible(kilometres_in(bare), bool(roads or _SOME_ROAD.search(bare)), bare)
    bare = _covered(bare, [(post.start, post.end) for post in posts])
    headings = headings_in(bare)
    bare = _covered(bare, [(it.start, it.end) for it in headings])
    towards_road = road_ahead(said, roads)
    here = [road for road in roads if road is not towards_road] or roads
    road, several = road_of(said, here, posts)
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
    text = plain(text.replace("\u339e", "km").replace("_", " ")).translate(_TRADITIONAL)
    text = _PLATE.sub(lambda match: " " * len(match[0]), put_right(text))
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
    several = SEVERAL.get((road.name or "").removesuffix("高速")) if road else None
    may_be = tuple(sorted(several)) if several and road and not road.code else ()
    ask = {
        "conflict": differ or read.several or bool(road and road.conflict),
        "direction": read.fast and towards is None and (road is not None or post is not None),
        "road": road is None or bool(may_be),
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
        may_be=may_be,
    )
