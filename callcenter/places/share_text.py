"""Coordinates out of what people paste: links shared by map apps, geo: addresses, plain numbers.

The datum follows from who made the text: AMap and Tencent (WeChat) GCJ-02, Baidu BD-09, Apple
and Google and geo: WGS-84. Plain numbers carry none: the person says which.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from callcenter.places.model import Datum

_WIDE = {0xFF10 + i: ord("0") + i for i in range(10)}
_WIDE |= {0xFF0C: ord(","), 0xFF0E: ord("."), 0x3001: ord(","), 0x3000: ord(" "), 0xFF0D: ord("-")}
_WIDE |= {0x2032: ord("'"), 0x2019: ord("'"), 0x2033: ord('"'), 0x201D: ord('"'), 0xFF1A: ord(":")}

_NUMBER = r"(-?\d{1,3}(?:\.\d{1,16})?)"
_PAIR = re.compile(rf"(?<![\d.]){_NUMBER}\s*[,;\s]\s*{_NUMBER}(?![\d.])")
_MAKERS: tuple[tuple[str, Datum, bool], ...] = (
    # (sign of the maker, datum, longitude first)
    ("amap.com", Datum.GCJ02, True),
    ("autonavi", Datum.GCJ02, True),
    ("qq.com", Datum.GCJ02, False),
    ("baidu.com", Datum.BD09, False),
    ("apple.com", Datum.WGS84, False),
    ("google.", Datum.WGS84, False),
    ("geo:", Datum.WGS84, False),
)
_DEGREES = re.compile(
    r"([NS北南])?\s*(?:纬)?\s*(\d{1,3})\s*[°度]\s*(?:(\d{1,2}(?:\.\d+)?)\s*['分])?"
    r"\s*(?:(\d{1,2}(?:\.\d+)?)\s*[\"秒])?\s*([NSEW])?"
)
_LETTERED = re.compile(rf"([NSEW北南东西])\s*(?:纬|经)?\s*:?\s*{_NUMBER}", re.IGNORECASE)


@dataclass(frozen=True)
class SharedPlace:
    """What was read: degrees as written, their datum when the text tells it, and the words."""

    lat: float
    lon: float
    datum: Datum | None
    words: str


def read_share_text(text: str) -> SharedPlace | None:
    """The first place in the text, None when it holds no coordinates. Never raises."""
    plain = unquote(text[:2000]).translate(_WIDE)
    datum, lon_first = _maker(plain.lower())
    pair = _degrees(plain) or _lettered(plain) or _pair(plain, lon_first)
    if pair is None:
        return None
    return SharedPlace(pair[0], pair[1], datum, _words(text))


def _maker(text: str) -> tuple[Datum | None, bool]:
    for sign, datum, lon_first in _MAKERS:
        if sign in text:
            return datum, lon_first
    return None, False


def _pair(text: str, lon_first: bool) -> tuple[float, float] | None:
    for match in _PAIR.finditer(text):
        first, second = float(match[1]), float(match[2])
        if "." not in match[0]:
            continue
        # Only one order can be meant when one number is no latitude and the maker is known.
        return (second, first) if lon_first and abs(second) <= 90 else (first, second)
    return None


def _degrees(text: str) -> tuple[float, float] | None:
    found = [match for match in _DEGREES.finditer(text) if match[2]][:2]
    if len(found) < 2:
        return None
    values = [
        (float(m[2]) + float(m[3] or 0) / 60 + float(m[4] or 0) / 3600)
        * (-1 if (m[1] or m[5] or "") in ("S", "W", "南", "西") else 1)
        for m in found
    ]
    eastern = (found[0][1] or found[0][5] or "") in ("E", "W", "东", "西")
    return (values[1], values[0]) if eastern else (values[0], values[1])


def _lettered(text: str) -> tuple[float, float] | None:
    values: dict[str, float] = {}
    for letter, number in _LETTERED.findall(text):
        axis = "lat" if letter.upper() in "NS北南" else "lon"
        sign = -1 if letter.upper() in "SW南西" else 1
        values.setdefault(axis, sign * float(number))
    return (values["lat"], values["lon"]) if len(values) == 2 else None


def _words(text: str) -> str:
    """The text without addresses and numbers: what a person would read out."""
    plain = re.sub(r"\S*(?:https?://|geo:)\S*", " ", text)
    plain = re.sub(r"[-\d.,,°'\"\s;NSEW]{6,}", " ", plain)
    return " ".join(plain.split())[:200]
