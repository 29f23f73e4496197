"""Conditions on what was: visits of the car, tickets of the owner, contacts with him. Pure."""

from datetime import timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from callcenter.outbound.audiences.leaves.leaf import At, Atom, DaySpan, Leaf, Months
from callcenter.outbound.audiences.leaves.of_car import OfCar
from callcenter.outbound.model import Outcome

VisitKind = Literal["first_service", "maintenance", "repair", "accident", "recall"]
TicketKind = Literal["complaint", "technical", "rescue", "enquiry", "part_order"]
Compared = Literal["at_least", "at_most"]
TicketKinds = Annotated[tuple[TicketKind, ...], Field(max_length=5)]


class OfVisits(OfCar):
    """Base: which visits count; all kinds and all stations where none is named."""

    visit_kinds: tuple[VisitKind, ...] = Field(default=(), max_length=5)
    station_ids: tuple[UUID, ...] = Field(default=(), max_length=50)

    def which(self) -> dict[str, Any]:
        """As values."""
        return {"kinds": list(self.visit_kinds), "stations": list(self.station_ids)}

    @property
    def counts_all(self) -> bool:
        """Whether every visit counts: then the last one is known without looking."""
        return not (self.visit_kinds or self.station_ids)


class NeverCame(OfVisits):
    """No such visit is known."""

    kind: Literal["never_came"] = "never_came"

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """Not even one."""
        some = (
            Atom("came", {}, True) if self.counts_all else Atom("visits_ever", self.which(), True)
        )
        return (some,)


class LastVisit(OfVisits):
    """The last such visit lies within so many days, or longer ago."""

    kind: Literal["last_visit"] = "last_visit"
    when: Literal["longer_ago", "within"]
    days: DaySpan

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """Longer ago: there was one, and none since."""
        which = self.which() | {"limit": at.today - timedelta(days=self.days)}
        if self.counts_all:
            name = "last_visit_since" if self.when == "within" else "last_visit_before"
            return (Atom(name, which),)
        since = Atom("visits_since", which, negated=self.when == "longer_ago")
        return (since,) if self.when == "within" else (Atom("visits_before", which), since)


class VisitCount(OfVisits):
    """How often it came in so many months."""

    kind: Literal["visit_count"] = "visit_count"
    months: Months
    compared: Compared
    number: Annotated[int, Field(ge=0, le=1000)]

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """At most so many: not one more."""
        return (_compared("visit_count", self, at, self.number, 1),)


class VisitAmount(OfVisits):
    """How much was paid for it in so many months, in whole yuan."""

    kind: Literal["visit_amount"] = "visit_amount"
    months: Months
    compared: Compared
    yuan: Annotated[int, Field(ge=0, le=100_000_000)]

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """At most so much: not a cent more."""
        return (_compared("visit_amount", self, at, self.yuan * 100, 1),)


def _compared(
    fragment: str, leaf: VisitCount | VisitAmount, at: At, number: int, step: int
) -> Atom:
    at_most = leaf.compared == "at_most"
    values = leaf.which() | {
        "after": at.months_ago(leaf.months),
        "number": number + step if at_most else number,
    }
    if number == 0 and not at_most:
        return Atom("always", {})
    return Atom(fragment, values, negated=at_most)


class HadTicket(Leaf):
    """A ticket of his was opened, or closed, within so many days."""

    kind: Literal["ticket"] = "ticket"
    ticket_kinds: TicketKinds = ()
    what: Literal["opened", "closed"]
    within_days: DaySpan

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """One text for each."""
        values = {"kinds": list(self.ticket_kinds), "since": at.ago(self.within_days)}
        return (Atom(f"ticket_{self.what}", values),)


class HasOpenTicket(Leaf):
    """A ticket of his is open, or none is."""

    kind: Literal["open_ticket"] = "open_ticket"
    is_there: bool = True
    ticket_kinds: TicketKinds = ()

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """One text for both."""
        values = {"kinds": list(self.ticket_kinds)}
        return (Atom("open_ticket", values, negated=not self.is_there),)


class RatedAtMost(Leaf):
    """Within so many days he gave a ticket of his at most so many stars."""

    kind: Literal["rating"] = "rating"
    at_most: Annotated[int, Field(ge=1, le=5)]
    within_days: DaySpan

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """By the moment he said so."""
        values = {"at_most": self.at_most, "since": at.ago(self.within_days)}
        return (Atom("rating", values),)


class Contacted(Leaf):
    """We spoke to him within so many days: in this campaign or any, with one of these outcomes."""

    kind: Literal["contacted"] = "contacted"
    within_days: DaySpan
    campaign_id: UUID | None = None
    outcomes: tuple[Outcome, ...] = Field(default=(), max_length=20)

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """What is reserved counts: it is about to be said."""
        return (_contact(at, self.within_days, self.campaign_id, self.outcomes),)


class NotContacted(Leaf):
    """We have not spoken to him for so many days, in this campaign or at all."""

    kind: Literal["not_contacted"] = "not_contacted"
    within_days: DaySpan
    campaign_id: UUID | None = None

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """The other of Contacted."""
        return (_contact(at, self.within_days, self.campaign_id, (), negated=True),)


def _contact(
    at: At, days: int, campaign: UUID | None, outcomes: tuple[Outcome, ...], negated: bool = False
) -> Atom:
    said = [outcome.value for outcome in outcomes]
    values = {"since": at.ago(days), "campaign": campaign, "outcomes": said}
    return Atom("contact", values, negated)
