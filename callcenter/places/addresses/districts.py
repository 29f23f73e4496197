"""Provinces, cities and districts by everything that people call them; made once per process."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from callcenter.places.addresses import ordinary_words
from callcenter.places.addresses.district_names import by_hand, short_forms
from callcenter.places.addresses.district_table import FILE, Unit, made
from callcenter.places.addresses.latin_names import FILE as LATIN_FILE
from callcenter.places.addresses.latin_names import LatinNames
from callcenter.places.addresses.name import Name
from callcenter.places.gazetteer import DAMAGED
from callcenter.places.provinces import PROVINCES
from callcenter.places.set_up_table import set_up_table

KINDS = "省市区县旗州盟"

FULL = {
    "NM": "自治区",
    "GX": "壮族自治区",
    "XZ": "自治区",
    "NX": "回族自治区",
    "XJ": "维吾尔自治区",
}
"""What the names of provinces that are no 省 end in."""


class Districts:
    """All units with their names, in Chinese and in Latin letters."""

    def __init__(self, units: Iterable[Unit], folder: Path) -> None:
        self.units = tuple(units)
        self.names = _names(self.units)
        self.latin = LatinNames.load(folder, self.names)
        # Longest first: of two names that begin at one place the longer one is meant.
        self._pattern = re.compile("|".join(sorted(self.names, key=len, reverse=True)))

    @classmethod
    def load(cls, folder: Path) -> "Districts":
        """From the tables in `folder`; makes them first when they are not there or damaged.

        Raises OSError when the folder cannot be written.
        """
        try:
            return cls._loaded(folder)
        except DAMAGED:
            for table in (FILE, LATIN_FILE):
                (folder / table).unlink(missing_ok=True)
        return cls._loaded(folder)

    @classmethod
    def _loaded(cls, folder: Path) -> "Districts":
        units = [Unit(*row) for row in json.loads(set_up_table(folder / FILE, made))]
        return cls(units, folder)

    def found_in(self, text: str) -> Iterator[tuple[int, int, Name]]:
        """(start, end, name) of the names in a text, the longest first at each place."""
        at = 0
        while found := self._pattern.search(text, at):
            at, name = found.end(), self.names[found[0]]
            if self._is_divided_before_its_kind(text, found.start(), at, name):
                at, name = at - 1, self.names[found[0][:-1]]
            yield found.start(), at, name

    def _is_divided_before_its_kind(self, text: str, start: int, end: int, name: Name) -> bool:
        """青岛 市南区 and not 青岛市 南区: the kind begins the name of one of its districts."""
        if text[end - 1] != "市" or text[start : end - 1] not in self.names:
            return False
        inner = self._pattern.match(text, end - 1)
        units = self.names[inner[0]].units if inner else ()
        return any(is_within(unit, city) for unit in units for city in name.units)


def is_within(unit: Unit, around: Unit) -> bool:
    """Whether a unit is the other one or a part of it."""
    if unit.province != around.province:
        return False
    return around.city in ("", unit.city) and around.district in ("", unit.district)


def _names(units: tuple[Unit, ...]) -> dict[str, Name]:
    official: dict[str, set[Unit]] = defaultdict(set)
    short: dict[str, set[Unit]] = defaultdict(set)
    others = by_hand()
    for unit in units:
        # A province's bare name is one of its short forms.
        official[unit.name if unit.city else _full(unit)].add(unit)
        for form in _short(unit):
            short[form].add(unit)
        for form in others.get(unit.name, ()):
            (official if form[-1] in KINDS and len(form) > 2 else short)[form].add(unit)
    for form, found in short.items():
        if form not in official and form[-1] in KINDS and len(form) > 2:
            official[form] = found
    names = {form: Name(frozenset(u), False, _is_alone(form, u)) for form, u in short.items()}
    return names | {
        form: Name(frozenset(found), True, form not in ordinary_words.GENERIC)
        for form, found in official.items()
    }


def _full(province: Unit) -> str:
    return PROVINCES[province.province].zh + FULL.get(province.province, "省")


def _short(unit: Unit) -> set[str]:
    bare = PROVINCES[unit.province].zh
    return short_forms(unit.name) if unit.city else {bare, f"{bare}省", f"{bare}自治区"}


def _is_alone(form: str, units: set[Unit]) -> bool:
    if any(not unit.city for unit in units):
        return True
    if any(unit.district for unit in units):
        return form not in ordinary_words.DISTRICTS
    return form not in ordinary_words.CITIES
