"""Which way the car was going: 大连方向, 大连往沈阳, 由南向北, 上行, 外环, towards Dalian."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from callcenter.places.roads.cities import SIGNS, chinese, city_at_end, city_at_start, is_place

UP, DOWN, INNER, OUTER = "up", "down", "inner", "outer"

_HAN = "\u4e00-\u9fff"
_COMPASS = {"东": "east", "南": "south", "西": "west", "北": "north"}
_COMPASS |= {"东北": "northeast", "东南": "southeast", "西北": "northwest", "西南": "southwest"}
_COMPASS |= {"北东": "northeast", "南东": "southeast", "北西": "northwest", "南西": "southwest"}
_CODES = {"上行": UP, "下行": DOWN, "内环": INNER, "外环": OUTER, "内圈": INNER, "外圈": OUTER}
# Who keeps to the right drives the inner carriageway of a ring clockwise.
_CODES |= {"顺时针": INNER, "逆时针": OUTER}

_WAY = re.compile(
    r"方向(?!盘|机|灯|助力|打|跑偏|感|柱|锁|重|失|有点|沉|抖|[^,]{0,2}来的?|[与和][\u4e00-\u9fff]{2,5}方向之间|之间)"
)
_RUN = re.compile(rf"[{_HAN}→>—~-]*\Z")
_FILLER = re.compile(r"(?:的|这个|那个|行驶|开|走)$")
_CUT = re.compile(
    r".*(?:[往去朝向至回返奔→>—~-]|到|开往|前往|驶往|处|附近|公里|米|之间|服务区|停车区|收费站|出口|入口|隧道|[大立]?桥|互通|枢纽|立交|匝道|检查站|观景台"
    r"|在|是|走|沿|高速|国道|路|段|我|车|从|由|这|那|上(?!海|饶|虞|行)|里面|[这那旁里外]边)"
)
_INTO = re.compile(rf"[进入返回出离][{''.join(SIGNS)}]$")
_ORIGIN = re.compile(rf"([{_HAN}]{{2,6}}?)市?(?:开?[往去向至到回]|开往|驶往|前往|[→>~-]|->)$")
_NOBODY = re.compile(
    r"^(?:[反对同相]|什么|哪|不|没|两|双|行[驶车]|大致|具体|[东南西北]?半?$|.*不知|前|后|左|右)"
)
_VERB = re.compile(
    rf"(?P<verb>(?<![方双单朝逆顺定转面])[往向](?!导|下|来)|(?<!再)(?<!过)开往|驶往|前往|去往|朝(?!阳)|(?<![过出下上进除回失拖送])去(?!年|了|过|修)|返?回|返(?!厂|修)|奔(?!驰|腾)|→|->)"
    rf"(?P<words>[{_HAN}]{{1,9}})"
)
_SURE_VERBS = ("往", "向", "开往", "驶往", "前往", "去往", "朝")
_ELSEWHERE = re.compile(r"(?:对面|反方向|另一边)[^,]{0,4}$|不是?$")
_IS = re.compile(rf"方向(?:是|为|:)\s*(?:往|去)?(?P<words>[{_HAN}]{{1,6}})")
_GOING = re.compile(
    rf"(?<![过出下上进除回失拖送再\u52a1])去(?P<words>[{_HAN}]{{2,3}})(?=$|[^{_HAN}]|的方向)"
)
_ERRAND = re.compile(
    r"[接上修买看做拿办吃找玩医公学单加取送参开换检保过哪那了旅出拖机救店]|[车厂店班]$|4s"
)
_CORRECTED = re.compile(r"不对|不是|错了|更正|哦不|啊不|说错")
_STOP = re.compile(
    r"方向|[去走开行的那这侧,]|[旁一][边面]|路段|车道|高速|国道|服务区|收费站|里程|桩号|大概|大约|公里|处"
    r"|[零幺一二两三四五六七八九十百千]{1,12}(?:公里|千米|加|点)|在|我|车|现在|拐|转"
)
_NO_PLACE = re.compile(
    r"^(?:[前后里外上下左右旁边家哪这那回应紧路车店厂您你我他修救]|服务|公司|客服)"
)
_ONWARD = re.compile(rf"市?(?:[往至到→>~—-]|->)[{_HAN}]{{2}}")
_FROM_TO = re.compile(
    rf"[从由](?P<from>[{_HAN}]{{1,6}}?)市?(?:开?[往去向至到回]|开往|驶往|前往|出发)(?P<words>[{_HAN}]{{1,9}})"
)
_PAIR = re.compile(
    rf"(?P<from>[{_HAN}]{{2,5}})\s*(?:[往去至到奔→>~—-]|->|-->)+\s*(?P<words>[{_HAN}]{{2,9}})"
)
_CODED = re.compile(
    r"(?P<code>[上下]行(?!驶|走|人|李|不|至|到)|(?:[内外](?:环|圈))|[顺逆]时针)|(?<![由从自往向朝])(?P<side>[东南西北]{1,2})(?:行|向|上)(?!向?[东南西北]|[驶人走政李海江])"
    r"|(?P<upward>北上|南下|东进|西进)"
)
_ENGLISH = re.compile(
    r"(?<![a-z])(?:(?:towards?|heading(?:\s+(?:for|to|towards?))?|direction(?:\s+of|:)?|bound\s+for|going\s+to"
    r"|in\s+the\s+direction\s+of|(?:driving|travelling|traveling)\s+to)\s+(?:the\s+)?(?P<to>[a-z][a-z']+(?:\s(?:kong))?)(?!')"
    r"|(?P<for>[a-z][a-z']{2,})(?:[\s-]bound|\s+direction|\s+side)|(?P<bound>north|south|east|west)(?:bound))(?![a-z])",
    re.IGNORECASE,
)
_ENGLISH_NO_PLACE = ("the", "home", "which", "this", "that", "what", "opposite", "from", "right")
_ENGLISH_TO = re.compile(r"(?<![a-z])to\s+([a-z][a-z']+)", re.IGNORECASE)
_ENGLISH_COMPASS = re.compile(r"(?:north|south)?(?:east|west)|north|south", re.IGNORECASE)


@dataclass(frozen=True)
class Heading:
    """At text[start:end]: towards a place, a compass word, or up, down, inner, outer; `origin`:
    the place where the way began, when said; `rank`: the lower, the better it tells."""

    start: int
    end: int
    towards: str
    rank: int
    origin: str | None = None


def headings_in(text: str) -> list[Heading]:
    """All directions of a plain text in which roads and posts are covered, best first."""
    found = [*_ways(text), *_verbs(text), *_pairs(text), *_coded(text), *_english(text)]
    found = [it for it in found if not _taken_back(text, it, found)]
    return sorted(found, key=lambda it: (it.rank, it.start))


def _taken_back(text: str, one: Heading, found: list[Heading]) -> bool:
    """Whether a later direction corrects it: 往北京,哦不,往沈阳."""
    return any(
        other.start > one.end
        and other.start - one.end < 12
        and _CORRECTED.search(text, one.end, other.start)
        for other in found
    )


def _ways(text: str) -> Iterator[Heading]:
    for match in _WAY.finditer(text):
        begin = max(0, match.start() - 16)
        found = _RUN.search(text[begin : match.start()])
        run = _FILLER.sub("", found[0] if found else "")
        words = _CUT.sub("", run)
        if sign := _INTO.search(words):
            words = sign[0]
        city = city_at_end(run)
        if city and (len(words) > 4 or len(city) > len(words)):
            words = city
        if run.removesuffix(words).endswith(("不", "不是", "不往", "不去", "不是往", "不是去")):
            continue
        origin = _ORIGIN.search(run[: len(run) - len(words)])
        yield from _heading(
            text, match.start() - len(words), match.end(), words, 0, origin and origin[1]
        )


def _verbs(text: str) -> Iterator[Heading]:
    for match in _VERB.finditer(text):
        if _ELSEWHERE.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        yield from _forward(text, match, match["verb"] in _SURE_VERBS, None)


def _pairs(text: str) -> Iterator[Heading]:
    for match in _IS.finditer(text):
        yield from _forward(text, match, True, None)
    for match in _GOING.finditer(text):
        if not _ERRAND.match(match["words"]):
            yield from _forward(text, match, True, None)
    for match in _FROM_TO.finditer(text):
        yield from _forward(text, match, match["from"] in _COMPASS, match["from"])
    for match in _PAIR.finditer(text):
        if origin := city_at_end(match["from"]):
            yield from _forward(text, match, "去" in match[0], origin)


def _forward(
    text: str, match: re.Match[str], any_word: bool, origin: str | None
) -> Iterator[Heading]:
    """What a verb leads to: a known city, or with `any_word` all words as far as a stop."""
    words, start = match["words"], match.start("words")
    city = city_at_start(words)
    if city and text.startswith(("方向", "市方向", "的方向"), start + len(city)):
        return
    if city and _ONWARD.match(text, start + len(city)):
        return
    if not city and any_word:
        stop = _STOP.search(words)
        city = words[: stop.start()] if stop else words
        if _NO_PLACE.match(city) or _WAY.match(text, start + len(city)):
            return
    if city:
        known = is_place(city)
        yield from _heading(text, start, start + len(city), city, 1 if known else 2, origin)


def _coded(text: str) -> Iterator[Heading]:
    for match in _CODED.finditer(text):
        if code := match["code"]:
            rank = 1 if _CODES[code] in (INNER, OUTER) else 3
            yield Heading(match.start(), match.end(), _CODES[code], rank)
            continue
        word = _COMPASS.get(match["side"] or match["upward"][0].replace("上", ""))
        if word:
            yield Heading(match.start(), match.end(), word, 4)


def _english(text: str) -> Iterator[Heading]:
    for match in _ENGLISH.finditer(text):
        word = match["to"] or match["for"] or match["bound"]
        if _ENGLISH_COMPASS.fullmatch(word):
            yield Heading(match.start(), match.end(), word.lower(), 4)
        elif word.lower() not in _ENGLISH_NO_PLACE:
            yield Heading(match.start(), match.end(), chinese(word), 0)
    for match in _ENGLISH_TO.finditer(text):
        if is_place(chinese(match[1])):
            yield Heading(match.start(), match.end(), chinese(match[1]), 1)


def _heading(
    text: str, start: int, end: int, words: str, rank: int, origin: str | None
) -> Iterator[Heading]:
    if words in _COMPASS:
        yield Heading(start, end, _COMPASS[words], 4, origin)
        return
    side = words[:-1] if words[-1:] in ("行", "向", "侧", "面", "边") else ""
    if side in _COMPASS:
        yield Heading(start, end, _COMPASS[side], 4)
    elif words in _CODES:
        yield Heading(start, end, _CODES[words], 1 if "环" in words or "圈" in words else 3)
    elif (sign := _sign(words)) is not None:
        if sign:
            yield Heading(start, end, sign, rank, origin)
    elif len(words) > 1 and not _NOBODY.match(words):
        bare = words.removesuffix("市")
        yield Heading(start, end, bare if is_place(bare) else words, rank, origin)


def _sign(words: str) -> str | None:
    """The city of 京 or 进京; empty for 出京, which leads anywhere; None for other words."""
    if len(words) == 1:
        return SIGNS.get(words)
    if len(words) == 2 and words[1] in SIGNS and words[0] in "进入返回出离":
        return "" if words[0] in "出离" else SIGNS[words[1]]
    return "" if words in ("进城", "出城", "回家") else None
