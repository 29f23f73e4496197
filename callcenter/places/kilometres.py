"""Kilometre posts in a sentence: K1234+500, 桩号1234+500, 1234公里500米处, km 1234.5.

A number with kilometres behind it is as often a way driven, a way ahead, a speed or an odometer:
what the words around it make one of these is no post.
"""

import re
from dataclasses import dataclass

from callcenter.places.numerals import NUMERAL, thousandths, whole_number

LONGEST_ROAD_KM = 10_200
"""G219, the longest, has some 10,065."""

_N = rf"(?:(?!百米[牌桩]){NUMERAL}){{1,12}}(?!(?!百米[牌桩]){NUMERAL})"
_FINE = rf"(?:\d{{3}}|{NUMERAL}百(?:{NUMERAL}{{1,3}})?|[零幺一二三四五六七八九]{{3}})"
_KM = r"(?:公里|千米|km(?![a-z/])|kilomet(?:er|re)s?)"
_TAIL = rf"""
    (?:(?P<half{{0}}>半)(?![路个天])
      |\s*的?处?\s*第?(?P<plate{{0}}>[1-9一二三四五六七八九])\s*[号块](?:百米|小)?[牌桩]
      |\s*的?\s*百米[牌桩](?:号)?(?:是|为|写着)?\s*第?(?P<hundred{{0}}>[1-9一二三四五六七八九])(?!{NUMERAL})号?
      |\s*(?:\+|加|又|零|过)\s*(?P<plus{{0}}>{NUMERAL}{{{{1,6}}}})\s*(?:米|m(?![a-z])|(?!{NUMERAL}|\s*(?:元|块|{_KM})))
      |\s*(?P<metres{{0}}>{NUMERAL}{{{{1,6}}}})\s*(?:米|m(?![a-z]))
      |(?P<rest{{0}}>\d{{{{3}}}}|[一二两三四五六七八九]百)(?![\d元块年号次.]|\s*(?:公|k))
    )?"""
