"""Names as they stand on signs, in Latin letters for those who cannot read them. Pure.

The sign itself is Chinese: what is to be found on it is written beside.
"""

import re
from functools import lru_cache

from pypinyin import lazy_pinyin

from callcenter.places.addresses.latin_spellings import READINGS
from callcenter.places.roads.cities import spelt

_KINDS = {
    "(?:枢纽|互通式?|立交桥?)+": "interchange",
    "服务区": "service area",
    "停车区": "parking area",
    "收费[站口]|主线站": "toll gate",
    "匝道": "ramp",
    "隧道": "tunnel",
    "高架桥": "viaduct",
    "特?大?桥(?![\u4e00-\u9fff])": "bridge",
    "出入口|出口|高速口": "exit",
    "入口": "entrance",
    "路口": "junction",
    "高速公路|高速": "Expressway",
    "(?<=..)区$": "District",
    "(?<=..)县$": "County",
    "(?<=..)市$": "",
}
_KIND = re.compile("|".join(f"({pattern})" for pattern in _KINDS))
_HAN = re.compile("[\u3007\u4e00-\u9fff]+")


def with_latin(name: str) -> str:
    """苏家屯收费站 → Sujiatun toll gate (苏家屯收费站); without Chinese signs the name as it is."""
    return f"{in_latin(name)} ({name})" if _HAN.search(name) else name


@lru_cache(maxsize=8192)
def in_latin(name: str) -> str:
    """大连 → Dalian, 西安 → Xi'an, 花桥互通A匝道 → Huaqiao interchange A ramp."""
    kinds = list(_KINDS.values())
    words = []
    end = 0
    for match in _KIND.finditer(name):
        words += [_spelt(name[end : match.start()]), kinds[(match.lastindex or 1) - 1]]
        end = match.end()
    words.append(_spelt(name[end:]))
    return " ".join(word for word in words if word)


def _spelt(name: str) -> str:
    return _HAN.sub(lambda found: f" {spelt(found[0]) or _pinyin(found[0])} ", name).strip()


def _pinyin(signs: str) -> str:
    for part, reading in READINGS.items():
        signs = signs.replace(part, f"{reading},")
    syllables = re.findall("[a-zü]+", " ".join(lazy_pinyin(signs, v_to_u=True)))
    joined = "".join(f"'{one}" if one[0] in "aeo" else one for one in syllables)
    return joined.removeprefix("'").capitalize()
