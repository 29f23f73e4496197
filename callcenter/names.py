"""What a name is found by: as it is written, its pinyin and the initials of it. Pure.

Keys are small letters without spaces; somebody who types the beginning of a key means the name.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from pypinyin import Style, pinyin

MOST_KEYS = 12
LONGEST = 60
_LEFT_OUT = re.compile(r"[\s·.,'’\-]+")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")


def key_of(written: str) -> str:
    """One form of what was typed, as keys have it: narrow, small, without spaces and dots."""
    plain = unicodedata.normalize("NFKC", written).lower().replace("ü", "v")
    return _LEFT_OUT.sub("", plain)[:LONGEST]


def name_keys(name: str) -> list[str]:
    """Every key of the name, each once: 单小明 is also danxiaoming, shanxiaoming, dxm and sxm.

    A name in Latin letters is found by any of its words, too: Wang Wei by `wei`.
    """
    found = dict.fromkeys([key_of(name), *_sounds(name), *_from_each_word(name)])
    return [key for key in found if key][:MOST_KEYS]


def _sounds(name: str) -> Iterator[str]:
    """Pinyin and initials: the usual reading, then one sign at a time read otherwise."""
    if _HAN.search(name) is None:
        return
    readings = [sounds for sign in name if (sounds := _sounds_of(sign))]
    usual = [sounds[0] for sounds in readings]
    yield from _both(usual)
    for at, sounds in enumerate(readings):
        for other in sounds[1:]:
            yield from _both([*usual[:at], other, *usual[at + 1 :]])


def _both(reading: list[str]) -> tuple[str, str]:
    return "".join(reading)[:LONGEST], "".join(sound[0] for sound in reading)


@lru_cache(maxsize=8192)
def _sounds_of(sign: str) -> tuple[str, ...]:
    """Every reading of one sign, the usual one first; of no Chinese sign what is written."""
    readings = pinyin(sign, style=Style.NORMAL, heteronym=True)
    return tuple(dict.fromkeys(key for one in readings for way in one if (key := key_of(way))))


def _from_each_word(name: str) -> Iterator[str]:
    if _HAN.search(name) is None:
        words = name.split()
        yield from (key_of(" ".join(words[at:])) for at in range(1, len(words)))
