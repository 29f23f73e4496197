"""How a simulated station answers: a shuffled deck, so that every kind comes up often enough."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Behaviour(StrEnum):
    """What a station does with an offer."""

    ACCEPT = "accept"
    DECLINE = "decline"
    SILENT = "silent"
    HAND_BACK = "hand_back"
    LOSE_LINE = "lose_line"


B = Behaviour
FRIENDLY: Mapping[Behaviour, int] = {B.ACCEPT: 16, B.DECLINE: 3, B.SILENT: 1}
"""The demo: most come, so that a newcomer sees a rescue end well."""

REHEARSED: Mapping[Behaviour, int] = {
    B.ACCEPT: 11,
    B.DECLINE: 3,
    B.SILENT: 2,
    B.HAND_BACK: 2,
    B.LOSE_LINE: 2,
}
"""The rehearsal: of 280 offers, 28 each are left unanswered, handed back, lost."""

DECLINE_REASONS = ("trucks_busy", "no_technician", "too_far", "road_closed")


def dealt(cards: Mapping[Behaviour, int], chance: random.Random) -> Iterator[Behaviour]:
    """Behaviours without end, deck after deck."""
    deck = [behaviour for behaviour, count in cards.items() for _ in range(count)]
    while True:
        chance.shuffle(deck)
        yield from deck


def drawn(cards: Mapping[Behaviour, int], offer_id: str) -> Behaviour:
    """The same for the same offer, however often and by whichever process it is taken up."""
    chance = random.Random(offer_id)
    return chance.choices(list(cards), weights=list(cards.values()))[0]


@dataclass(frozen=True)
class Tempo:
    """Seconds. Thinking is real; travel is compressed by `compression`."""

    think_s: tuple[float, float] = (2.0, 8.0)
    compression: float = 120.0
    on_site_s: tuple[float, float] = (2.0, 4.0)
    line_lost_s: tuple[float, float] = (6.0, 14.0)

    def travel_s(self, distance_m: float) -> float:
        """How long the journey takes here: at 50 km/h, compressed; at least 2 s, at most 20 s."""
        return min(max(distance_m / (50 / 3.6) / self.compression, 2.0), 20.0)
