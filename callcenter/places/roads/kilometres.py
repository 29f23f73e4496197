"""Kilometre posts in a sentence: K1234+500, 桩号1234+500, 1234公里500米处, km 1234.5."""

import re
from dataclasses import dataclass

from callcenter.places.roads.distances import is_a_way_off, is_distance, stands_as_a_place
from callcenter.places.roads.numerals import NUMERAL, thousandths, whole_number

LONGEST_ROAD_KM = 10_200
"""G219, the longest, has some 10,065."""

_NOT_ITS = r"(?!百米[牌桩]|千米)"
_N = rf"(?:{_NOT_ITS}{NUMERAL}){{1,12}}(?!{_NOT_ITS}{NUMERAL})"
_KM = r"(?:公里|千米|km(?![a-z/])|kilomet(?:er|re)s?)"
_ONE = r"[1-9一二两三四五六七八九]"
_FINE = rf"(?:\d{{3}}|{NUMERAL}百(?:{NUMERAL}{{1,3}})?|[零幺一二三四五六七八九]{{3}})"
_WRITTEN = r"(?:写着?的?|印着?的?|标着?的?|显示的?)?(?:是|为)?"
# Each {0} is the number of the way to write a post that the group belongs to.
_PLATE = rf"""
    [\s,的]{{{{0,3}}}}百米(?:[牌桩]号?|数)[\s:]?{_WRITTEN}\s*第?(?P<hundred{{0}}>{_ONE})(?!{NUMERAL})号?"""
_TAIL = rf"""
    (?:(?P<half{{0}}>半)(?![路个天])
      |[\s的处]{{{{0,2}}}}第?(?P<plate{{0}}>{_ONE})\s*[号块](?:百米|小)?[牌桩]
      |{_PLATE}
      |[\s,的]{{{{0,3}}}}(?:第|再?加)(?P<nth{{0}}>{_ONE})[个块根]百米[牌桩]
      |\s*(?:\+|加|又|零|过(?=[^,]{{{{1,7}}}}米))\s*(?P<plus{{0}}>{NUMERAL}{{{{1,6}}}})
         \s*(?:米|m(?![a-z])|(?!{NUMERAL}|[点些会个]|\s*(?:元|块|{_KM})))
      |\s*(?P<metres{{0}}>{NUMERAL}{{{{1,6}}}})\s*(?:米|m(?![a-z]))
      |(?P<rest{{0}}>\d{{{{3}}}}|[一二两三四五六七八九]百)(?![\d元块年号次.]|\s*(?:公|k))
    )?"""
