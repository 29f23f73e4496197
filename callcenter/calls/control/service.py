"""The verbs of call control. The switch's side performs them and says how it went."""

from uuid import UUID

from callcenter.calls import contacts
from callcenter.calls import service as calls
from callcenter.calls.agents import repository as seats
from callcenter.calls.agents.model import Contact
from callcenter.calls.control import repository
from callcenter.calls.control.errors import CalleeMissing, CallNotOnSwitch, NotYourCall
from callcenter.calls.control.events import CallOrdered, OrderDone, OrderRefused
from callcenter.calls.control.model import (
    SUPERVISED,
    TO_SOMEBODY,
    Callee,
    Order,
    OrderState,
    Party,
    Verb,
)
from callcenter.calls.model import Call
from callcenter.customers import service as customers
from callcenter.db.events import record
from callcenter.db.transaction import Tx


async def order(
    tx: Tx, actor: str, call_id: UUID, staff_id: UUID, verb: Verb, callee: Callee | None
) -> Order:
    """Written, for the switch to do. Raises CallNotFound, CallNotOnSwitch, NotYourCall,
    CalleeMissing."""
    if (callee is None) == (verb in TO_SOMEBODY):
        raise CalleeMissing
    if callee is not None and callee.party is Party.GROUP and verb is not Verb.TRANSFER:
        raise CalleeMissing
    await calls.get(tx, call_id)
    if not await repository.SQL.is_on_switch(tx.connection, call_id=call_id):
        raise CallNotOnSwitch
    seat = await seats.SQL.get_seat(tx.connection, staff_id=staff_id)
    talks = seat is not None and (seat["call_id"], seat["contact"]) == (call_id, Contact.TALKING)
    if talks == (verb in SUPERVISED):
        raise NotYourCall
    kept = await repository.add(tx, call_id, staff_id, verb, callee)
    listened = await _who_talks(tx, call_id) if verb in SUPERVISED else None
    fact = CallOrdered(call_id=call_id, order_id=kept.id, verb=verb.value, agent_id=listened)
    await record(tx, fact, actor=actor)
    return kept


async def done(tx: Tx, actor: str, order_id: UUID) -> None:
    """It is so now; said twice, nothing changes."""
    kept = await repository.close(tx, order_id, OrderState.DONE, None)
    if kept is not None:
        fact = OrderDone(call_id=kept.call_id, order_id=kept.id, verb=kept.verb.value)
        await record(tx, fact, actor=actor)


async def refused(tx: Tx, actor: str, order_id: UUID, why: str) -> None:
    """It could not be done; `why` is a code."""
    kept = await repository.close(tx, order_id, OrderState.REFUSED, why)
    if kept is not None:
        words = {"verb": kept.verb.value, "why": why}
        await record(tx, OrderRefused(call_id=kept.call_id, order_id=kept.id, **words), actor=actor)


async def dial(tx: Tx, actor: str, staff_id: UUID, callee: Callee, ticket_id: UUID | None) -> Call:
    """A call of the agent's own: his phone rings first, then the number is dialled.

    Raises CalleeMissing for one without a number, SeatMissing, SeatMoveRefused.
    """
    if callee.number is None:
        raise CalleeMissing
    await seats.get(tx, staff_id)
    owners = await customers.find_by_phone(tx, callee.number)
    language = owners[0].language if owners else "zh"
    call = await calls.dial(tx, actor, callee.number, language)
    if ticket_id is not None:
        await calls.attach(tx, actor, call.id, ticket_id)
    return await contacts.pick_up(tx, actor, call.id, staff_id)


async def _who_talks(tx: Tx, call_id: UUID) -> UUID | None:
    row = await seats.SQL.seat_of_call(tx.connection, call_id=call_id)
    return row["staff_id"] if row else None
