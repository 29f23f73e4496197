"""Roads by their names: 沈海高速公路, 京港澳, 北京五环, 沪太公路, Shenhai Expressway."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from callcenter.places.roads.cities import chinese, is_place
from callcenter.places.roads.expressways import EXPRESSWAYS
from callcenter.places.roads.misheard import trunk_of_sound
from callcenter.places.roads.sections import SECTIONS

_HAN = "\u3007\u4e00-\u9fff"
_SUFFIX = re.compile(
    r"(?P<fast>高速(?:公路|路)?)(?!行驶|运转|转动|旋转|抖|跑|时|异响|发|状态|挡|档|铁路|列车|费|公交)"
    r"|(?P<slow>公路(?!局|段长|桥|隧道|站|出口|入口|立交|匝道)|高架(?:路|桥(?!下))?|快速路)"
)
_LAST_RUN = re.compile(rf"[{_HAN}]*\Z")
_CUT = re.compile(
    r".*(?:在|我|们|车|从|到|往|去|于|沿(?!江|海|线)|的|了|走|这|那|条|个|是|和|与|跟|转|刚|过|由|进|入|驶|开|叫|号"
    r"|方向|处|附近|公里|米|离开|高速|国道|省道|县道|靠近|上(?!海|饶|虞|武)|下(?!关)|[东南西北]段)"
)
_DIVISION = re.compile(r"^(?:.{2,6}(?:省|自治区|市)|.{2,3}[区县])(?=..)")
_RINGED = re.compile(r"绕城|环|机场|沿江|沿海|疏港|大桥|复线|联络|支线|连接|[东南西北]线")

_RING = re.compile(
    rf"""(?P<city>(?:(?<![{_HAN}])|(?<=在|上|走|从|到|沿))(?:(?!环)[{_HAN}]){{2,4}}?市?)?
    (?P<side>[东南西北]{{0,2}})
    (?P<ring>[二三四五六七]环|绕城|环城|[内中外]环(?=(?:快速|高架|高速|线|路(?!面)))|(?<=S20)外环|(?(city)[内中外]环|(?!)))
    (?:(?P<road>高速(?:公路|路)?|[东南西北中]{{0,2}}路(?![口面段边])|线|快速路?|高架路?)?)
    (?!出口|入口|出入口|立交|互通|收费站|枢纽|新城|国际|广场|医院|大厦|[东南西北中]?路?\d{{1,5}}号)""",
    re.VERBOSE,
)
_ENGLISH = re.compile(
    r"(?<![a-z])(?P<name>[a-z]{2,14}(?:'[a-z]{1,6})?)(?:\s*[-–]\s*(?P<end>[a-z]{2,14}))?"
    r"\s+(?:expressway|freeway|motorway|expwy|expy)",
    re.IGNORECASE,
)
_BARE_BEFORE = re.compile(rf"(?:^|[^{_HAN}]|[在走上沿是叫]|高速)$")
_BARE_BEHIND = re.compile(
    rf"""\s*(?:$|[^{_HAN}\s]|[往向朝][^{_HAN}]{{0,2}}|方向|[上下]行|[上下北南东西]行|北上|南下|线?上|桩|里程|公里|K
    |[零幺一二两三四五六七八九十百千]|去|由|从|全线|段|线\s*(?:K|\d|上|往|方向)
    |[{_HAN}]{{1,8}}?(?:服务区|停车区|收费站|出口|入口|互通|枢纽|隧道|大桥|匝道|方向|[段侧]))""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True)
class NamedRoad:
    """A name as forms say it, at text[start:end]."""

    start: int
    end: int
    name: str
    expressway: bool
    ring: bool = False


def _codes_by_name() -> dict[str, frozenset[str]]:
    codes: dict[str, set[str]] = defaultdict(set)
    for road in EXPRESSWAYS.values():
        for name in road.names:
            codes[f"{name}高速"].add(road.code)
    for name, of_section in SECTIONS.items():
        codes[f"{name}高速"] |= of_section
    return {name: frozenset(found) for name, found in codes.items()}


CODES_BY_NAME = _codes_by_name()
"""All that a name goes with, sections and city rings too: another code contradicts it."""

