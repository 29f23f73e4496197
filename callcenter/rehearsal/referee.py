"""Counts what must never happen, from what the stations and the agent were told. Pure."""

from collections import defaultdict
from dataclasses import dataclass, field

GRACE_S = 1.5
"""An offer may be found open this long behind its deadline: one second, and the way of the word."""
LATE_S = 0.2
"""An acceptance is late when it was first sent so long behind the deadline: clocks may drift."""


@dataclass
class Referee:
    """A station believes that it holds a rescue from the answer to its acceptance until it lets
    go itself (done, handed back) or is told that it is no longer wanted."""

    double_held: int = 0
    lost: int = 0
    acknowledged: dict[str, str] = field(default_factory=dict)
    dispatches: set[str] = field(default_factory=set)
    _holders: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _deadlines: dict[str, float] = field(default_factory=dict)
    _unlooked: dict[str, float] = field(default_factory=dict)
    _overdue: set[str] = field(default_factory=set)

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
        self._deadlines[offer_id] = self._unlooked[offer_id] = deadline

    def offer_ended(self, offer_id: str) -> None:
        """The station was told that the offer is over, or has answered it itself."""
        self._unlooked.pop(offer_id, None)

    def accepted(self, offer_id: str, asked_at: float) -> None:
        """The station was told yes; `asked_at` is when it first asked (its own clock).

        The service cannot have decided earlier than that, however slow its answer was.
        """
        deadline = self._deadlines.get(offer_id)
        if deadline is not None and asked_at > deadline + LATE_S:
            self._overdue.add(offer_id)

    def due_for_a_look(self, now: float) -> list[str]:
        """Offers past their deadline of which no end was heard: to be read back, once."""
        late = [o for o, deadline in self._unlooked.items() if now > deadline + GRACE_S]
        for offer_id in late:
            del self._unlooked[offer_id]
        return late

    def found_late(self, offer_id: str, state: str) -> None:
        """What an offer past its deadline was read back as."""
        if state == "offered":
            self._overdue.add(offer_id)

    def read_back(self, ticket_id: str, number: str | None) -> None:
        """What is there at the end for an acknowledged ticket; None: nothing."""
        self.lost += self.acknowledged[ticket_id] != number

    def dispatch_read_back(self, found: bool) -> None:
        """Whether an acknowledged dispatch is there at the end."""
        self.lost += not found

    @property
    def overdue_offers(self) -> int:
        """Offers that were open, or were accepted, behind their deadline."""
        return len(self._overdue)

    @property
    def is_content(self) -> bool:
        """No invariant was broken, as far as was seen."""
        return not (self.double_held or self.overdue_offers or self.lost)
