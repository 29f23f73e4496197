"""What happens to tickets. Ids and codes only."""

from typing import ClassVar
from uuid import UUID

from callcenter.db.events import Fact

DESK = frozenset({"agent", "supervisor", "expert"})


class TicketFact(Fact):
    """Heard by the desk."""

    roles: ClassVar[frozenset[str]] = DESK
    ticket_id: UUID


class TicketOpened(TicketFact):
    """A caller has his number."""

    kind: ClassVar[str] = "ticket.opened"
    ticket_kind: str
    priority: int
    drill: bool
    owner_id: UUID | None = None


class TicketMoved(TicketFact):
    """The stage changed."""

    kind: ClassVar[str] = "ticket.moved"
    was: str
    stage: str
    outcome: str | None = None


class TicketEdited(TicketFact):
    """Fields changed: which, not to what."""

    kind: ClassVar[str] = "ticket.edited"
    fields: list[str]


class PriorityChanged(TicketFact):
    """Danger or the expressway was marked, or taken back."""

    kind: ClassVar[str] = "ticket.priority_changed"
    priority: int
    more_urgent: bool = False


class NoteWritten(TicketFact):
    """Somebody wrote a note."""

    kind: ClassVar[str] = "ticket.note_written"
    note_id: UUID


class TicketAssigned(TicketFact):
    """A person of the staff works on it."""

    kind: ClassVar[str] = "ticket.assigned"
    assignee_id: UUID | None


class EmergencyTold(TicketFact):
    """120, 110, 119 or 122 knows."""

    kind: ClassVar[str] = "ticket.emergency_told"
    service: str


class PlaceProposed(TicketFact):
    """A place was named; the desk is told what to ask."""

    kind: ClassVar[str] = "place.proposed"
    place_id: UUID
    doubts: list[str]


class PlaceConfirmed(TicketFact):
    """This is where the car stands: the dispatch begins, or looks again."""

    kind: ClassVar[str] = "place.confirmed"
    place_id: UUID
    uncertain: bool


class LocationLinkSent(TicketFact):
    """The caller was asked for his position by a link."""

    kind: ClassVar[str] = "place.link_sent"
    link_id: UUID


class LocationAnswered(TicketFact):
    """Words or a photo came through the link: somebody must read them."""

    kind: ClassVar[str] = "place.answered"
    answer_id: UUID
    answer: str


class SameProposed(TicketFact):
    """It may be the breakdown of another rescue: a person should look."""

    kind: ClassVar[str] = "ticket.same_proposed"
    other_id: UUID
    signs: list[str]


class ToldApart(TicketFact):
    """A person has said that the two are not the same breakdown."""

    kind: ClassVar[str] = "ticket.told_apart"
    other_id: UUID


class TicketMerged(TicketFact):
    """It is the same breakdown as another ticket's, which goes on for both."""

    kind: ClassVar[str] = "ticket.merged"
    survivor_id: UUID
    merge_id: UUID


class TicketTookOver(TicketFact):
    """It goes on for another ticket, too."""

    kind: ClassVar[str] = "ticket.took_over"
    merged_id: UUID
    merge_id: UUID


class MergeUndone(TicketFact):
    """The two were not the same after all; recorded on either."""

    kind: ClassVar[str] = "ticket.merge_undone"
    survivor_id: UUID
    merged_id: UUID


class TicketsExported(Fact):
    """The list of tickets left the house as a file: how many, by which filters."""

    kind: ClassVar[str] = "ticket.exported"
    roles: ClassVar[frozenset[str]] = frozenset({"supervisor"})
    rows: int
    with_phones: bool
    filters: dict[str, str]


class TicketRated(TicketFact):
    """The owner said how he found it; a bad one is followed up by a ticket of its own."""

    kind: ClassVar[str] = "ticket.rated"
    score: int
    follow_up_id: UUID | None = None