_POINT = rf"(?:\s?[.点]\s?(?P<point{{0}}>{NUMERAL}{{{{1,3}}}})(?!{NUMERAL}))?"
_SIGN = r"(?<!限速)(?<!指路)(?<!指示)牌子?(?:上面?)?(?:写着?的?是?|[印标]着?的?是?|是|显示的?是?)"
_POST = re.compile(
    rf"""
    # 1: on the plate: K1234+500, 桩号1234+500, km 1234.5
    (?:(?<![a-z0-9])(?:k(?:m|ilomet(?:er|re)s?)?
         (?:\s*(?:post|mark(?:er)?|stone|no\.?|number|sign))?
         |(?:mile\s?)?(?:post|marker)|stake|chainage)[\s:#]{{0,3}}
       |(?:桩号|里程[牌碑桩柱标](?:号|桩号)?|里程数?(?=k)|公里[牌桩碑](?:号)?)
        (?:牌|上|显示|写着?|的|数字|号码|是|为|:|\s){{0,6}}k?\s*
       |{_SIGN}\s*)
      (?P<km1>{_N}){_POINT.format(1)}
      (?!,?\s?(?:下[面头边]|底下)[是一个写着]{{0,4}}{NUMERAL})
      (?![\da-z]*[a-jl-z](?<!m)|\s*[次楼栋座款型挂学警个张辆条只]|\s*号(?!牌)|\s*路(?![段口边面牌旁肩]))
      (?:\s*{_KM})?{_TAIL.format(1)}
    # 2: as said: 1234公里500米
    |(?<![\d.万亿a-z+]|{NUMERAL})(?P<km2>{_N}){_POINT.format(2)}\s*{_KM}
      (?![a-z/]|每|时|立交|枢纽|村|小区|站){_TAIL.format(2)}
    # 3: on the plate without its K
    |(?<![\da-z.+:-])(?P<km3>{_N})(?:\s?k?[+加]\s?(?P<plus3>{_FINE})(?![\d元块a-ln-z-])|{_PLATE.format(3)})
    # 4: the decimals of a plate behind the road's code
    |(?<=\u25ae)\s*(?P<km4>\d{{1,4}})\.(?P<point4>\d{{1,3}})(?![\d.]|\s*(?:[元米万吨升%]|l|m))
    # 5: the plate of hundreds and the kilometres below it
    |(?:上[面头边])(?:是|一个|写着?){{0,2}}\s?(?P<plate5>{_ONE}),?\s?(?:下[面头边]|底下)
      (?:是|一个|写着?){{0,2}}\s?(?P<km5>{_N})
    # 6: the plate of the road and the kilometres below it
    |(?<=\u25ae)[\s,]{{0,2}}(?:下[面头边]|底下)(?:是|一个|写着?){{0,2}}\s?(?P<km6>{_N})
    # 7: the number before the name of the plate: 1234号里程碑
    |(?P<km7>{_N})\s?号?\s?(?:里程[碑牌桩]|公里[碑牌桩标]|桩号)(?![\s:是为写着]{{0,3}}k?{NUMERAL})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MARKED = re.compile(
    r"\s*(?:左右)?(?:[处附这那]|的?小?[绿蓝白]?色?[牌桩碑]|的(?:地方|位置|小)|[(]?(?:位置|地方|旁|边|路[牌段]|牌|桩))"
)
_OTHER_END = re.compile(r"\s*[-~到至和与]+\s*")
_CORRECTED = re.compile(r"不对|不是|错了|更正|应该是")
_LONE_END = re.compile(rf"(?<!{NUMERAL})({_N})\s*(?:[-~到至])\s*$")
_PARTS = ("half", "plate", "hundred", "nth", "plus", "metres", "rest")
_CAR_OR_TRAIN = re.compile(r"起亚|车型|型号|东风|列车|火车|公交|华晨|编号|代码|电量")


@dataclass(frozen=True)
class Kilometre:
    """A post at text[start:end]; `sure`: written as on a plate; `marked`: said of a place;
    `between`: two posts are named, and the place lies somewhere between."""

    start: int
    end: int
    metres: int
    sure: bool
    marked: bool
    between: bool = False


def kilometres_in(text: str) -> list[Kilometre]:
    """All posts of a plain text in which roads are already covered, in their order."""
    found = (_kilometre(text, match) for match in _POST.finditer(text))
    return _ranges(text, [post for post in found if post])


def _kilometre(text: str, match: re.Match[str]) -> Kilometre | None:
    way = next(n for n in "1234567" if match[f"km{n}"])
    said = {part: match.groupdict().get(part + way) for part in (*_PARTS, "point")}
    metres = _metres(match[f"km{way}"], said)
    if metres is None or metres > LONGEST_ROAD_KM * 1000:
        return None
    before, behind = text[max(0, match.start() - 18) : match.start()], text[match.end() :][:16]
    before = before.rpartition(",")[2].rpartition("。")[2]
    fine = any(said[part] for part in _PARTS)
    if way == "2" and is_distance(before, behind):
        return None
    if way == "2" and metres < 100_000 and not fine and is_a_way_off(before):
        return None
    if way == "1" and _CAR_OR_TRAIN.search(before[-4:]):
        return None
    if way in "23" and not _is_told(said, before, behind):
        return None
    marked = fine or _MARKED.match(behind) is not None or before[-1:] in ("在", "第")
    between = way == "2" and _LONE_END.search(before) is not None
    return Kilometre(match.start(), match.end(), metres, way != "2", marked, between)


def _is_told(said: dict[str, str | None], before: str, behind: str) -> bool:
    """Whether a number without its K is said of a place."""
    with_unit = any(said[part] for part in _PARTS if part != "plus")
    return with_unit or bool(_MARKED.match(behind)) or stands_as_a_place(before, behind)


def _metres(kilometres: str, said: dict[str, str | None]) -> int | None:
    """From the road's start; None when the numbers are none."""
    whole = whole_number(kilometres)
    beyond = _beyond(said)
    if whole is None or beyond is None or beyond >= 1000:
        return None
    return whole * 1000 + beyond


def _beyond(said: dict[str, str | None]) -> int | None:
    """The metres behind the whole kilometre."""
    if point := said["point"]:
        return thousandths(point)
    if said["half"]:
        return 500
    if plate := said["plate"] or said["hundred"] or said["nth"]:
        return (whole_number(plate) or 0) * 100
    metres = said["plus"] or said["metres"] or said["rest"]
    return whole_number(metres) if metres else 0


def _ranges(text: str, found: list[Kilometre]) -> list[Kilometre]:
    kept: list[Kilometre] = []
    for post in found:
        words = text[kept[-1].end : post.start] if kept else ""
        if kept and _OTHER_END.fullmatch(words) and kept[-1].metres != post.metres:
            first = kept.pop()
            kept.append(
                Kilometre(first.start, post.end, first.metres, first.sure, first.marked, True)
            )
        elif text[: post.start].endswith("不是"):
            continue
        elif kept and _CORRECTED.search(words):
            kept[-1] = post
        else:
            kept.append(post)
    return kept
