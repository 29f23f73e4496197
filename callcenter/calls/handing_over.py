"""A caller goes from the agent who has him to another: a colleague, somebody outside, a group."""

from uuid import UUID

from callcenter.calls import service as calls
from callcenter.calls.agents import model as seats
from callcenter.calls.agents import repository as seat_rows
from callcenter.calls.agents import service as agents
from callcenter.calls.contacts import talks
from callcenter.calls.model import Call
from callcenter.calls.queue import service as queue
from callcenter.calls.queue.model import Urgency
from callcenter.db.transaction import Tx
from callcenter.settings import QueueSettings


async def hand_over(
    tx: Tx, actor: str, call_id: UUID, to: UUID | None, rules: QueueSettings
) -> Call:
    """The agent writes up; the caller speaks with the colleague, or with somebody outside.

    Raises CallMoveRefused, and SeatMoveRefused for a colleague who is in a contact.
    """
    await calls.lock(tx, call_id)
    seat = await seat_rows.lock_of_call(tx, call_id)
    if seat is not None:
        await agents.change(tx, actor, seat, seats.hung_up)
    await talks(tx, actor, call_id, to)
    handed = await calls.hand_over(tx, actor, call_id, to)
    if seat is not None:
        await queue.look(tx, rules)
    return handed


async def back_to_queue(
    tx: Tx, actor: str, call_id: UUID, group: str, urgency: Urgency, rules: QueueSettings
) -> None:
    """The agent writes up, the caller waits for whoever of the group is next.

    Raises CallMoveRefused, GroupUnknown.
    """
    await calls.lock(tx, call_id)
    seat = await seat_rows.lock_of_call(tx, call_id)
    if seat is not None:
        await agents.change(tx, actor, seat, seats.hung_up)
    call = await calls.ring_through(tx, actor, call_id)
    await queue.enter(
        tx, actor, call_id, rules, group=group, urgency=urgency, language=call.language
    )
