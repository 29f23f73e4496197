"""Which ticket goes on for which: written down, followed, undone. Nothing of either is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.tickets import repository, service
from callcenter.tickets.errors import NotMerged, SameTicket
from callcenter.tickets.events import MergeUndone, TicketMerged, TicketTookOver, ToldApart
from callcenter.tickets.model import Stage, Ticket
from callcenter.tickets.particulars import RescueParticulars

SQL = repository.SQL


@dataclass(frozen=True)
class Merge:
    """One row of `ticket_merges`; `undone_at` when the two were not the same after all."""

    id: UUID
    survivor_id: UUID
    merged_id: UUID
    stage_before: Stage
    reason: str
    merged_by: str
    merged_at: datetime
    undo_reason: str | None
    undone_by: str | None
    undone_at: datetime | None


async def lock_both(tx: Tx, one_id: UUID, other_id: UUID) -> tuple[Ticket, Ticket]:
    """Both tickets locked, in the order of their ids, whichever is named first: two merges of one
    pair never wait for each other. Raises SameTicket or TicketNotFound."""
    if one_id == other_id:
        raise SameTicket
    locked = {id: await repository.lock(tx, id) for id in sorted((one_id, other_id))}
    return locked[one_id], locked[other_id]


async def keep_merge(
    tx: Tx, actor: str, survivor: Ticket, merged: Ticket, reason: str, *, stage_before: Stage
) -> Merge:
    """Written on both timelines; what was more urgent about the merged one holds for both."""
    row = await SQL.insert_merge(
        tx.connection,
        id=new_id(),
        survivor_id=survivor.id,
        merged_id=merged.id,
        stage_before=stage_before.value,
        reason=reason,
        merged_by=actor,
    )
    merge = _merge_of(row)
    fact = TicketMerged(ticket_id=merged.id, survivor_id=survivor.id, merge_id=merge.id)
    await record(tx, fact, actor=actor, ticket_id=merged.id)
    took = TicketTookOver(ticket_id=survivor.id, merged_id=merged.id, merge_id=merge.id)
    await record(tx, took, actor=actor, ticket_id=survivor.id)
    if changes := more_urgent(survivor, merged):
        await service.edit_ticket(tx, actor, survivor, changes)
    return merge


def more_urgent(survivor: Ticket, merged: Ticket) -> dict[str, Any]:
    """What the survivor must take over: danger, the expressway, the greater number of people."""
    changes: dict[str, Any] = {
        name: True
        for name in ("danger", "expressway")
        if getattr(merged, name) and not getattr(survivor, name)
    }
    here, there = (RescueParticulars.model_validate(t.particulars) for t in (survivor, merged))
    if (there.passengers or 0) > (here.passengers or 0):
        changes["particulars"] = {"passengers": there.passengers}
    return changes


async def live_merge(tx: Tx, ticket: Ticket) -> Merge:
    """The merge that this ticket ended with; raises NotMerged."""
    row = await SQL.live_merge_of(tx.connection, merged_id=ticket.id)
    if row is None:
        raise NotMerged(number=ticket.number)
    return _merge_of(row)


async def keep_undo(tx: Tx, actor: str, merge: Merge, merged: Ticket, reason: str) -> Ticket:
    """The merged ticket is opened again, on both timelines; the two are not proposed again."""
    row = await SQL.undo_merge(tx.connection, id=merge.id, undone_by=actor, reason=reason)
    if row is None:
        raise NotMerged(number=merged.number)
    opened = await service.move(tx, actor, merged, Stage.OPENED)
    for ticket_id in (merge.survivor_id, merge.merged_id):
        fact = MergeUndone(
            ticket_id=ticket_id, survivor_id=merge.survivor_id, merged_id=merge.merged_id
        )
        await record(tx, fact, actor=actor, ticket_id=ticket_id)
    await _keep_apart(tx, actor, merge.survivor_id, merge.merged_id)
    return opened


async def tell_apart(tx: Tx, actor: str, one_id: UUID, other_id: UUID) -> None:
    """A person says that these are two breakdowns: they are not proposed again. Twice is once."""
    await lock_both(tx, one_id, other_id)
    await _keep_apart(tx, actor, one_id, other_id)


async def merges_into(tx: Tx, survivor_id: UUID) -> Sequence[Merge]:
    """Every merge into this ticket, undone ones too, oldest first."""
    rows = await SQL.merges_into(tx.connection, survivor_id=survivor_id)
    return [_merge_of(row) for row in rows]


async def _keep_apart(tx: Tx, actor: str, one_id: UUID, other_id: UUID) -> None:
    first, second = sorted((one_id, other_id))
    row = await SQL.tell_apart(tx.connection, one_id=first, other_id=second, told_apart_by=actor)
    if row is None:
        return
    for ticket_id, other in ((first, second), (second, first)):
        fact = ToldApart(ticket_id=ticket_id, other_id=other)
        await record(tx, fact, actor=actor, ticket_id=ticket_id)


def _merge_of(row: Any) -> Merge:
    return Merge(**(dict(row) | {"stage_before": Stage(row["stage_before"])}))
