"""One made-up ticket while its life is told: what its row has come to, and what the log says."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from callcenter.db.events import Fact
from callcenter.demo.crowd import Car, Crowd
from callcenter.demo.rows import Rows
from callcenter.names import name_keys
from callcenter.tickets.events import NoteWritten, TicketAssigned, TicketMoved, TicketOpened
from callcenter.tickets.model import Kind, Stage, priority_of

CLOSED = frozenset({Stage.CLOSED, Stage.CANCELLED, Stage.MERGED})


@dataclass
class Life:
    """The ticket of one contact. What is told is put into the order of time when it is written."""

    id: UUID
    number: str
    kind: Kind
    owner: int
    car: Car | None
    agent: UUID
    opened_at: datetime
    summary: str
    particulars: str
    expressway: bool = False
    stage: Stage = Stage.OPENED
    stage_since: datetime | None = None
    closed_at: datetime | None = None
    outcome: str | None = None
    assignee: UUID | None = None
    place_id: UUID | None = None
    version: int = 1
    _told: list[tuple[datetime, Fact, str, UUID | None, UUID | None]] = field(default_factory=list)

    @property
    def actor(self) -> str:
        """The agent, as events name him."""
        return f"staff:{self.agent}"

    def tell(
        self,
        at: datetime,
        fact: Fact,
        actor: str | None = None,
        *,
        about: bool = True,
        station_id: UUID | None = None,
    ) -> None:
        """Something that happened; `about`: it stands in the ticket's timeline."""
        self._told.append((at, fact, actor or self.actor, self.id if about else None, station_id))

    def open(self, owner_id: UUID) -> None:
        """It begins."""
        self.tell(
            self.opened_at,
            TicketOpened(
                ticket_id=self.id,
                ticket_kind=self.kind.value,
                priority=priority_of(danger=False, expressway=self.expressway),
                drill=False,
                owner_id=owner_id,
            ),
        )

    def assign(self, at: datetime) -> None:
        """The agent who has answered keeps it."""
        self.assignee, self.version = self.agent, self.version + 1
        self.tell(at, TicketAssigned(ticket_id=self.id, assignee_id=self.agent))

    def move(
        self, at: datetime, to: Stage, actor: str | None = None, outcome: str | None = None
    ) -> None:
        """One step."""
        fact = TicketMoved(ticket_id=self.id, was=self.stage, stage=to, outcome=outcome)
        self.tell(at, fact, actor)
        self.stage, self.stage_since, self.version = to, at, self.version + 1
        self.outcome = outcome or self.outcome
        self.closed_at = at if to in CLOSED else None

    def note(self, rows: Rows, at: datetime, words: str) -> None:
        """The agent writes something down."""
        note_id = rows.new_id(at)
        rows.add("ticket_notes", note_id, self.id, self.actor, words, at)
        self.tell(at, NoteWritten(ticket_id=self.id, note_id=note_id))

    def write(self, rows: Rows, crowd: Crowd, phone: str) -> None:
        """The row as it has come to be, its keys, its events."""
        name = crowd.names[self.owner - 1]
        priority = priority_of(danger=False, expressway=self.expressway)
        rows.add(
            "tickets",
            *(self.id, self.number, self.kind.value, self.stage.value, priority, self.expressway),
            *(crowd.tier(self.owner), crowd.owner_id(self.owner), self.car and self.car.id),
            *(name, phone, self.assignee, self.summary, self.particulars, self.place_id),
            *(self.outcome, self.actor, self.opened_at, self.stage_since or self.opened_at),
            *(self.closed_at, self.version),
        )
        for key in name_keys(name):
            rows.add("ticket_name_keys", key, self.id)
        for at, fact, actor, ticket_id, station_id in sorted(self._told, key=lambda one: one[0]):
            rows.record(at, fact, actor, ticket_id, station_id)
