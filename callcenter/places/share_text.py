"""Coordinates out of what people paste: links shared by map apps, geo: addresses, plain numbers.

The datum follows from who made the text: AMap and Tencent (WeChat) GCJ-02, Baidu BD-09, Apple
and Google and geo: WGS-84. Plain numbers carry none: the person says which.
"""

from dataclasses import dataclass

from callcenter.places.angles import Pair, angles_in, pair_in, plain
from callcenter.places.distance import METRES_A_DEGREE
from callcenter.places.map_links import (
    datum_in,
    decoded,
    is_link,
    pair_in_links,
    without_routes,
)
from callcenter.places.model import Datum

LONGEST = 2000
"""Signs that are read; a shared text has some hundred."""

FINE_M = 50.0
"""Numbers written finer than this are as exact as what measured them, which nobody knows."""

AROUND = " ,;:|/、。()[]\uff0c\uff1b\uff1a\uff08\uff09"
"""What stands around coordinates and goes with them."""


@dataclass(frozen=True)
class SharedPlace:
    """What was read: degrees as written, their datum when the text tells it, and the words.

    `accuracy_m`: metres that half of the last digit makes, when that is coarse.
    """

    lat: float
    lon: float
    datum: Datum | None
    words: str
    accuracy_m: float | None = None


def read_share_text(text: str) -> SharedPlace | None:
    """The first place in the text, None when it holds no coordinates. Never raises.

    Exchanged numbers are given as they are written: who looks at them proposes the exchange.
    """
    text = without_routes(text[:LONGEST])
    pair = pair_in_links(text) or pair_in(decoded(text))
    if pair is None:
        return None
    return SharedPlace(pair.lat, pair.lon, datum_in(decoded(text)), _words(text), _accuracy_m(pair))


def _accuracy_m(pair: Pair) -> float | None:
    metres = pair.half_digit * METRES_A_DEGREE
    return metres if metres > FINE_M else None


def _words(text: str) -> str:
    """The text without addresses and coordinates: what a person would read out."""
    text = " ".join(word for word in text.split() if not is_link(word))
    # Plain is one sign for one: what is found there lies at the same place here.
    for angle in reversed(angles_in(plain(text))):
        if angle.credible:
            before, behind = text[: angle.start], text[angle.end :]
            text = f"{before.rstrip(AROUND)} {behind.lstrip(AROUND)}"
    return " ".join(text.split())[:200]
