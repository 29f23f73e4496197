"""Roads, kilometres and places as they are said. Pure."""

import re

from callcenter.places.latin import in_latin
from callcenter.places.roads.way_words import (
    SaidOnRoad,
    feature_name,
    road_name,
    towards_words,
)
from callcenter.telephony.flow.model import Language

MOST_SIGNS = 80
"""Of a place in somebody's words: whoever hears more has forgotten its beginning."""
_CODE = re.compile(r"(?<![A-Za-z0-9])([GSXYZ])\s?(\d{1,4})(?!\d)")
_POST = re.compile(r"(?<![A-Za-z0-9])K\s?(\d{1,4})\s?\+\s?(\d{3})(?!\d)", re.IGNORECASE)
_NUMBER_OF_SOMEBODY = re.compile(r"\+?\d[\d\s().-]{5,}\d")
_BRACKETS = re.compile(r"\s*\([^()]*[\u4e00-\u9fff][^()]*\)")
_DIGITS = "零一二三四五六七八九"
_SHORT_CODE = 2


def road_aloud(language: Language, on_road: SaidOnRoad) -> str:
    """G15, 1234500 m → G十五沈海高速,1234公里500米,往大连方向."""
    parts = [
        said(language, road_name(language, on_road.road)),
        post_aloud(language, on_road.post_m) if on_road.post_m is not None else "",
        said(language, feature_name(language, on_road.feature or "")),
        towards_words(language, on_road.towards) if on_road.towards else "",
    ]
    return _comma(language).join(part for part in parts if part)


def post_aloud(language: Language, metres: int) -> str:
    """Of a kilometre post."""
    whole, rest = divmod(metres, 1000)
    if language == "en":
        return f"kilometre {whole}" + (f" plus {rest} metres" if rest else "")
    return f"{whole}公里" + (f"{rest}米" if rest else "")


def said(language: Language, words: str) -> str:
    """What somebody wrote: codes and kilometres readable, what may be a telephone number left out,
    Chinese names in English by their sounds."""
    text = _NUMBER_OF_SOMEBODY.sub("", words)
    text = _POST.sub(lambda m: post_aloud(language, int(m[1]) * 1000 + int(m[2])), text)
    text = _CODE.sub(lambda m: _code(language, m[1], m[2]), text)
    if language == "en":
        text = in_latin(_BRACKETS.sub("", text))
    return " ".join(text.split())[:MOST_SIGNS]


def _code(language: Language, letter: str, digits: str) -> str:
    """G2 → G二, G15 → G十五, G1501 → G一五零一."""
    if language == "en":
        return f"{letter} {digits if len(digits) <= _SHORT_CODE else ' '.join(digits)}"
    if len(digits) > _SHORT_CODE or digits.startswith("0"):
        return letter + "".join(_DIGITS[int(one)] for one in digits)
    tens, ones = divmod(int(digits), 10)
    ten = "" if tens == 0 else f"{_DIGITS[tens] if tens > 1 else ''}十"
    return letter + ten + (_DIGITS[ones] if ones or not tens else "")


def _comma(language: Language) -> str:
    return ", " if language == "en" else ","
