"""Which names in Latin letters in a sentence say where the car is: 88 Jianguo Road, Chaoyang
District, Beijing; not a street, a direction, a make or a person."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise

from callcenter.places.addresses.address_names import MOST_NAMES, Said
from callcenter.places.addresses.district_table import Unit
from callcenter.places.addresses.latin_names import LatinNames, plain_letters
from callcenter.places.addresses.latin_spellings import CAPITALS
from callcenter.places.addresses.name import Name

MOST_WORDS = 4
"""Of one name: Central and Western, Bei Dai He."""

_WORD = re.compile(r"[a-z\u00c0-\u024f]+(?:['’‘`][a-z\u00c0-\u024f]+)*", re.IGNORECASE)
_GAP = re.compile(r"[ -]")
_KINDS = {
    "省": r"prov(?:ince|\.)?|sheng",
    "市": r"city|municipality|shi",
    "新区": r"new\s+(?:area|district)|xin\s?qu",
    "区": r"dist(?:rict|\.)?|qu",
    "县": r"county|xian(?!')",
    "旗": r"banner|qi",
    "盟": r"league|meng",
    "州": r"prefecture|zhou",
    "自治": r"(?:[a-z]+,?\s+){0,6}?autonomous\s+(?:region|prefecture|county|banner)",
}
_KIND = {
    kind: re.compile(rf"[\s-]+(?:{words})(?![a-z])", re.IGNORECASE)
    for kind, words in _KINDS.items()
}
_LOOSE = ("省", "市", "州", "自治")
"""Kinds that say no more than the bare name: Yanbian City is no other place than Yanbian."""

_ROAD = (
    r"roads?|rd|streets?|str?|avenues?|ave|boulevard|blvd|lane|alley|hutong|lu|jie|dajie|da\s?dao|dadao|xiang|"
    r"highway|expressway|expwy|expy|freeway|motorway|ring|elevated|main\s+street|viaduct"
)
_PART = (
    r"north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?|middle|central|mid|inner|outer|[nsewm]|"
    r"dong|nan|xi|bei|zhong|yi|er|san|first|second|third|no|\d+(?:st|nd|rd|th)?|ring"
)
_THING = (
    r"bridge|tunnel|river|creek|lake|bay|mountains?|hills?|gate|village|town|township|sub-?district|"
    r"railway(?!\s+station)|railroad|line|flight|toll|service|exit|interchange|hotel|hospital|university|college|school|bank|restaurant|plaza|"
    r"square|mall|tower|building|garden|gardens|park|branch|office|dealer|dealership|"
    r"plates?|number|licen[cs]e|dialect|accent|time|food|duck|people|friends?|customers?|"
    r"hyundai|benz|volkswagen|vw|auto\w*|motors?|jeep|car|cars|ford|buick|direction|side|bound"
)
_OTHER_BEHIND = re.compile(
    rf"(?:[\s-]+(?:{_PART})\.?){{0,3}}[\s-]+(?:{_ROAD}|{_THING})(?![a-z])"
    rf"|\s*[-–—]\s*[a-z']+\s+(?:{_ROAD}|{_THING})(?![a-z])",
    re.IGNORECASE,
)
"""Behind a bare name: it is a part of the name of a road, a house, a make."""

_AWAY_BEFORE = re.compile(
    r"(?:(?<!close )(?<!next )(?<!got )(?<!come )(?<!came )\bto|\btowards?"
    r"|(?<!call )(?<!calling )\bfrom"
    r"|\bleav(?:e|ing)|\bleft|\bvia|\bpass(?:ed|ing)?|\bpast|\bthrough|\bfor|\boutside|\bbeyond"
    r"|\b(?:north|south|east|west|outside|short|ahead|km|kms|kilomet\w+|miles?|minutes?)\s+of"
    r"|\b(?:lives?|living|home|office|registered|born|based|works?|bought|made)\s+(?:is\s+)?(?:in|at)"
    r"|\bbetween(?:\s+[\w']+){1,3}?\s+and|\bbetween|[→>]"
    r"|\b(?:mr|mrs|ms|miss|dr|name\s+is|name's|called|named|surname|surname\s+is|this\s+is)\.?)"
    r"(?:\s+the)?(?:\s+city\s+of)?\s*$",
    re.IGNORECASE,
)
"""Before names: where somebody comes from or goes to, or who he is."""

_TRIP_BEHIND = re.compile(r"\s*(?:to|towards?|→|->)(?![a-z])", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;.:/()-]*(?:(?:in|of|at|the|city)\s+)*$", re.IGNORECASE)
_BEFORE = 60


def latin_names_said(text: str, latin: LatinNames) -> list[Said]:
    """The names that say where; those of one place with the widest first."""
    groups: list[list[Said]] = []
    for said in islice(_found(text, latin), MOST_NAMES):
        before = groups[-1][-1].end if groups else None
        joined = before is not None and _BETWEEN.fullmatch(text, before, said.start) is not None
        if joined:
            groups[-1].append(replace(said, joined=True))
        else:
            groups.append([said])
    return [said for group in groups if not _is_away(text, group) for said in _ordered(group)]


def _found(text: str, latin: LatinNames) -> Iterator[Said]:
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        lengths = range(min(MOST_WORDS, len(words) - at), 0, -1)
        runs = (words[at : at + n] for n in lengths)
        said = next(filter(None, (_name(text, run, latin) for run in runs)), None)
        if said is None:
            at += 1
            continue
        yield said
        while at < len(words) and words[at].start() < said.end:
            at += 1


def _name(text: str, run: list[re.Match[str]], latin: LatinNames) -> Said | None:
    """The name that the words make together, with the kind behind it."""
    gaps = (text[a.end() : b.start()] for a, b in pairwise(run))
    if not all(_GAP.fullmatch(gap) for gap in gaps):
        return None
    start, end = run[0].start(), run[-1].end()
    letters = plain_letters(text[start:end])
    if letters not in latin.letters:
        return None
    for kind, pattern in _KIND.items():
        if (behind := pattern.match(text, end)) and (name := _of_kind(latin, letters, kind)):
            return Said(start, behind.end(), text[start : behind.end()], name, False)
    bare = latin.called(letters)
    if bare is None or _OTHER_BEHIND.match(text, end):
        return None
    # Of two words it may be a person: only beside a wider name.
    one_word = " " not in text[start:end]
    sure = bare.alone or re.search("['’‘`]", text[start:end]) is not None
    name = replace(bare, alone=sure and (one_word or _is_wide(bare)))
    return Said(start, end, text[start:end], name, False)


def _of_kind(latin: LatinNames, letters: str, kind: str) -> Name | None:
    if name := latin.called(letters, kind):
        return name
    bare = latin.called(letters) if kind in _LOOSE else None
    if bare is None:
        return None
    units = bare.units
    if kind == "自治":
        units = frozenset(u for u in units if "自治" in u.name or not u.city)
    return Name(units, True, True) if units else None


def _is_wide(name: Name) -> bool:
    return any(_rank(unit) < 2 for unit in name.units)


def _rank(unit: Unit) -> int:
    """Province, city, district."""
    return 2 if unit.district else 1 if unit.city else 0


def _ordered(group: list[Said]) -> list[Said]:
    """The widest first: of Xihu District, Hangzhou the city says which district."""
    if len(group) == 1 and not group[0].name.official:
        return [replace(group[0], name=_well_known(group[0].name))]
    ordered = sorted(group, key=lambda said: min(map(_rank, said.name.units)))
    return [replace(said, joined=at > 0) for at, said in enumerate(ordered)]


def _well_known(name: Name) -> Name:
    """A bare name of a province or a great city means no county that sounds the same."""
    units = {unit for unit in name.units if _rank(unit) == 0}
    if any(_rank(unit) == 1 and unit.city in CAPITALS for unit in name.units):
        units |= {unit for unit in name.units if _rank(unit) < 2}
    return replace(name, units=frozenset(units)) if units else name


def _is_away(text: str, group: list[Said]) -> bool:
    first, last = group[0], group[-1]
    if _AWAY_BEFORE.search(text[max(first.start - _BEFORE, 0) : first.start]):
        return True
    exact = any(said.name.official for said in group) or len(group) > 1
    return not exact and _TRIP_BEHIND.match(text, last.end) is not None
