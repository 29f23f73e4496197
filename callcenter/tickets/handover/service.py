"""Handing over at the shift's end. Locks: every ticket that is touched, by id, before any alarm."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from callcenter.db.events import record
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.staff import alarms
from callcenter.staff import repository as staff
from callcenter.staff.errors import StaffNotFound
from callcenter.staff.model import StaffUser
from callcenter.staff.roles import ROLES
from callcenter.tickets import repository as tickets
from callcenter.tickets import service as ticket_verbs
from callcenter.tickets.errors import AssigneeUnknown
from callcenter.tickets.handover.errors import (
    HandoverNotFound,
    HandoverToOneself,
    NotTheReceiver,
    ReceiverCannotTake,
)
from callcenter.tickets.handover.events import HandoverMade, HandoverSeen
from callcenter.tickets.model import ENDED, Ticket
from callcenter.web.permission import Permission

SQL = load_queries(__file__)

Why = Literal["not_held", "ended"]


@dataclass
class Handed:
    """What changed hands, and what did not: somebody was faster, or it had ended."""

    made: list[UUID] = field(default_factory=list)
    left: dict[UUID, Why] = field(default_factory=dict)


async def hand_over(
    tx: Tx,
    actor: str,
    *,
    from_id: UUID,
    to_id: UUID,
    ticket_ids: Collection[UUID],
    alarm_ids: Collection[UUID],
    note: str = "",
) -> Handed:
    """What this colleague holds of these is the other's from now on, each with the note.

    Raises AssigneeUnknown, HandoverToOneself, ReceiverCannotTake, TicketNotFound.
    """
    await _receiver(tx, from_id, to_id, with_alarms=bool(alarm_ids))
    about = await SQL.tickets_of_alarms(tx.connection, alarm_ids=list(alarm_ids))
    every = {*ticket_ids, *(row["ticket_id"] for row in about)}
    locked = {one: await tickets.lock(tx, one) for one in sorted(every)}
    handed, between = Handed(), {"from_id": from_id, "to_id": to_id}
    for ticket_id in sorted({*ticket_ids}):
        why = _why_not(locked[ticket_id], from_id)
        if why:
            handed.left[ticket_id] = why
            continue
        await ticket_verbs.assign(tx, actor, ticket_id, to_id)
        made = await _keep(tx, actor, note, about=ticket_id, ticket_id=ticket_id, **between)
        handed.made.append(made)
    for alarm_id in sorted({*alarm_ids}):
        alarm = await alarms.hand_on(tx, actor, alarm_id, from_id=from_id, to_id=to_id)
        if alarm is None:
            handed.left[alarm_id] = "not_held"
            continue
        made = await _keep(tx, actor, note, about=alarm.ticket_id, alarm_id=alarm_id, **between)
        handed.made.append(made)
    return handed


async def see(tx: Tx, actor: str, handover_id: UUID, *, for_others: bool) -> Any:
    """The receiver knows of it; said again, nothing changes. `for_others`: a supervisor may say it
    in the receiver's place. Raises HandoverNotFound, NotTheReceiver."""
    row = await get(tx, handover_id)
    if actor != f"staff:{row['to_id']}" and not for_others:
        raise NotTheReceiver(name=row["to_name"])
    seen = await SQL.see_handover(tx.connection, id=handover_id, seen_by=actor)
    if seen is not None:
        fact = HandoverSeen(handover_id=handover_id)
        await record(tx, fact, actor=actor, ticket_id=seen["ticket_id"])
    return await get(tx, handover_id)


async def get(tx: Tx, handover_id: UUID) -> Any:
    """The handover with its names; raises HandoverNotFound."""
    rows = await SQL.handovers_by_id(tx.connection, ids=[handover_id])
    if not rows:
        raise HandoverNotFound
    return rows[0]


async def _receiver(tx: Tx, from_id: UUID, to_id: UUID, *, with_alarms: bool) -> None:
    if from_id == to_id:
        raise HandoverToOneself
    to, _ = [await _colleague(tx, one) for one in (to_id, from_id)]
    held = ROLES[to.role]
    if not to.active or Permission.TICKETS_READ not in held:
        raise AssigneeUnknown
    if with_alarms and Permission.ALARMS_TAKE not in held:
        raise ReceiverCannotTake(name=to.name)


async def _colleague(tx: Tx, staff_id: UUID) -> StaffUser:
    try:
        return await staff.get(tx, staff_id)
    except StaffNotFound:
        raise AssigneeUnknown from None


def _why_not(ticket: Ticket, from_id: UUID) -> Why | None:
    if ticket.stage in ENDED:
        return "ended"
    return None if ticket.assignee_id == from_id else "not_held"


async def _keep(
    tx: Tx,
    actor: str,
    note: str,
    *,
    about: UUID | None,
    from_id: UUID,
    to_id: UUID,
    ticket_id: UUID | None = None,
    alarm_id: UUID | None = None,
) -> UUID:
    subject = {"ticket_id": ticket_id, "alarm_id": alarm_id}
    await SQL.pass_handover(tx.connection, **subject)
    names = {"from_id": from_id, "to_id": to_id}
    made: UUID = await SQL.insert_handover(
        tx.connection, id=new_id(), note=note, made_by=actor, **subject, **names
    )
    fact = HandoverMade(handover_id=made, alarm_id=alarm_id, **names)
    await record(tx, fact, actor=actor, ticket_id=about)
    return made
