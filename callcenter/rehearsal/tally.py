"""What happened in a rehearsal, and how long it took."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from callcenter.rehearsal.referee import Referee

MUST_CLOSE = 0.85
COUNTED = ("closed", "alarmed", "declined", "expired", "handed_back", "line_lost")


@dataclass
class Tally:
    """Counts and times; the referee keeps the invariants.

    `location_to_offer_ms`: from the request that confirmed the place to the first offer heard.
    `offer_to_accept_s`: from the rescue's first offer to its first acceptance, whoever was asked
    in between. `missed`: what was not seen to its end, in words; with it the count is incomplete.
    """

    rescues: int
    counts: Counter[str] = field(default_factory=Counter)
    call_to_ticket_ms: list[float] = field(default_factory=list)
    location_to_offer_ms: list[float] = field(default_factory=list)
    offer_to_accept_s: list[float] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    broken_off: bool = False

    @property
    def is_complete(self) -> bool:
        """Every rescue was closed, and every station was heard to the end."""
        return self.counts["closed"] == self.rescues and not self.missed

    @property
    def counts_enough(self) -> bool:
        """Played to the end, and most rescues closed: a few may wait for somebody who lets
        them wait, but of a run in which hardly any ended nothing can be said."""
        return not self.broken_off and self.counts["closed"] >= MUST_CLOSE * self.rescues

    def as_json(self, referee: Referee) -> dict[str, Any]:
        """The one object that `--json` prints."""
        return {
            "rescues": self.rescues,
            **{name: self.counts[name] for name in COUNTED},
            "asked_back": self.counts["asked_back"],
            "said": {
                name.removeprefix("said_"): many
                for name, many in sorted(self.counts.items())
                if name.startswith("said_")
            },
            "double_held": referee.double_held,
            "overdue_offers": referee.overdue_offers,
            "lost": referee.lost,
            "location_to_offer_ms": percentiles(self.location_to_offer_ms),
            "offer_to_accept_s": percentiles(self.offer_to_accept_s),
        }


def percentiles(values: list[float]) -> dict[str, float | None]:
    """p50, p90 and p99 by nearest rank; null when nothing was measured."""
    ordered = sorted(values)

    def at(share: float) -> float | None:
        if not ordered:
            return None
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3)

    return {"p50": at(0.5), "p90": at(0.9), "p99": at(0.99)}