CODE_OF_NAME = {
    name: code
    for name, codes in CODES_BY_NAME.items()
    if len(codes) == 1 and "绕城" not in name
    for code in codes
}
"""What a name alone stands for, that of a section too: its posts count from the trunk's start. Not
a city's ring, which has others around it."""

_BARE = {road.names[0] for road in EXPRESSWAYS.values() if road.pinyin}
_BARE_LENGTHS = sorted({len(name) for name in _BARE}, reverse=True)
_PINYIN = {road.pinyin: road.names[0] for road in EXPRESSWAYS.values() if road.pinyin}


_BY_ENDS = {
    (road.cities[0], road.cities[-1]): road.names[0] for road in EXPRESSWAYS.values() if road.cities
}


def names_in(text: str) -> Iterator[NamedRoad]:
    """All names of roads in a plain text, in no order."""
    yield from _rings(text)
    yield from _suffixed(text)
    yield from _bare(text)
    for match in _ENGLISH.finditer(text):
        name = _PINYIN.get(match["name"].lower().replace("'", ""))
        if match["end"]:
            name = _BY_ENDS.get((chinese(match["name"]), chinese(match["end"])))
        if name or match["end"]:
            yield NamedRoad(match.start(), match.end(), f"{name}高速" if name else match[0], True)


def _suffixed(text: str) -> Iterator[NamedRoad]:
    for match in _SUFFIX.finditer(text):
        stem = _stem(text[max(0, match.start() - 10) : match.start()], bool(match["fast"]))
        if stem:
            name = f"{stem}高速" if match["fast"] else stem + match[0].removesuffix("路桥")
            yield NamedRoad(match.start() - len(stem), match.end(), name, bool(match["fast"]))


def _stem(before: str, fast: bool) -> str:
    """The name in what stands before its kind of road; empty when there is none."""
    found = _LAST_RUN.search(before)
    run = found[0] if found else ""
    if fast:
        for length in range(min(6, len(run)), 1, -1):
            if f"{run[-length:]}高速" in CODES_BY_NAME:
                return run[-length:]
    stem = _CUT.sub("", run)
    if fast and (meant := next(filter(None, (trunk_of_sound(stem[-n:]) for n in (3, 2))), None)):
        return meant
    stem = _DIVISION.sub("", stem)
    if not _RINGED.search(stem) and len(stem) > 3:
        stem = next((stem[n:] for n in (4, 3, 2) if len(stem) - n > 1 and is_place(stem[:n])), stem)
    return stem if 2 <= len(stem) <= 8 else ""


def _rings(text: str) -> Iterator[NamedRoad]:
    for match in _RING.finditer(text):
        city = _CUT.sub("", match["city"] or "").removesuffix("市")
        city = match["city"][-len(city) :] if city and is_place(city) and match["city"] else ""
        start = match.start("side") - len(city) if len(city) > 1 else match.start("side")
        fast = (match["road"] or "").startswith("高速")
        if match["ring"] in ("绕城", "环城") and not (fast or len(city) > 1):
            continue
        stem = text[start : match.end("ring")]
        kind = "高速" if fast or match["ring"] == "绕城" else ""
        if (match["road"] or "").startswith(("高架", "快速", "线")) or match["ring"] == "中环":
            kind = match["road"] or ""
        yield NamedRoad(start, match.end(), stem + kind, bool(fast or kind == "高速"), ring=True)


def _bare(text: str) -> Iterator[NamedRoad]:
    for start in range(len(text)):
        for length in _BARE_LENGTHS:
            end = start + length
            if text[start:end] in _BARE and _stands_alone(text, start, end):
                line = end + text.startswith("线", end)
                yield NamedRoad(start, line, f"{text[start:end]}高速", True)


def _stands_alone(text: str, start: int, end: int) -> bool:
    if text.startswith(("高速", "高铁", "铁路", "客专"), end):
        return False
    if end - start > 2:
        return text[max(0, start - 1) : start] not in ("北", "南", "东")
    if not _BARE_BEFORE.search(text[max(0, start - 2) : start]):
        return False
    return _BARE_BEHIND.match(text, end) is not None