_POINT = rf"(?:\s?[.点]\s?(?P<point{{0}}>{NUMERAL}{{{{1,3}}}})(?!{NUMERAL}))?"
_POST = re.compile(
    rf"""
    # on the plate: K1234+500, 桩号1234+500, km 1234.5
    (?:(?P<sure>(?<![a-z0-9_])k(?:m|ilomet(?:er|re)s?)?
         (?:\s*(?:post|mark(?:er)?|stone|no\.?|number|sign))?[\s:#]{{0,3}}
       |(?:桩号|里程[牌碑桩柱标](?:号|桩号)?|里程数?(?=k)|公里[牌桩碑](?:号)?|milepost|stake|chainage)
        (?:牌|上|显示|写着?|的|数字|号码|是|为|:|\s){{0,6}}k?\s*)
      (?P<km1>{_N}){_POINT.format(1)}(?![\da-z]*[a-jl-z](?<!m)|\s*(?:次|号(?!牌)|[路](?![段口边面牌旁肩])|[楼栋座款型挂学警]))
      (?:\s*{_KM})?{_TAIL.format(1)})
    # as said: 1234公里500米
    |(?<![\d.万亿a-z+]|{NUMERAL})(?P<km2>{_N}){_POINT.format(2)}\s*{_KM}(?![a-z/]|每|时|立交|枢纽|村|小区|站){_TAIL.format(2)}
    # on the plate without its K
    |(?<![\da-z.+:,-])(?P<km3>{_N})\s?[+加]\s?(?P<plus3>{_FINE})(?![\d元块a-ln-z-])
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_ABOUT = r"(?:大概|大约|差不多|将近|接近|约|近|快|有|是|了|的|\s){0,3}"
_FAR_BEFORE = re.compile(
    rf"""(?:[离距](?:[^公]{{0,16}})|还有?{_ABOUT}|[剩差](?!不多){_ABOUT}|相距{_ABOUT}|(?:不到|超过|足足|整整|至少){_ABOUT}
    |(?:开|跑|走|行|驶|骑|挪|推|拖|滑){_ABOUT}(?:了|出|有|过){_ABOUT}|(?:再|往前|向前|前行|往后|倒|前面|前方){{1}}[^,]{{0,4}}
    |(?:已|刚|才|每|共|限|时)(?:经|好)?(?:开|跑|走|行驶|行|隔)?{_ABOUT}|续航[^,]{{0,6}}|里程(?:数|表)?[^,]{{0,6}}|油耗[^,]{{0,4}}
    |(?:[时车限]速|速度){_ABOUT}|公里数[^,]{{0,3}}|表[上显][^,]{{0,4}}|[总全][长程共][^,]{{0,3}}|路程{_ABOUT}|(?:免费|救援|拖车|超出|多)[^,]{{0,4}}
    |(?:保养|首保|换|质保|修过?)[^,]{{0,6}}|(?:for|after|another|drove|driven|only|about|still|distance(?:\s+of)?)\s+(?:\w+\s)?|(?:过|从)[^,]{{1,14}}(?:后|往.|向.)(?:走|开)?|[往向朝][东南西北]{{1,2}}(?:走|开|行驶?)了?{_ABOUT})$""",
    re.VERBOSE | re.IGNORECASE,
)
_A_WAY_OFF = re.compile(r"[往向朝][东南西北]{1,2}$")
_FAR_BEHIND = re.compile(
    r"""\s*(?:/|每|的?时速|一?小时|的?速度|的?续航|远|外(?![环圈])|开外|之[外内]|以[内外上下]|的?路程|的路(?!牌)|就?[能可]?到(?![处达\d]|底)
    |左右[就能到]|长(?![春沙深])|才|没[油电]|费|元|块|的?保养|一次|油耗|多?的?油|[前后](?![面方段]|\d)|per|an?\s+hour|away|to\s|from|left|long|ahead|so\s+far|on\s+the\s+(?:clock|odometer))""",
    re.VERBOSE | re.IGNORECASE,
)
_MARKED = re.compile(r"\s*(?:左右)?[处附这那的]|\s*(?:左右)?[(]?(?:位置|地方|旁|边|路[牌段]|牌|桩)")
_OTHER_END = re.compile(r"\s*[-~到至和与]+\s*|\s*到\s*")
_CORRECTED = re.compile(r"不对|不是|错了|更正|应该是")
_LONE_END = re.compile(rf"(?<!{NUMERAL})({_N})\s*(?:[-~到至])\s*$")


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
    number = next(n for n in "123" if match[f"km{n}"])
    metres = _metres(match, number)
    if metres is None or not 0 <= metres <= LONGEST_ROAD_KM * 1000:
        return None
    before, behind = text[max(0, match.start() - 18) : match.start()], text[match.end() :][:16]
    before = before.rpartition(",")[2].rpartition("。")[2]
    fine = any(match[f"{part}{number}"] for part in _fine_parts(number))
    if number == "2" and (_FAR_BEFORE.search(before) or _FAR_BEHIND.match(behind)):
        return None
    if number == "2" and metres < 100_000 and not fine and _A_WAY_OFF.search(before):
        return None
    if number == "1" and _looks_like_another(text, match):
        return None
    marked = fine or _MARKED.match(behind) is not None or before[-1:] in ("在", "第")
    between = _LONE_END.search(before) is not None and number == "2"
    return Kilometre(match.start(), match.end(), metres, number != "2", marked, between)


def _fine_parts(number: str) -> tuple[str, ...]:
    return ("plus",) if number == "3" else ("half", "plate", "hundred", "plus", "metres", "rest")


def _metres(match: re.Match[str], number: str) -> int | None:
    kilometres = whole_number(match[f"km{number}"])
    if kilometres is None:
        return None
    groups = match.groupdict()
    beyond: int | None = 0
    if point := groups.get(f"point{number}"):
        beyond = thousandths(point)
    elif groups.get(f"half{number}"):
        beyond = 500
    elif plate := groups.get(f"plate{number}") or groups.get(f"hundred{number}"):
        beyond = (whole_number(plate) or 0) * 100
    elif said := next((groups[k] for k in _said(number) if groups.get(k)), None):
        beyond = whole_number(said)
    if beyond is None or beyond >= 1000:
        return None
    return kilometres * 1000 + beyond


def _said(number: str) -> tuple[str, ...]:
    return tuple(part + number for part in ("plus", "metres", "rest") if part + number != "rest3")


def _looks_like_another(text: str, match: re.Match[str]) -> bool:
    """A plate (辽K1234A), a car (起亚K5), a train: K with something else around it."""
    before = text[max(0, match.start() - 4) : match.start()]
    if re.search(r"起亚|车型|型号|东风|列车|火车|公交|华晨", before):
        return True
    return bool(
        re.search(r"[京津冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新]$", before)
    ) and bool(
        re.match(r"k\s?·?[\da-z]{5}(?![\d.+])", match.string[match.start() :], re.IGNORECASE)
    )


def _ranges(text: str, found: list[Kilometre]) -> list[Kilometre]:
    kept: list[Kilometre] = []
    for post in found:
        words = text[kept[-1].end : post.start] if kept else ""
        if kept and _OTHER_END.fullmatch(words) and kept[-1].metres != post.metres:
            first = kept.pop()
            kept.append(
                Kilometre(first.start, post.end, first.metres, first.sure, first.marked, True)
            )
        elif kept and _CORRECTED.search(words):
            kept[-1] = post
        else:
            kept.append(post)
    return kept
