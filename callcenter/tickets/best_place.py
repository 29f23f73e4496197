"""Which of several doubtful places is the best one known. Pure.

With danger to life help is sent to it at once; everybody is told that it is uncertain.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from callcenter.places.check import ABROAD, NOWHERE

NEVER_BY_ITSELF = frozenset({ABROAD, NOWHERE, "ask_which", "ask_conflict"})
"""Nobody can be sent there before a person has looked at it, however great the danger: one of
several is a guess."""

UNKNOWN_M = 1000.0
"""What a place without a stated accuracy counts as."""


class Doubted(Protocol):
    """A place with its doubts (codes) and its accuracy in metres."""

    @property
    def doubts(self) -> Sequence[str]: ...
    @property
    def accuracy_m(self) -> float | None: ...


P = TypeVar("P", bound=Doubted)


def may_count_at_once(doubts: Iterable[str]) -> bool:
    """Whether a place with these doubts may be sent to before a person has confirmed it."""
    return not NEVER_BY_ITSELF & set(doubts)


def is_better(one: Doubted, other: Doubted) -> bool:
    """Clearly better: fewer doubts, or as many and at most half as coarse."""
    if len(one.doubts) != len(other.doubts):
        return len(one.doubts) < len(other.doubts)
    return _coarse_m(one) * 2 <= _coarse_m(other)


def best_of(places: Sequence[P]) -> P | None:
    """The best that may count at once; of equals the newest, which comes last."""
    best: P | None = None
    for place in places:
        if may_count_at_once(place.doubts) and (best is None or not is_better(best, place)):
            best = place
    return best


def _coarse_m(place: Doubted) -> float:
    return UNKNOWN_M if place.accuracy_m is None else place.accuracy_m
