"""A road that everybody knows: its code, its names, its cities in the order of the kilometres."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Road:
    """`names`: the official short one first, then older ones and those of sections; `legs`: cities
    in rising order, a new leg where water parts the road."""

    code: str
    names: tuple[str, ...]
    pinyin: str
    legs: tuple[tuple[str, ...], ...]

    @property
    def cities(self) -> tuple[str, ...]:
        """All cities of the table in rising order."""
        return tuple(city for leg in self.legs for city in leg)


_EXPRESSWAY = re.compile(r"G(?:\d{1,2}|\d{4})(?:[WEN]\d?)?")


def is_expressway(code: str) -> bool:
    """By the form of a national code: G2, G15, G4W2, G1501, but not G107."""
    return _EXPRESSWAY.fullmatch(code) is not None
