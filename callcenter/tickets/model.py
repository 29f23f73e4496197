"""What a ticket is, and the moves its stage may make. Pure: no database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from callcenter.tickets.errors import MoveRefused


class Kind(StrEnum):
    """What the caller wants."""

    COMPLAINT = "complaint"
    TECHNICAL = "technical"
    RESCUE = "rescue"
    ENQUIRY = "enquiry"
    PART_ORDER = "part_order"


class Stage(StrEnum):
    """Where a ticket stands on its life line."""

    OPENED = "opened"
    IN_PROGRESS = "in_progress"
    DISPATCHING = "dispatching"
    ASSIGNED = "assigned"
    EN_ROUTE = "en_route"
    ON_SITE = "on_site"
    HANDED_OVER = "handed_over"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    MERGED = "merged"


S = Stage

# opened -> in_progress -> resolved -> closed; resolved and closed may be taken up again.
DESK_MOVES: Mapping[Stage, frozenset[Stage]] = {
    S.OPENED: frozenset({S.IN_PROGRESS, S.RESOLVED, S.CANCELLED}),
    S.IN_PROGRESS: frozenset({S.RESOLVED, S.CANCELLED}),
    S.RESOLVED: frozenset({S.CLOSED, S.IN_PROGRESS}),
    S.CLOSED: frozenset({S.IN_PROGRESS}),
    S.CANCELLED: frozenset({S.IN_PROGRESS}),
}

_GIVEN_UP = frozenset({S.CANCELLED, S.MERGED})

# opened -> dispatching -> assigned -> en_route -> on_site -> resolved -> closed.
# A hand-back or reassignment returns to dispatching; handed_over is with the road operator.
# merged: the same breakdown as another ticket, which goes on for both; undone, it is opened again.
RESCUE_MOVES: Mapping[Stage, frozenset[Stage]] = {
    S.OPENED: frozenset({S.DISPATCHING, S.HANDED_OVER, S.RESOLVED}) | _GIVEN_UP,
    S.DISPATCHING: frozenset({S.ASSIGNED, S.HANDED_OVER, S.RESOLVED}) | _GIVEN_UP,
    S.ASSIGNED: frozenset({S.EN_ROUTE, S.ON_SITE, S.DISPATCHING, S.HANDED_OVER}) | _GIVEN_UP,
    S.EN_ROUTE: frozenset({S.ON_SITE, S.DISPATCHING, S.HANDED_OVER}) | _GIVEN_UP,
    S.ON_SITE: frozenset({S.RESOLVED, S.DISPATCHING, S.HANDED_OVER}) | _GIVEN_UP,
    S.HANDED_OVER: frozenset({S.DISPATCHING, S.RESOLVED}) | _GIVEN_UP,
    S.RESOLVED: frozenset({S.CLOSED, S.OPENED}),
    S.CLOSED: frozenset({S.OPENED}),
    S.CANCELLED: frozenset({S.OPENED}),
    S.MERGED: frozenset({S.OPENED}),
}

MOVES: Mapping[Kind, Mapping[Stage, frozenset[Stage]]] = {
    Kind.RESCUE: RESCUE_MOVES,
    Kind.COMPLAINT: DESK_MOVES,
    Kind.TECHNICAL: DESK_MOVES,
    Kind.ENQUIRY: DESK_MOVES,
    Kind.PART_ORDER: DESK_MOVES,
}

UNDER_DISPATCH = frozenset({S.DISPATCHING, S.ASSIGNED, S.EN_ROUTE, S.ON_SITE})
"""Stages in which a station is asked or under way: only the dispatch may end these."""

ENDED = frozenset({S.RESOLVED, S.CLOSED, S.CANCELLED, S.MERGED})


@dataclass(frozen=True)
class Ticket:
    """One row of `tickets`."""

    id: UUID
    number: str
    kind: Kind
    stage: Stage
    priority: int
    tier: int
    danger: bool
    expressway: bool
    drill: bool
    owner_id: UUID | None
    vehicle_id: UUID | None
    caller_name: str | None
    caller_phone: str | None
    language: str
    assignee_id: UUID | None
    summary: str
    particulars: dict[str, Any]
    place_id: UUID | None
    outcome: str | None
    opened_by: str
    opened_at: datetime
    stage_since: datetime
    closed_at: datetime | None
    version: int

    @property
    def is_urgent(self) -> bool:
        """Danger to life or standing on an expressway: two stations are asked at once."""
        return self.danger or self.expressway


def check_move(ticket: Ticket, to: Stage) -> None:
    """Raises MoveRefused when the ticket's life line has no such step."""
    if to not in MOVES[ticket.kind].get(ticket.stage, frozenset()):
        raise MoveRefused(number=ticket.number, stage=ticket.stage.value, to=to.value)


def reopened_stage(kind: Kind) -> Stage:
    """Where a ticket of this kind goes on after it was ended."""
    return Stage.OPENED if kind is Kind.RESCUE else Stage.IN_PROGRESS


def priority_of(*, danger: bool, expressway: bool) -> int:
    """0 danger to life, 1 on an expressway, 2 the rest. The tier only breaks ties."""
    return 0 if danger else 1 if expressway else 2


# H. M. Damm's table (2004): finds every wrong digit and every swapped neighbour.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def ticket_number(sequence: int) -> str:
    """The number a caller is told: digits only, the last one a Damm check digit."""
    digits = str(sequence)
    return digits + str(_damm(digits))


def is_ticket_number(text: str) -> bool:
    """False for a number that was misheard."""
    return text.isascii() and text.isdigit() and len(text) > 1 and _damm(text) == 0


def _damm(digits: str) -> int:
    check = 0
    for digit in digits:
        check = _DAMM[check][int(digit)]
    return check
