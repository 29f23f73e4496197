"""The roads that a sentence names by code (G15, 国道一零七, S203省道), by name, or by both."""

import re
from dataclasses import dataclass, replace

from callcenter.places.roads.expressways import EXPRESSWAYS
from callcenter.places.roads.names import CODE_OF_NAME, CODES_BY_NAME, names_in
from callcenter.places.roads.numerals import NUMERAL, digits_of
from callcenter.places.roads.road import is_expressway

_BRANDS = "奔驰|宝马|奥迪|沃尔沃|起亚|吉利|哈弗|腾势|小鹏|广汽|捷豹|英菲尼迪"
_CODE = re.compile(
    rf"""(?<![a-z0-9+.辆台款])(?<!{")(?<!".join(_BRANDS.split("|"))})
    (?P<letter>[gs]|[xyc](?=\s*\d{{3}}))[\s-]?
    (?P<number>\d{{1,4}}(?:[wen]\d?(?![\da-jl-z]|k(?!\s*\d)))?
       |十[一-九二三四五六七八]?|[二三四五六七八九]十[一二三四五六七八九]?
       |[零幺一二三四五六七八九]{{1,4}}(?!{NUMERAL}|环|级))
    (?![\da-jl-z.]|k(?![\s\d]))(?!\s*(?:次|级|峰会|[+](?!\s*\d{{3}})))
    (?:线|(?:国|省|县|乡)道)?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_KINDS = {"国道": "G", "省道": "S", "县道": "X", "乡道": "Y"}
_KIND = r"(?P<kind>[国省县乡]道)"
_DIGIT = r"[0-9零〇幺一二两三四五六七八九]"
_CALLED = re.compile(
    rf"""{_KIND}\s*(?P<code>[gsxy]?\s*{_DIGIT}{{3}}|[一二三四五]百{_DIGIT}?十?{_DIGIT}?)(?:线|号)?
    |(?<!{_DIGIT})(?P<code_before>{_DIGIT}{{3}}|[一二三四五]百{NUMERAL}{{0,4}})\s*号?(?P<kind_behind>[国省县乡]道)""",
    re.VERBOSE | re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"(?<![a-z])(?P<kind>national|provincial|county)\s+(?:road|highway|route)\s+(?P<number>\d{3})(?!\d)",
    re.IGNORECASE,
)
_WITH_CODE = re.compile(r"^上海(?=[内中外]环)")
_BESIDE = re.compile(
    r"[\s()\[\],/:的-]{0,4}(?:(?:也就是|就是|即|又叫|又名|编号)(?:好像)?是?)?[\s()\[\],:-]{0,3}"
)


@dataclass(frozen=True)
class RoadWords:
    """One road as named at text[start:end]; `conflict`: its code and its name differ."""

    start: int
    end: int
    code: str | None = None
    name: str | None = None
    expressway: bool = False
    ring: bool = False
    conflict: bool = False

    @property
    def codes(self) -> frozenset[str]:
        """All that it may be; empty when nobody knows."""
        if self.code:
            return frozenset((self.code,))
        return CODES_BY_NAME.get(self.name or "", frozenset())

    def same_as(self, other: "RoadWords") -> bool:
        """Whether both can be one road."""
        if self.codes and other.codes:
            return bool(self.codes & other.codes)
        one, another = self.name or "", other.name or ""
        return one.endswith(another) or another.endswith(one)


def roads_in(text: str) -> list[RoadWords]:
    """All roads that a plain text names, in order; a code and a name beside it are one."""
    found = [*_codes(text), *_called(text), *_english(text)]
    found += [
        RoadWords(name.start, name.end, None, name.name, name.expressway, name.ring)
        for name in names_in(text)
    ]
    return _joined(text, sorted(found, key=lambda road: (road.start, -road.end)))


def resolved(road: RoadWords) -> RoadWords:
    """With the code that its name stands for."""
    return road if road.code else replace(road, code=CODE_OF_NAME.get(road.name or ""))


def _codes(text: str) -> list[RoadWords]:
    roads = []
    for match in _CODE.finditer(text):
        letter, number = match["letter"].upper(), match["number"].upper()
        digits = number if number[0].isascii() else digits_of(number)
        if digits is None or (letter == "S" and _is_no_road(text, match)):
            continue
        code = letter + digits
        roads.append(RoadWords(match.start(), match.end(), code, expressway=is_expressway(code)))
    return roads


def _is_no_road(text: str, match: re.Match[str]) -> bool:
    """A car's model, or the number of an exit."""
    return text[match.end() :][:2] in ("轿车", "这车", "车型", "车主", "出口", "匝道", "入口")


def _called(text: str) -> list[RoadWords]:
    roads = []
    for match in _CALLED.finditer(text):
        kind = _KINDS[match["kind"] or match["kind_behind"]]
        said = (match["code"] or match["code_before"]).strip()
        if said[0].isascii() and said[0].isalpha():
            kind, said = said[0].upper(), said[1:].strip()
        digits = digits_of(said)
        if digits:
            roads.append(RoadWords(match.start(), match.end(), kind + digits))
    return roads


def _english(text: str) -> list[RoadWords]:
    letters = {"national": "G", "provincial": "S", "county": "X"}
    return [
        RoadWords(match.start(), match.end(), letters[match["kind"].lower()] + match["number"])
        for match in _ENGLISH.finditer(text)
    ]


def _joined(text: str, found: list[RoadWords]) -> list[RoadWords]:
    joined: list[RoadWords] = []
    for road in found:
        if not joined:
            joined.append(road)
        elif road.start < joined[-1].end:
            joined[-1] = max(joined[-1], road, key=lambda it: it.end - it.start)
        elif _BESIDE.fullmatch(text, joined[-1].end, road.start) and _fit(joined[-1], road):
            joined[-1] = _one(joined[-1], road)
        else:
            joined.append(road)
    return joined


def _fit(one: RoadWords, other: RoadWords) -> bool:
    """A code and a name, or a ring and its side (四环东四环): any other two are two roads."""
    if one.ring and other.ring:
        return one.same_as(other)
    with_code, with_name = (one, other) if one.code else (other, one)
    plain = not (with_code.name or with_name.code)
    return plain and bool(with_code.code and with_name.name)


def _one(one: RoadWords, other: RoadWords) -> RoadWords:
    code, name = one.code or other.code, max(one.name, other.name, key=lambda it: len(it or ""))
    known = CODES_BY_NAME.get(name or "", frozenset())
    if code:
        name = _WITH_CODE.sub("", name or "") or None
    return RoadWords(
        one.start,
        other.end,
        code,
        name,
        expressway=one.expressway or other.expressway,
        ring=one.ring or other.ring,
        conflict=bool(known) and code not in known and _known(code or ""),
    )


def _known(code: str) -> bool:
    """Whether a wrong name can be told: of an expressway not in the table nobody knows."""
    return code in EXPRESSWAYS or not is_expressway(code)
