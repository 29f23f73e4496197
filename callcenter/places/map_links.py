"""Links that map apps share: whose it is, its datum, and where it holds the coordinates."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from callcenter.places.angles import LAT, LON, Pair, pair_at_start, plain
from callcenter.places.model import Datum


@dataclass(frozen=True)
class Maker:
    """`sign` tells the maker; `keys`: what stands before a pair, and that pair's first axis."""

    sign: str
    datum: Datum
    keys: tuple[tuple[str, str], ...]


MAKERS = (
    Maker(
        r"(?<![a-z])(?:android|ios)?amap|autonavi",
        Datum.GCJ02,
        (
            (r"(?:position|markers|location|lnglat|center|dest)=", LON),
            (r"[?&]q=|[?&]p=[^,&]*,", LAT),
        ),
    ),
    Maker(
        r"map\.baidu|baidumap",
        Datum.BD09,
        ((r"(?:location|latlng|center|destination)[=:]", LAT),),
    ),
    Maker(
        r"map\.qq\.com|qqmap:|lightmap",
        Datum.GCJ02,
        ((r"(?<![a-z])(?:coord|center|location|latlng)[=:]", LAT),),
    ),
    Maker(
        r"google\.|goo\.gl",
        Datum.WGS84,
        (
            # What was marked; only then what the screen showed.
            (r"!3d", LAT),
            (r"[?&](?:q|query|ll|destination|daddr|center)=(?:loc:)?", LAT),
        ),
    ),
    Maker(r"maps\.apple", Datum.WGS84, ((r"[?&](?:coordinate|ll|q|daddr|center)=", LAT),)),
    Maker(r"openstreetmap\.org", Datum.WGS84, ((r"mlat=", LAT), (r"#map=\d+/", LAT))),
    # Android writes geo:0,0?q=… when it has a marker.
    Maker(r"(?<![a-z])geo:", Datum.WGS84, ((r"[?&]q=", LAT), (r"geo:", LAT))),
)

_ROUTE = r"(?<![a-z])(?:from|fromcoord|origin|saddr|slat)=[^&]*\d\.\d"
_NAMED = (
    (r"wgs[-_ ]?84|[?&]coord_type=1\b|[?&]dev=1\b", Datum.WGS84),
    (r"gcj[-_ ]?02|火星坐标", Datum.GCJ02),
    (r"bd[-_ ]?09|百度坐标", Datum.BD09),
)
"""A text or a link that names its datum, whoever made it."""


def decoded(text: str) -> str:
    """Plain, with the percent signs of links undone: some apps write them twice."""
    return plain(unquote(unquote(text)).replace("&amp;", "&"))


def maker_in(text: str) -> Maker | None:
    """Whose link a decoded text holds."""
    return next((maker for maker in MAKERS if _found(maker.sign, text)), None)


def datum_in(text: str) -> Datum | None:
    """The datum that a decoded text names, else the one of the maker of its link."""
    named = (datum for words, datum in _NAMED if _found(words, text))
    maker = maker_in(text)
    return next(named, maker.datum if maker else None)


def is_link(word: str) -> bool:
    """Whether a word, as pasted, is an address and not something to read out."""
    return "://" in word or maker_in(word) is not None


def without_routes(text: str) -> str:
    """A text as pasted without links to a way: of its two ends nobody knows which is meant."""
    return " ".join(word for word in text.split() if not _found(_ROUTE, decoded(word)))


def pair_in_links(text: str) -> Pair | None:
    """The coordinates of the first link, as pasted, that holds some where its maker puts them."""
    found = (_pair_in_link(decoded(word)) for word in text.split())
    return next((pair for pair in found if pair), None)


def _pair_in_link(link: str) -> Pair | None:
    maker = maker_in(link)
    for key, first_axis in maker.keys if maker else ():
        for match in re.finditer(key, link, re.IGNORECASE):
            if pair := pair_at_start(link[match.end() :].replace("!4d", ","), first_axis):
                return latitude_first(pair) if first_axis == LON else pair
    return None


def latitude_first(pair: Pair) -> Pair:
    """Of a maker who writes longitude first: exchanged where only that can be meant."""
    return Pair(pair.lon, pair.lat, pair.half_digit) if abs(pair.lat) > 90 else pair


def _found(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None
