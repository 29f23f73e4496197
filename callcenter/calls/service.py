"""The verbs of a call. The carrier speaks to the same ones, whatever carries the voice."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from callcenter.calls.errors import CallHasTicket, CallMoveRefused, CallNotFound
from callcenter.calls.events import (
    CallAnswered,
    CallAttached,
    CallDialled,
    CallDisposed,
    CallEnded,
    CallGreeted,
    CallHandedOver,
    CallRinging,
)
from callcenter.calls.model import Call, CallState, Direction, Disposition, EndReason
from callcenter.customers import service as customers
from callcenter.db.events import record
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.tickets import repository as tickets
from callcenter.tickets import service as ticket_verbs
from callcenter.tickets.model import Ticket

SQL = load_queries(__file__)


async def ring(
    tx: Tx,
    actor: str,
    carrier_ref: str,
    caller: str | None,
    caller_words: str | None = None,
    *,
    state: Literal[CallState.MENU, CallState.RINGING] = CallState.RINGING,
) -> Call:
    """Written at the first ring; the carrier's second word about it changes nothing.

    `caller_words` is what it said about the caller where no number can be read in it.
    """
    row = await SQL.ring(
        tx.connection, id=new_id(), carrier_ref=carrier_ref, caller=caller, state=state.value
    )
    if not row["is_new"]:
        return _call_of(row)
    if caller_words is not None:
        row = await SQL.keep_caller_words(tx.connection, id=row["id"], caller_words=caller_words)
    began = CallGreeted if state is CallState.MENU else CallRinging
    await record(tx, began(call_id=row["id"]), actor=actor)
    return _call_of(row)


async def ring_through(tx: Tx, actor: str, call_id: UUID) -> Call:
    """Desks may be rung for it from now on; one that rings already stays as it is.

    Raises CallMoveRefused when it has ended.
    """
    row = await SQL.ring_through(tx.connection, id=call_id)
    if row is None:
        call = await get(tx, call_id)
        if call.state is not CallState.RINGING:
            raise CallMoveRefused(state=call.state.value)
        return call
    await record(tx, CallRinging(call_id=call_id), actor=actor)
    return _call_of(row)


async def dial(tx: Tx, actor: str, number: str, language: str) -> Call:
    """A call of ours: written before anybody dials."""
    call_id = new_id()
    row = await SQL.dial(
        tx.connection, id=call_id, carrier_ref=f"dial:{call_id}", caller=number, language=language
    )
    return _call_of(row)


async def dialled(tx: Tx, actor: str, call: Call) -> Call:
    """An agent wants the number of this call of ours dialled now."""
    await record(tx, CallDialled(call_id=call.id), actor=actor)
    return call


async def speak(tx: Tx, call_id: UUID, language: str) -> None:
    """The language the caller chose."""
    await SQL.speak(tx.connection, id=call_id, language=language)


async def dispose(
    tx: Tx, actor: str, call_id: UUID, disposition: Disposition, note: str | None
) -> Call:
    """What came of it; said again, the last word counts. Raises CallNotFound."""
    row = await SQL.dispose(
        tx.connection, id=call_id, disposition=disposition.value, disposition_note=note
    )
    if row is None:
        raise CallNotFound
    await record(tx, CallDisposed(call_id=call_id, disposition=disposition.value), actor=actor)
    return _call_of(row)


async def answer(tx: Tx, actor: str, call_id: UUID, staff_id: UUID | None) -> Call:
    """A person has picked up; raises CallMoveRefused when somebody has, or the line is closed."""
    row = await SQL.answer(tx.connection, id=call_id, staff_id=staff_id)
    if row is None:
        raise CallMoveRefused(state=(await get(tx, call_id)).state.value)
    await record(tx, CallAnswered(call_id=call_id), actor=actor)
    return _call_of(row)


async def hand_over(tx: Tx, actor: str, call_id: UUID, staff_id: UUID | None) -> Call:
    """Another has the caller now; None: nobody of the house. Raises CallMoveRefused."""
    row = await SQL.hand_over(tx.connection, id=call_id, staff_id=staff_id)
    if row is None:
        raise CallMoveRefused(state=(await get(tx, call_id)).state.value)
    await record(tx, CallHandedOver(call_id=call_id, staff_id=staff_id), actor=actor)
    return _call_of(row)


async def end(tx: Tx, actor: str, call_id: UUID, reason: EndReason) -> Call:
    """The line is closed; ending it twice is refused."""
    row = await SQL.end_call(tx.connection, id=call_id, reason=reason.value)
    if row is None:
        raise CallMoveRefused(state=(await get(tx, call_id)).state.value)
    await record(tx, CallEnded(call_id=call_id, reason=reason.value), actor=actor)
    return _call_of(row)


async def open_ticket(tx: Tx, actor: str, call_id: UUID, fields: dict[str, Any]) -> Ticket:
    """A new ticket out of this call; the caller's number goes with it. Raises CallHasTicket.

    Whose number nobody has becomes an owner here, so that his next ring finds him. A number that
    several share belongs to none of them until a person has chosen; a drill's callers are made up.
    """
    call = await lock(tx, call_id)
    if call.ticket_id is not None:
        raise CallHasTicket
    fields["caller_phone"] = fields.get("caller_phone") or call.caller
    if fields["caller_phone"] and not fields.get("owner_id") and not fields.get("drill"):
        fields["owner_id"] = await customers.add_unknown_caller(
            tx,
            actor,
            fields["caller_phone"],
            name=fields.get("caller_name"),
            language=fields.get("language", "zh"),
        )
    ticket = await ticket_verbs.open_ticket(tx, actor, **fields)
    await _attach(tx, actor, call, ticket.id)
    return ticket


async def attach(tx: Tx, actor: str, call_id: UUID, ticket_id: UUID) -> Call:
    """The call is about a ticket there is already; raises CallHasTicket when it has another."""
    await tickets.get(tx, ticket_id)
    call = await lock(tx, call_id)
    if call.ticket_id not in (None, ticket_id):
        raise CallHasTicket
    return await _attach(tx, actor, call, ticket_id)


async def get(tx: Tx, call_id: UUID) -> Call:
    """The call; raises CallNotFound."""
    row = await SQL.get_call(tx.connection, id=call_id)
    if row is None:
        raise CallNotFound
    return _call_of(row)


async def listed(
    tx: Tx,
    *,
    limit: int,
    live: bool,
    before: tuple[Any, UUID] | None,
    owner_id: UUID | None = None,
    caller: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Sequence[Call]:
    """Newest first; of one owner those about his tickets, and his numbers' that have none."""
    before_at, before_id = before or (None, None)
    page = {"limit": limit, "before_at": before_at, "before_id": before_id}
    days = {"since": since, "until": until}
    if owner_id is not None:
        rows = await SQL.calls_of_owner(tx.connection, owner_id=owner_id, live=live, **days, **page)
    elif caller is not None:
        rows = await SQL.calls_of_number(tx.connection, caller=caller, live=live, **days, **page)
    elif since is not None or until is not None:
        rows = await SQL.calls_between(tx.connection, live=live, **days, **page)
    elif live:
        rows = await SQL.list_live_calls(tx.connection, **page)
    else:
        rows = await SQL.list_calls(tx.connection, **page)
    return [_call_of(row) for row in rows]


async def lock(tx: Tx, call_id: UUID) -> Call:
    """The call, locked; raises CallNotFound."""
    row = await SQL.lock_call(tx.connection, id=call_id)
    if row is None:
        raise CallNotFound
    return _call_of(row)


async def _attach(tx: Tx, actor: str, call: Call, ticket_id: UUID) -> Call:
    row = await SQL.attach_ticket(tx.connection, id=call.id, ticket_id=ticket_id)
    if call.ticket_id is None:
        fact = CallAttached(call_id=call.id, ticket_id=ticket_id)
        await record(tx, fact, actor=actor, ticket_id=ticket_id)
    return _call_of(row)


def _call_of(row: Any) -> Call:
    fields = {name: row[name] for name in Call.__dataclass_fields__}
    words = {"state": CallState(row["state"]), "direction": Direction(row["direction"])}
    said = Disposition(row["disposition"]) if row["disposition"] else None
    return Call(**(fields | words | {"disposition": said}))
