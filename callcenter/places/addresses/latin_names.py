"""Provinces, cities and districts in Latin letters: in pinyin, and as the world writes them.

The pinyin comes from the package `pypinyin` (MIT) once, at set-up, into a small table; where it
errs for a place, or another name is in use, `latin_spellings` says so.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from callcenter.places.addresses.district_table import Unit
from callcenter.places.addresses.latin_spellings import ALSO, ORDINARY, READINGS
from callcenter.places.addresses.name import Name
from callcenter.places.set_up_table import set_up_table

FILE = "latin_names.json.gz"
KINDS = ("新区", "自治区", "省", "市", "区", "县", "旗", "盟", "州")
Key = tuple[str, str]
"""A name without its kind in plain small letters, and the kind; empty for the bare name."""


class LatinNames:
    """Names in Latin letters, with and without their kind; `spelt`: Chinese names without their
    kind and the ways to write them, `letters`: all that any of them is."""

    def __init__(self, names: Mapping[str, Name], spelt: Mapping[str, list[str]]) -> None:
        found: dict[Key, list[Name]] = defaultdict(list)
        for form, name in names.items():
            for key in _keys(form, spelt):
                found[key].append(name)
        self.spelt = spelt
        self._names = {key: _one(key, several) for key, several in found.items()}
        self.letters = frozenset(letters for letters, _ in found)

    @classmethod
    def load(cls, folder: Path, names: Mapping[str, Name]) -> "LatinNames":
        """From the table in `folder`, made first when it is not there."""
        table = set_up_table(folder / FILE, lambda: _spelt(names))
        return cls(names, json.loads(table))

    def called(self, letters: str, kind: str = "") -> Name | None:
        """What plain small letters mean, with a kind or bare."""
        return self._names.get((letters, kind))


def plain_letters(word: str) -> str:
    """Small letters without accents, apostrophes and hyphens; ü is a v, as it is typed."""
    folded = unicodedata.normalize("NFD", word.lower()).replace("u\u0308", "v")
    return re.sub("[^a-z]", "", folded)


def _parted(form: str) -> tuple[str, str]:
    """朝阳区 → 朝阳, 区; 朝阳 → 朝阳, nothing."""
    kinds = (kind for kind in KINDS if form.endswith(kind) and len(form) > len(kind))
    kind = next(kinds, "")
    if kind == "新区" and len(form) == 3:
        # 清新区 is the district of 清新.
        kind = "区"
    return form.removesuffix(kind), kind


def _keys(form: str, spelt: Mapping[str, list[str]]) -> Iterator[Key]:
    stem, kind = _parted(form)
    for letters in spelt.get(stem, ()):
        yield letters, kind
        if kind == "新区":
            yield letters, "区"
    if kind and len(stem) == 1:
        # 叶县 is Ye County, and Yexian County as well.
        for letters in spelt.get(form, ()):
            yield letters, ""
            yield letters, kind


def _one(key: Key, names: list[Name]) -> Name:
    units: frozenset[Unit] = frozenset().union(*(name.units for name in names))
    letters, kind = key
    return Name(units, official=bool(kind), alone=bool(kind) or letters not in ORDINARY)


def _spelt(names: Mapping[str, Name]) -> bytes:
    # Only here: its dictionaries take a second and some megabytes.
    from pypinyin import lazy_pinyin

    def pinyin(signs: str) -> str:
        for part, reading in READINGS.items():
            signs = signs.replace(part, reading)
        return "".join(lazy_pinyin(signs)).replace("ü", "v")

    table = {}
    for signs in {part for form in names for part in (form, _parted(form)[0])}:
        letters = pinyin(signs)
        # ü is written ü, v, u, or yu in passports.
        spellings = {letters, letters.replace("v", "u"), letters.replace("v", "yu")}
        table[signs] = sorted(spellings | set(ALSO.get(signs, ())))
    return json.dumps(table, ensure_ascii=False).encode()
