"""The verbs of a call. The carrier speaks to the same ones, whatever carries the voice."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from callcenter.calls.errors import CallHasTicket, CallMoveRefused, CallNotFound
from callcenter.calls.events import CallAnswered, CallAttached, CallEnded, CallRinging
from callcenter.calls.model import Call, CallState, EndReason
from callcenter.db.events import record
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.tickets import repository as tickets
from callcenter.tickets import service as ticket_verbs
from callcenter.tickets.model import Ticket

SQL = load_queries(__file__)


async def ring(tx: Tx, actor: str, carrier_ref: str, caller: str | None) -> Call:
    """Written at the first ring; the carrier's second word about it changes nothing."""
    row = await SQL.ring(tx.connection, id=new_id(), carrier_ref=carrier_ref, caller=caller)
    call = _call_of(row)
    if row["is_new"]:
        await record(tx, CallRinging(call_id=call.id), actor=actor)
    return call


async def answer(tx: Tx, actor: str, call_id: UUID, staff_id: UUID | None) -> Call:
    """A person has picked up."""
    row = await SQL.answer(tx.connection, id=call_id, staff_id=staff_id)
    if row is None:
        raise CallMoveRefused(state=(await get(tx, call_id)).state.value)
    await record(tx, CallAnswered(call_id=call_id), actor=actor)
    return _call_of(row)


async def end(tx: Tx, actor: str, call_id: UUID, reason: EndReason) -> Call:
    """The line is closed; ending it twice is refused."""
    row = await SQL.end_call(tx.connection, id=call_id, reason=reason.value)
    if row is None:
        raise CallMoveRefused(state=(await get(tx, call_id)).state.value)
    await record(tx, CallEnded(call_id=call_id, reason=reason.value), actor=actor)
    return _call_of(row)


async def open_ticket(tx: Tx, actor: str, call_id: UUID, fields: dict[str, Any]) -> Ticket:
    """A new ticket out of this call; the caller's number goes with it."""
    call = await _lock(tx, call_id)
    if call.ticket_id is not None:
        raise CallHasTicket
    if not fields.get("caller_phone"):
        fields["caller_phone"] = call.caller
    ticket = await ticket_verbs.open_ticket(tx, actor, **fields)
    await _attach(tx, actor, call_id, ticket.id)
    return ticket


async def attach(tx: Tx, actor: str, call_id: UUID, ticket_id: UUID) -> Call:
    """The call is about a ticket there is already."""
    await tickets.get(tx, ticket_id)
    await _lock(tx, call_id)
    return await _attach(tx, actor, call_id, ticket_id)


async def get(tx: Tx, call_id: UUID) -> Call:
    """The call; raises CallNotFound."""
    row = await SQL.get_call(tx.connection, id=call_id)
    if row is None:
        raise CallNotFound
    return _call_of(row)


async def listed(
    tx: Tx, *, limit: int, live: bool, before: tuple[Any, UUID] | None
) -> Sequence[Call]:
    """Newest first."""
    rows = await SQL.list_calls(
        tx.connection,
        limit=limit,
        live=live,
        before_at=before[0] if before else None,
        before_id=before[1] if before else None,
    )
    return [_call_of(row) for row in rows]


async def _lock(tx: Tx, call_id: UUID) -> Call:
    row = await SQL.lock_call(tx.connection, id=call_id)
    if row is None:
        raise CallNotFound
    return _call_of(row)


async def _attach(tx: Tx, actor: str, call_id: UUID, ticket_id: UUID) -> Call:
    row = await SQL.attach_ticket(tx.connection, id=call_id, ticket_id=ticket_id)
    fact = CallAttached(call_id=call_id, ticket_id=ticket_id)
    await record(tx, fact, actor=actor, ticket_id=ticket_id)
    return _call_of(row)


def _call_of(row: Any) -> Call:
    fields = {name: row[name] for name in Call.__dataclass_fields__}
    return Call(**(fields | {"state": CallState(row["state"])}))
