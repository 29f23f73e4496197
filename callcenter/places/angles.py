"""Latitude and longitude as people write them, in either order: 41.8057 123.4315,
N41.8057 E123.4315, 纬度:41.8057 经度:123.4315, 41°48′20″N 123°25′53″E, 东经123度26分 北纬41度48分.

Road talk is full of numbers and letters (S20外环 E3匝道, 往南3公里): what does not name its axis
in full counts with three decimals only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from unicodedata import category, normalize

LAT, LON = "lat", "lon"
_LAT_NAMES = r"latitude|m?lat|[纬緯]度值?|pointy"
_LON_NAMES = r"longitude|long|m?lon|lng|[经經]度值?|pointx"
_HALVES = {"n": (LAT, 1), "s": (LAT, -1), "e": (LON, 1), "w": (LON, -1)}
_HALVES |= {"北": (LAT, 1), "南": (LAT, -1), "东": (LON, 1), "東": (LON, 1), "西": (LON, -1)}
"""First sign of a word for one half of the earth: its axis, and the sign of its degrees."""

_TWINS = str.maketrans("º˚∘′’‘´ʹ`″”“˝−、", "°°°''''''\"\"\"\"-,")
_UNITS = r"公里|千米|公尺|米|元|升|吨|分钟|小时|%|℃|(?:km|m|mi|l|kg|kwh|v|bar|kpa|mpa)(?![a-z])"
_ANGLE = re.compile(
    rf"""
    # a name: 纬度: or lat= or 北纬
    (?:(?<![a-z经經])(?P<label>{_LAT_NAMES}|{_LON_NAMES}|[北南][纬緯]|[东東西][经經])
       [\s:=为是约"'(]{{0,6}})?
    # a letter before the number
    (?:(?<![a-z])(?P<before>[nsew])[\s:=)]{{0,4}})?
    # without these the number stands alone, or behind the letter of another: not in K23.5
    (?(label)|(?(before)|(?:(?<=[\d°'"][nsew])|(?<![\w.+-]))(?<!\d:)))
    (?P<degrees>[+-]?\d{{1,3}}(?:\.(?P<decimals>\d{{1,20}}))?)(?!\.?\d)
    (?:\s*(?P<sign>[°度])
       (?(decimals)|(?:\s*(?P<minutes>[0-5]?\d(?:\.\d{{1,12}})?)\s*(?:'(?!')|分|(?=\s*[nsew]\b))
          (?:\s*(?P<seconds>[0-5]?\d(?:\.\d{{1,12}})?)\s*(?:"|''|秒|(?=\s*[nsew]\b)))?)?))?
    # a letter behind it, which is no road's: E3匝道
    (?(before)|(?P<after>[nsew](?![a-z])|\s+[nsew](?![a-z\d]))?)
    # with nothing but digits it is no distance, price or part of a word
    (?(label)|(?(sign)|(?(after)|(?!(?![nsew]\s*\d)[a-z_]|\s*(?:{_UNITS})))))
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_BETWEEN = re.compile(r"[\s,;/|&+()\[\]和与及]*", re.ASCII)
_AND = r"[\s,/|&和与及-]*"
_HEADS = (
    # What names the order of the two numbers behind it, and the first one's axis.
    (re.compile(rf"(?<![a-z])(?:{_LAT_NAMES}){_AND}(?:{_LON_NAMES})", re.IGNORECASE), LAT),
    (re.compile(rf"(?<![a-z])(?:{_LON_NAMES}){_AND}(?:{_LAT_NAMES})", re.IGNORECASE), LON),
    (re.compile(r'\bpoint\s*(?=\()|"coordinates"(?=\s*:\s*\[)', re.IGNORECASE), LON),
)
_OPENING = re.compile(r"""[\s:=为是约分别"'()\[\]{}]*""", re.ASCII)


@dataclass(frozen=True)
class Angle:
    """One written number: its axis when that is named, and whether it can be nothing else."""

    degrees: float
    half_digit: float
    axis: str | None
    labelled: bool
    credible: bool
    start: int
    end: int


@dataclass(frozen=True)
class Pair:
    """Degrees as written, and half of the last digit written (the finer of the two)."""

    lat: float
    lon: float
    half_digit: float


def plain(text: str) -> str:
    """Full-width and typographic signs as ASCII, one sign for one."""
    return "".join(_plain_sign(sign) for sign in text.translate(_TWINS))


def angles_in(text: str) -> list[Angle]:
    """All numbers of a plain text that may be angles, in their order."""
    return [_angle(match) for match in _ANGLE.finditer(text)]


def pair_in(text: str) -> Pair | None:
    """The first latitude and longitude of a plain text, None when it holds none.

    Two numbers that name no axis are taken as written, latitude first.
    """
    found = angles_in(text)
    candidates = chain(_headed(text), _labelled(found), _neighbours(text, found))
    return next((pair for pair in candidates if pair), None)


def pair_at_start(text: str, first_axis: str) -> Pair | None:
    """The two numbers that a plain text begins with, the first of that axis; None without."""
    begin = text[:100]
    one, other, *_ = [*angles_in(begin), None, None]
    if one is None or other is None or not _OPENING.fullmatch(begin[: one.start]):
        return None
    if not _BETWEEN.fullmatch(begin[one.end : other.start]):
        return None
    return _pair(one, other) if first_axis == LAT else _pair(other, one)


def _headed(text: str) -> Iterator[Pair | None]:
    for head, first_axis in _HEADS:
        yield from (pair_at_start(text[it.end() :], first_axis) for it in head.finditer(text))


def _labelled(found: list[Angle]) -> Iterator[Pair | None]:
    lats = (angle for angle in found if angle.labelled and angle.axis == LAT)
    lons = (angle for angle in found if angle.labelled and angle.axis == LON)
    yield from map(_pair, lats, lons)


def _neighbours(text: str, found: list[Angle]) -> Iterator[Pair | None]:
    for one, other in pairwise(found):
        if not (one.credible and other.credible):
            continue
        if not _BETWEEN.fullmatch(text[one.end : other.start]):
            continue
        if (one.axis, other.axis) in ((LAT, LON), (None, None)):
            yield _pair(one, other)
        elif (one.axis, other.axis) == (LON, LAT):
            yield _pair(other, one)


def _pair(lat: Angle, lon: Angle) -> Pair | None:
    """None when the two are no place on earth, not even exchanged."""
    small, large = sorted((abs(lat.degrees), abs(lon.degrees)))
    if small > 90 or large > 180:
        return None
    return Pair(lat.degrees, lon.degrees, min(lat.half_digit, lon.half_digit))


def _angle(match: re.Match[str]) -> Angle:
    axis, sign = _axis(match)
    degrees = abs(float(match["degrees"]))
    degrees += float(match["minutes"] or 0) / 60 + float(match["seconds"] or 0) / 3600
    if sign < 0 or match["degrees"].startswith("-"):
        degrees = -degrees
    decimals = len(match["decimals"] or "")
    return Angle(
        degrees=degrees,
        half_digit=_half_digit(match),
        axis=axis,
        labelled=match["label"] is not None,
        credible=decimals >= _decimals_needed(match),
        start=match.start(),
        end=match.end(),
    )


def _axis(match: re.Match[str]) -> tuple[str | None, int]:
    label, letter = match["label"] or "", match["before"] or match["after"] or ""
    for word in (letter.strip().lower(), label[:1]):
        if word in _HALVES:
            return _HALVES[word]
    if not label:
        return None, 1
    return (LAT if re.fullmatch(_LAT_NAMES, label, re.IGNORECASE) else LON), 1


def _decimals_needed(match: re.Match[str]) -> int:
    if match["label"] or match["minutes"]:
        return 0
    # A letter that runs into the next number may be that one's: 30.5E3匝道.
    behind = match["after"] and not match.string[match.end() :][:1].isdigit()
    if match["sign"] and (match["before"] or behind):
        return 0
    return 1 if behind else 3


def _half_digit(match: re.Match[str]) -> float:
    """In degrees."""
    for part, unit in (("seconds", 3600), ("minutes", 60), ("degrees", 1)):
        if written := match[part]:
            return 0.5 * 0.1 ** len(written.partition(".")[2]) / unit
    raise AssertionError("an angle has degrees")


def _plain_sign(sign: str) -> str:
    if category(sign) == "Cf":  # marks of writing direction, which phones put around numbers
        return " "
    twin = normalize("NFKC", sign)
    return twin if len(twin) == 1 else sign
