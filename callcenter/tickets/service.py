"""The verbs of a ticket's life, in the order of it. They take the transaction, never commit."""

from typing import Any
from uuid import UUID

from callcenter.db.conflicts import ForeignKeyViolation
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.staff import alarms
from callcenter.tickets import changes as kept_changes
from callcenter.tickets import repository
from callcenter.tickets.errors import (
    AssigneeUnknown,
    MergedAway,
    OwnerUnknown,
    TicketChanged,
    UnderDispatch,
)
from callcenter.tickets.events import (
    EmergencyTold,
    NoteWritten,
    PriorityChanged,
    TicketAssigned,
    TicketEdited,
    TicketMoved,
    TicketOpened,
)
from callcenter.tickets.location import take_best_known
from callcenter.tickets.model import (
    ENDED,
    UNDER_DISPATCH,
    Kind,
    Stage,
    Ticket,
    check_move,
    priority_of,
    reopened_stage,
)
from callcenter.tickets.particulars import particulars_of

SQL = repository.SQL


async def open_ticket(
    tx: Tx,
    actor: str,
    *,
    kind: Kind,
    particulars: dict[str, Any],
    danger: bool = False,
    expressway: bool = False,
    drill: bool = False,
    owner_id: UUID | None = None,
    vehicle_id: UUID | None = None,
    caller_name: str | None = None,
    caller_phone: str | None = None,
    language: str = "zh",
    summary: str = "",
) -> Ticket:
    """A new ticket: row, number and event in one breath. The caller has his number at commit."""
    own = particulars_of(kind, particulars).model_dump(mode="json")
    fields = {
        "kind": kind.value,
        "priority": priority_of(danger=danger, expressway=expressway),
        "danger": danger,
        "expressway": expressway,
        "drill": drill,
        "owner_id": owner_id,
        "vehicle_id": vehicle_id,
        "caller_name": caller_name,
        "caller_phone": caller_phone,
        "language": language,
        "summary": summary,
        "particulars": own,
    }
    try:
        ticket = await repository.insert(tx, actor, fields)
    except ForeignKeyViolation:
        raise OwnerUnknown from None
    fact = TicketOpened(
        ticket_id=ticket.id,
        ticket_kind=kind.value,
        priority=ticket.priority,
        drill=drill,
        owner_id=owner_id,
    )
    await record(tx, fact, actor=actor, ticket_id=ticket.id)
    return ticket


async def edit_ticket(tx: Tx, actor: str, ticket: Ticket, changes: dict[str, Any]) -> Ticket:
    """Change the caller's or the kind's own fields of a ticket just read at this version."""
    if "particulars" in changes:
        merged = ticket.particulars | changes["particulars"]
        changes["particulars"] = particulars_of(ticket.kind, merged).model_dump(mode="json")
    danger = changes.get("danger", ticket.danger)
    expressway = changes.get("expressway", ticket.expressway)
    changes["priority"] = priority_of(danger=danger, expressway=expressway)
    try:
        edited = await repository.edit(tx, ticket, changes)
    except ForeignKeyViolation:
        raise OwnerUnknown from None
    if edited is None:
        raise TicketChanged
    await kept_changes.keep(tx, actor, ticket, edited)
    fact = TicketEdited(ticket_id=ticket.id, fields=sorted(set(changes) - {"priority"}))
    await record(tx, fact, actor=actor, ticket_id=ticket.id)
    if (edited.danger, edited.expressway) != (ticket.danger, ticket.expressway):
        changed = PriorityChanged(
            ticket_id=ticket.id,
            priority=edited.priority,
            more_urgent=(edited.danger and not ticket.danger)
            or (edited.expressway and not ticket.expressway),
        )
        await record(tx, changed, actor=actor, ticket_id=ticket.id)
    if edited.danger and not ticket.danger:
        await take_best_known(tx, actor, edited)
        return await repository.get(tx, ticket.id)
    return edited


async def move(
    tx: Tx, actor: str, ticket: Ticket, to: Stage, *, outcome: str | None = None
) -> Ticket:
    """One step on the life line; raises MoveRefused or TicketChanged."""
    check_move(ticket, to)
    moved = await repository.move(tx, ticket, to, outcome)
    if moved is None:
        raise TicketChanged
    fact = TicketMoved(ticket_id=ticket.id, was=ticket.stage.value, stage=to.value, outcome=outcome)
    await record(tx, fact, actor=actor, ticket_id=ticket.id)
    if to in ENDED:
        await alarms.clear_alarms(tx, ticket_id=ticket.id, reason="ticket_ended")
    return moved


async def move_from_desk(
    tx: Tx, actor: str, ticket_id: UUID, to: Stage, *, outcome: str | None = None
) -> Ticket:
    """A step a person takes at the desk: refused while a dispatch runs, which ends otherwise."""
    ticket = await repository.lock(tx, ticket_id)
    if ticket.stage in UNDER_DISPATCH:
        raise UnderDispatch
    return await move(tx, actor, ticket, to, outcome=outcome)


async def reopen(tx: Tx, actor: str, ticket_id: UUID) -> Ticket:
    """Take an ended ticket up again."""
    ticket = await repository.lock(tx, ticket_id)
    if ticket.stage is Stage.MERGED:
        survivor = await repository.lives_on_in(tx, ticket)
        raise MergedAway(number=ticket.number, survivor=survivor.number)
    return await move(tx, actor, ticket, reopened_stage(ticket.kind))


async def assign(tx: Tx, actor: str, ticket_id: UUID, assignee_id: UUID | None) -> Ticket:
    """Give the ticket to a person of the staff, or back to all (None)."""
    await repository.lock(tx, ticket_id)
    if assignee_id and not await SQL.assignee_exists(tx.connection, id=assignee_id):
        raise AssigneeUnknown
    row = await SQL.assign_ticket(tx.connection, id=ticket_id, assignee_id=assignee_id)
    fact = TicketAssigned(ticket_id=ticket_id, assignee_id=assignee_id)
    await record(tx, fact, actor=actor, ticket_id=ticket_id)
    return repository.ticket_of(row)


async def write_note(tx: Tx, actor: str, ticket_id: UUID, words: str) -> Any:
    """A note for the colleagues; answers its row."""
    await repository.get(tx, ticket_id)
    row = await SQL.insert_note(
        tx.connection, id=new_id(), ticket_id=ticket_id, author=actor, words=words
    )
    fact = NoteWritten(ticket_id=ticket_id, note_id=row["id"])
    await record(tx, fact, actor=actor, ticket_id=ticket_id)
    return row


async def tell_emergency(tx: Tx, actor: str, ticket_id: UUID, service: str) -> Any:
    """It is on record that 120, 110, 119 or 122 was told, by whom and when."""
    await repository.lock(tx, ticket_id)
    row = await SQL.tell_emergency(
        tx.connection, ticket_id=ticket_id, service=service, told_by=actor
    )
    fact = EmergencyTold(ticket_id=ticket_id, service=service)
    await record(tx, fact, actor=actor, ticket_id=ticket_id)
    return row
