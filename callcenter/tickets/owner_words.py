"""What the owner says by his own page: a message to the desk, and how he found it afterwards."""

from typing import Any
from uuid import UUID

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.staff import alarms
from callcenter.tickets import repository, service
from callcenter.tickets.errors import NothingToRate, NothingWritten, RatedAlready, TicketEnded
from callcenter.tickets.events import TicketRated
from callcenter.tickets.model import ENDED, Kind, Stage, Ticket
from callcenter.tickets.words import follow_up_words

OWNER_WROTE = "rescue_owner_wrote"
RATED_BADLY = "rescue_rated_badly"
OWNER_ALARMS = (OWNER_WROTE, RATED_BADLY)
BAD = 2
"""A rating up to this is followed up by a person."""

SQL = repository.SQL


async def write_to_desk(tx: Tx, actor: str, ticket_id: UUID, words: str) -> Any:
    """A message for the desk: in the ticket's timeline, and somebody is called to read it.

    A taken alarm sounds anew with each message. Answers the note.
    """
    if not words.strip():
        raise NothingWritten
    ticket = await repository.lock(tx, ticket_id)
    if ticket.stage in ENDED:
        raise TicketEnded(number=ticket.number)
    note = await service.write_note(tx, actor, ticket.id, words.strip())
    await alarms.raise_alarm(
        tx,
        kind=OWNER_WROTE,
        ticket_id=ticket.id,
        reason="owner_wrote",
        occasion=str(note["id"]),
        drill=ticket.drill,
    )
    return note


def may_be_rated(ticket: Ticket) -> bool:
    """Help has come, and it is over."""
    return ticket.kind is Kind.RESCUE and ticket.stage in (Stage.RESOLVED, Stage.CLOSED)


async def rate(tx: Tx, actor: str, own: Ticket, score: int, words: str) -> None:
    """The owner's judgement, once; a bad one opens a complaint that somebody must take up.

    Raises NothingToRate, RatedAlready.
    """
    ticket = await repository.lock(tx, own.id)
    if not may_be_rated(await repository.lives_on_in(tx, ticket)):
        raise NothingToRate
    if await SQL.rate_ticket(tx.connection, ticket_id=ticket.id, score=score) is None:
        raise RatedAlready
    words = words.strip()
    note = await service.write_note(tx, actor, ticket.id, words) if words else None
    followed = await _follow_up(tx, actor, ticket, score, words) if score <= BAD else None
    await SQL.keep_rating(
        tx.connection,
        ticket_id=ticket.id,
        note_id=note["id"] if note else None,
        follow_up_id=followed.id if followed else None,
    )
    fact = TicketRated(
        ticket_id=ticket.id, score=score, follow_up_id=followed.id if followed else None
    )
    await record(tx, fact, actor=actor, ticket_id=ticket.id)


async def _follow_up(tx: Tx, actor: str, ticket: Ticket, score: int, words: str) -> Ticket:
    """A complaint of the same owner: it does not end with the rescue, which closes by itself."""
    followed = await service.open_ticket(
        tx,
        actor,
        kind=Kind.COMPLAINT,
        particulars={"category": "service"},
        drill=ticket.drill,
        owner_id=ticket.owner_id,
        vehicle_id=ticket.vehicle_id,
        caller_name=ticket.caller_name,
        caller_phone=ticket.caller_phone,
        language=ticket.language,
        summary=follow_up_words(number=ticket.number, score=score, words=words),
    )
    await alarms.raise_alarm(
        tx,
        kind=RATED_BADLY,
        ticket_id=followed.id,
        reason=f"score {score}",
        drill=ticket.drill,
    )
    return followed
