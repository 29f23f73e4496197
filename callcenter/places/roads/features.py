"""Named things on a road: service areas, toll gates, exits, ramps, tunnels, bridges."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from callcenter.places.roads.cities import city_at_start, is_place

_HAN = "\u3007\u4e00-\u9fff"
_ALONE = (
    "服务区|停车区|收费站|收费口|主线站|匝道|隧道|特大桥|大桥"
    "|互通式?立交桥?|互通|枢纽(?:互通)?立交|枢纽互通|枢纽"
)
_ON_ROAD = (
    r"立交桥?|高架桥|桥(?!梁|墩|面)|出入口|出口|入口|高速口|路口|检查站|观景台|[上下]桥口|"
    r"(?<=[\u4e00-\u9fff]{2})[东南西北]站"
)
_KIND = re.compile(rf"(?P<alone>{_ALONE})|(?P<on_road>{_ON_ROAD})")
_MAIN = re.compile(_ALONE.replace("|匝道", "|立交"))
_PARTS = ("出口", "入口", "出入口", "匝道", "观景台", "路口", "高速口")
_RAMP = re.compile(r"[\s,的]{0,2}([A-Z]匝道)", re.IGNORECASE)
_BELONGS = re.compile("服务区|停车区|收费站|立交|互通|枢纽")
_RUN = re.compile(rf"[{_HAN}A-Za-z0-9]*$")
_CUT = re.compile(
    r".*(?:在|到|过(?!街)|[靠临附]近|离|距|往|从|的|了|于|是|前面|前方|后面|路段|附近|处|公里|米|高速(?:公路)?|方向|和|与|就|有个?"
    r"|停|进入|进|驶入|驶出|刚出|快|还|这个|那个|一个|我们?|车|里面|旁边|刚[上下]|[上下]了|[要上]的|没|段|几个|不知道|哪个|主路|辅路|叫|去|拐|(?:互通|立交|枢纽|服务区|收费站)(?=[A-Za-z]?\d*号?$))"
)
_NUMBERED = re.compile(r"(?:[A-Za-z]{0,2}\d{0,4}[A-Za-z]?号?|第?[一二三四五六七八九十]{1,3}号?)")
_NUMBER_BEHIND = re.compile(r"\s*(?P<number>[A-Z]?\d{1,4}[A-Z]?)(?![\d.公里米])")
_GATE = re.compile(rf"^[的,\s]*([{_HAN}]{{1,3}}门)(?!口?的|店|诊|面)")
_NO_NAME = re.compile(
    r"^(?:下个?|上个?|前个?|一个|最近|某|各|哪|两个?|高速|出口|紧急|应急|地铁|商场|小区|车库|停车场|公交|汽车|火车|客运|加油|这|那|一|附近)$|[东南西北]?侧?$(?<=侧)"
)
_ENGLISH = re.compile(
    r"(?<![a-z0-9'-])(?P<words>(?:[a-z0-9'-]{1,20}\s+){1,4})(?P<kind>service\s+area|rest\s+area|toll\s+(?:gate|station|plaza|booth)"
    r"|interchange|junction|tunnel|bridge|ramp|exit)(?:\s+(?P<number>\d{1,4}[a-z]?)(?![\d.]))?(?![a-z])",
    re.IGNORECASE,
)
_SMALL_WORDS = """
near at the a an before after past in on by from to next of and just passed inside is am i we about
with km behind under close around this that no beside towards expressway highway
"""
_ENGLISH_CUT = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True)
class Feature:
    """A named thing as said, at text[start:end]."""

    start: int
    end: int
    name: str


def features_in(text: str, on_road: bool, ring: int | None) -> list[Feature]:
    """All named things of a plain text in which roads, posts and headings are covered, in order.

    `on_road`: whether a road is named; bridges and exits alone may stand anywhere. `ring`: where
    the name of a ring road ends; gates of the old city wall stand on these.
    """
    found = [*_named(text, on_road), *_english(text)]
    if ring is not None and (gate := _GATE.match(text[ring : ring + 12])):
        begin = ring + gate.start(1)
        found.append(Feature(begin, begin + len(gate[1]), gate[1]))
    return sorted(found, key=lambda it: it.start)


def _named(text: str, on_road: bool) -> Iterator[Feature]:
    end, place = -1, False
    stem_from: int | None = None
    for match in _KIND.finditer(text):
        if match.start() == end and match[0] in _PARTS and not place:
            # 固安出口匝道, 龙游服务区出口: what it belongs to is named already.
            end = match.end()
            continue
        joined = match.start() == end and stem_from is not None
        begin = stem_from if joined and stem_from is not None else max(0, match.start() - 12)
        run = _RUN.search(text[begin : match.start()])
        stem = (run[0] if run else "") if joined else _CUT.sub("", run[0] if run else "")
        end, stem_from = match.end(), match.start() - len(stem)
        # 花桥出口: a town may be called after its bridge.
        place = match[0] == "桥" and text.startswith(("出口", "入口", "出入口", "匝道"), end)
        if place or _MAIN.match(text, end) or (match["on_road"] and not on_road):
            continue
        if feature := _feature(text, match, stem):
            yield feature


def _feature(text: str, match: re.Match[str], stem: str) -> Feature | None:
    kind, stem = match[0], stem.removeprefix("近")
    start = match.start() - len(stem)
    if not stem:
        number = _NUMBER_BEHIND.match(text, match.end())
        if number and kind in ("出口", "匝道", "收费站"):
            return Feature(match.start(), number.end(), kind + number["number"])
        return None
    if _NO_NAME.search(stem) or len(stem) > 10:
        return None
    if _NUMBERED.fullmatch(stem) and kind not in ("出口", "入口", "匝道", "互通", "隧道", "大桥"):
        return None
    if is_place(stem + kind) or (kind == "桥" and text[match.end() :][:1] in ("那", "镇", "市")):
        return None
    if _BELONGS.match(kind) and len(stem) > 3 and not stem.endswith(("区", "机场")):
        stem = stem[len(city_at_start(stem[:-1])) :]
    ramp = _RAMP.match(text, match.end()) if kind[:2] in ("立交", "互通", "枢纽") else None
    if ramp:
        return Feature(start, ramp.end(), stem + kind + ramp[1])
    return Feature(start, match.end(), stem + kind)


def _english(text: str) -> Iterator[Feature]:
    for match in _ENGLISH.finditer(text):
        words: list[str] = []
        for word in reversed(match["words"].split()):
            if word.lower() in _ENGLISH_CUT:
                break
            words.insert(0, word)
        if number := match["number"]:
            words_behind = [*words, match["kind"], number]
        else:
            words_behind = [*words, match["kind"]]
        if words or number:
            yield Feature(match.start("kind") - 1, match.end(), " ".join(words_behind))
