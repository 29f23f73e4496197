"""Counts what must never happen, from what the stations and the agent were told. Pure."""

from collections import defaultdict
from dataclasses import dataclass, field

GRACE_S = 1.5
"""An offer may be found open this long behind its deadline: one second, and the way of the word."""


@dataclass
class Referee:
    """A station believes that it holds a rescue from the answer to its acceptance until it lets
    go itself (done, handed back) or is told that it is no longer wanted."""

    double_held: int = 0
    overdue_offers: int = 0
    lost: int = 0
    acknowledged: dict[str, str] = field(default_factory=dict)
    dispatches: set[str] = field(default_factory=set)
    _holders: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _open_offers: dict[str, float] = field(default_factory=dict)

    def ticket_acknowledged(self, ticket_id: str, number: str) -> None:
        """The caller has this number: it must be there at the end."""
        self.acknowledged[ticket_id] = number

    def holds(self, ticket_id: str, station_id: str, dispatch_id: str) -> None:
        """The station was told that the rescue is its own."""
        self.dispatches.add(dispatch_id)
        holders = self._holders[ticket_id]
        holders.add(station_id)
        if len(holders) > 1:
            self.double_held += 1

    def lets_go(self, ticket_id: str, station_id: str) -> None:
        """The station no longer believes that it holds the rescue."""
        self._holders[ticket_id].discard(station_id)

    def offer_open(self, offer_id: str, deadline: float) -> None:
        """The station was told that it may answer until `deadline` (its own clock)."""
        self._open_offers[offer_id] = deadline

    def offer_ended(self, offer_id: str) -> None:
        """The station was told that the offer is over, or has answered it itself."""
        self._open_offers.pop(offer_id, None)

    def due_for_a_look(self, now: float) -> list[str]:
        """Offers past their deadline of which no end was heard: to be read back, once."""
        late = [o for o, deadline in self._open_offers.items() if now > deadline + GRACE_S]
        for offer_id in late:
            del self._open_offers[offer_id]
        return late

    def found_late(self, state: str) -> None:
        """What an offer past its deadline was read back as."""
        self.overdue_offers += state == "offered"

    def read_back(self, ticket_id: str, number: str | None) -> None:
        """What is there at the end for an acknowledged ticket; None: nothing."""
        self.lost += self.acknowledged[ticket_id] != number

    def dispatch_read_back(self, found: bool) -> None:
        """Whether an acknowledged dispatch is there at the end."""
        self.lost += not found

    @property
    def is_content(self) -> bool:
        """No invariant was broken."""
        return not (self.double_held or self.overdue_offers or self.lost)
