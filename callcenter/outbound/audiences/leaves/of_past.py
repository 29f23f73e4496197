"""Conditions on what was: visits of the car, tickets of the owner, contacts with him. Pure."""

from datetime import timedelta
from typing import Annotated, Any, ClassVar, Literal, get_args
from uuid import UUID

from pydantic import Field

from callcenter.outbound.audiences.leaves.leaf import At, Atom, DaySpan, Leaf, Months
from callcenter.outbound.audiences.leaves.of_car import OfCar
from callcenter.outbound.model import Outcome

VisitKind = Literal["first_service", "maintenance", "repair", "accident", "recall"]
TicketKind = Literal["complaint", "technical", "rescue", "enquiry", "part_order"]
PromiseIs = Literal["open", "kept", "broken"]
KEPT_MONTHS = (12, 24, 36)
"""Of visits in so many months number and sum stand in audience_cars."""
Compared = Literal["at_least", "at_most"]
TicketKinds = Annotated[tuple[TicketKind, ...], Field(max_length=5)]


class OfVisits(OfCar):
    """Base: which visits count; all kinds and all stations where none is named."""

    visit_kinds: tuple[VisitKind, ...] = Field(default=(), max_length=5)
    station_ids: tuple[UUID, ...] = Field(default=(), max_length=50)

    def which(self) -> dict[str, Any]:
        """As values."""
        return {"kinds": list(self.visit_kinds), "stations": list(self.station_ids)}

    def of_kinds(self) -> dict[str, Any]:
        """Kind -> whether it counts."""
        return {kind: kind in self.visit_kinds for kind in get_args(VisitKind)}

    @property
    def counts_all(self) -> bool:
        """Whether every visit counts."""
        return not (self.visit_kinds or self.station_ids)


class NeverCame(OfVisits):
    """No such visit is known."""

    kind: Literal["never_came"] = "never_came"

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """Not even one."""
        if self.counts_all:
            return (Atom("came", {}, True),)
        if not self.station_ids:
            return (Atom("came_of_kinds", self.of_kinds(), True),)
        return (Atom("visits_ever", self.which(), True),)


class LastVisit(OfVisits):
    """The last such visit lies within so many days, or longer ago."""

    kind: Literal["last_visit"] = "last_visit"
    when: Literal["longer_ago", "within"]
    days: DaySpan

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """Longer ago: there was one, and none since."""
        limit = {"limit": at.today - timedelta(days=self.days)}
        side = "since" if self.when == "within" else "before"
        if self.counts_all:
            return (Atom(f"last_visit_{side}", limit),)
        if not self.station_ids:
            return (Atom(f"last_of_kinds_{side}", self.of_kinds() | limit),)
        which = self.which() | limit
        since = Atom("visits_since", which, negated=self.when == "longer_ago")
        return (since,) if self.when == "within" else (Atom("visits_before", which), since)


class VisitCount(OfVisits):
    """How often it came in so many months."""

    is_habit: ClassVar[bool] = True
    kind: Literal["visit_count"] = "visit_count"
    months: Months
    compared: Compared
    number: Annotated[int, Field(ge=0, le=1000)]

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """At most so many: not one more."""
        return (_compared("visits", "visit_count", self, at, self.number),)


class VisitAmount(OfVisits):
    """How much was paid for it in so many months, in whole yuan."""

    is_habit: ClassVar[bool] = True
    kind: Literal["visit_amount"] = "visit_amount"
    months: Months
    compared: Compared
    yuan: Annotated[int, Field(ge=0, le=100_000_000)]

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """At most so much: not a cent more."""
        return (_compared("paid", "visit_amount", self, at, self.yuan * 100),)


def _compared(
    kept: str, fragment: str, leaf: VisitCount | VisitAmount, at: At, number: int
) -> Atom:
    """`kept`: what stands on the car's row of the months that it is kept for."""
    at_most = leaf.compared == "at_most"
    if number == 0 and not at_most:
        return Atom("always", {})
    least = {"number": number + 1 if at_most else number}
    if leaf.counts_all and leaf.months in KEPT_MONTHS:
        return Atom(f"{kept}_{leaf.months}", least, negated=at_most)
    values = leaf.which() | {"after": at.months_ago(leaf.months)} | least
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


class Promised(Leaf):
    """A call that he was promised within so many days is still to be made; or one was kept, or
    broken, within so many days, whether a person has seen to it since or not."""

    kind: Literal["promise"] = "promise"
    which: PromiseIs
    within_days: DaySpan

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """By the moment at which it came to be so."""
        values = {"state": self.which, "since": at.ago(self.within_days)}
        return (Atom("promise", values),)


def _contact(
    at: At, days: int, campaign: UUID | None, outcomes: tuple[Outcome, ...], negated: bool = False
) -> Atom:
    said = [outcome.value for outcome in outcomes]
    values = {"since": at.ago(days), "campaign": campaign, "outcomes": said}
    return Atom("contact", values, negated)
