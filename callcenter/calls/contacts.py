"""What a call, its place in the queue and the agent's seat do together: carrier's and desk's verbs.

Locks: the call, its place, the seat; a pick comes last.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from callcenter.calls import service as calls
from callcenter.calls.agents import model as seats
from callcenter.calls.agents import repository as seat_rows
from callcenter.calls.agents import service as agents
from callcenter.calls.agents.errors import SeatMoveRefused
from callcenter.calls.agents.model import AwayReason, Contact, Offer, Seat
from callcenter.calls.errors import CallMoveRefused
from callcenter.calls.model import (
    NOT_REACHED,
    Call,
    CallState,
    Direction,
    Disposition,
    EndReason,
)
from callcenter.calls.queue import model as queue_model
from callcenter.calls.queue import repository as queue_rows
from callcenter.calls.queue import service as queue
from callcenter.calls.queue.errors import PlaceNotFound, PlaceNotYours
from callcenter.calls.queue.model import CallBackReason, PlaceKind, PlaceState
from callcenter.db.transaction import Tx
from callcenter.settings import QueueSettings


async def offer_myself(
    tx: Tx, actor: str, staff_id: UUID, offer: Offer, rules: QueueSettings
) -> Seat:
    """The agent's wish; whoever waits for him rings at once. Raises what the seat raises."""
    seat = await agents.take_seat(tx, actor, staff_id, offer)
    return await _perhaps_rung(tx, seat, rules)


async def pick_up(tx: Tx, actor: str, call_id: UUID, staff_id: UUID | None) -> Call:
    """The agent takes the call; one of ours is dialled from now on, and answered by `connected`.

    What rings at one agent is not another's. Raises CallMoveRefused, PlaceNotYours,
    SeatMoveRefused.
    """
    call = await calls.lock(tx, call_id)
    if call.state is not CallState.RINGING:
        raise CallMoveRefused(state=call.state.value)
    place = await queue_rows.lock_place_of_call(tx, call_id)
    if place is not None and place["offered_to"] not in (None, staff_id):
        raise PlaceNotYours
    await talks(tx, actor, call_id, staff_id)
    if call.direction is Direction.OUTBOUND:
        return await calls.dialled(tx, actor, call)
    if place is not None:
        await queue.leave(tx, actor, place, PlaceState.ANSWERED)
    return await calls.answer(tx, actor, call_id, staff_id)


async def connected(tx: Tx, actor: str, call_id: UUID) -> Call:
    """The other end of a call of ours has picked up. Raises CallMoveRefused."""
    await calls.lock(tx, call_id)
    place = await queue_rows.lock_place_of_call(tx, call_id)
    seat = await seat_rows.lock_of_call(tx, call_id)
    if place is not None:
        await queue.leave(tx, actor, place, PlaceState.ANSWERED)
    return await calls.answer(tx, actor, call_id, seat.staff_id if seat else None)


async def end(tx: Tx, actor: str, call_id: UUID, reason: EndReason, rules: QueueSettings) -> Call:
    """The line is closed: the place is left, the agent writes up or is free again.

    Who hung up while he waited, or was lost, is called back. Raises CallMoveRefused.
    """
    await calls.lock(tx, call_id)
    place = await queue_rows.lock_place_of_call(tx, call_id)
    seat = await seat_rows.lock_of_call(tx, call_id)
    ended = await calls.end(tx, actor, call_id, reason)
    if seat is not None:
        talked = ended.answered_at is not None and seat.contact is Contact.TALKING
        await agents.change(tx, actor, seat, seats.hung_up if talked else seats.released)
    if place is not None and place["kind"] == PlaceKind.CALL:
        await _dropped_out(tx, actor, place, reason)
    elif place is not None:
        await _not_reached(tx, actor, place, reason, rules)
    elif reason is EndReason.LINE_LOST:
        await _lost(tx, actor, call_id)
    if seat is not None or place is not None:
        await queue.look(tx, rules)
    return ended


async def ask_call_back(tx: Tx, actor: str, call_id: UUID, rules: QueueSettings) -> Call:
    """The caller would rather be called back, in the place he has: the line is closed.

    Raises PlaceNotFound when he is in no queue, CallBackNeedsNumber.
    """
    await calls.lock(tx, call_id)
    place = await queue_rows.lock_place_of_call(tx, call_id)
    if place is None or place["kind"] != PlaceKind.CALL:
        raise PlaceNotFound
    await queue.keep_call_back(tx, actor, place, CallBackReason.ASKED)
    await queue.leave(tx, actor, place, PlaceState.CALLED_BACK)
    return await end(tx, actor, call_id, EndReason.CALL_BACK_ASKED, rules)


async def pass_on(
    tx: Tx, actor: str, call_id: UUID, staff_id: UUID, why: AwayReason, rules: QueueSettings
) -> Seat:
    """What rings at him goes to another, and he is away. Raises PlaceNotYours."""
    await calls.lock(tx, call_id)
    place = await queue_rows.lock_place_of_call(tx, call_id)
    if place is None or place["offered_to"] != staff_id:
        raise PlaceNotYours
    await _to_another(tx, actor, place, seats.released, "passed_on")
    seat = await agents.take_seat(tx, actor, staff_id, Offer(seats.Availability.AWAY, why))
    await queue.look(tx, rules)
    return seat


async def not_taken(tx: Tx, entry_id: UUID, offers: int, rules: QueueSettings) -> None:
    """It rang to the end at an agent: another is asked, and he is away until he says otherwise."""
    seen = await queue_rows.SQL.get_place(tx.connection, id=entry_id)
    await calls.lock(tx, seen["dial_id"] or seen["call_id"])
    place = await queue_rows.SQL.lock_place(tx.connection, id=entry_id)
    if (place["state"], place["offers"]) != (PlaceState.OFFERED, offers):
        return
    seat = await seat_rows.get(tx, place["offered_to"])
    # A call-back is on offer still while the agent dials it.
    if seat.contact is Contact.OFFERED:
        await _to_another(tx, queue.ACTOR, place, seats.missed, "not_taken")
        await queue.look(tx, rules)


async def opened(tx: Tx, entry_id: UUID, rules: QueueSettings) -> None:
    """More agents may be rung for this place from now on; or it is time to leave the house."""
    await queue.look(tx, rules)
    row = await queue_rows.SQL.lock_place(tx.connection, id=entry_id)
    if row["state"] != PlaceState.WAITING:
        return
    place = queue_rows.place_of(row)
    if queue_model.goes_outside(place, await queue_rows.groups(tx), await tx.now()):
        await queue.leave(tx, queue.ACTOR, row, PlaceState.OUTSIDE)
    else:
        await queue.look_when_it_opens(tx, place)


async def lose(tx: Tx, staff_id: UUID, call_id: UUID | None, rules: QueueSettings) -> None:
    """His browser was not heard of in time: he is out, what rings at him goes to another."""
    if call_id is not None:
        await calls.lock(tx, call_id)
    place = await queue_rows.lock_place_of_call(tx, call_id) if call_id else None
    seat = await seat_rows.lock_silent(tx, staff_id, timedelta(seconds=rules.silence_s))
    if seat is None:
        return
    await agents.change(tx, queue.ACTOR, seat, seats.lost)
    if seat.contact is Contact.OFFERED and place is not None and seat.call_id == call_id:
        await _to_another(tx, queue.ACTOR, place, seats.released, "lost")
        await queue.look(tx, rules)


async def beat(tx: Tx, actor: str, staff_id: UUID, rules: QueueSettings) -> None:
    """The agent's browser is there; one that was lost is back with all as it was."""
    if await agents.beat(tx, staff_id):
        seat = await seat_rows.lock(tx, staff_id)
        await _perhaps_rung(tx, await agents.change(tx, actor, seat, seats.back), rules)


async def wrap_up(
    tx: Tx,
    actor: str,
    staff_id: UUID,
    disposition: Disposition,
    note: str | None,
    rules: QueueSettings,
) -> Seat:
    """Written up, with what came of it; what the agent wished for begins.

    Raises SeatMissing, SeatMoveRefused.
    """
    seen = await seat_rows.get(tx, staff_id)
    if seen.call_id is not None:
        await calls.lock(tx, seen.call_id)
    seat = await seat_rows.lock(tx, staff_id)
    if seat.call_id is None or seat.call_id != seen.call_id:
        raise SeatMoveRefused(contact=seat.contact.value)
    after = await agents.change(tx, actor, seat, seats.wrapped_up)
    await calls.dispose(tx, actor, seat.call_id, disposition, note)
    return await _perhaps_rung(tx, after, rules)


async def _perhaps_rung(tx: Tx, seat: Seat, rules: QueueSettings) -> Seat:
    if not seat.may_be_rung:
        return seat
    await queue.look(tx, rules)
    return await seat_rows.get(tx, seat.staff_id)


async def talks(tx: Tx, actor: str, call_id: UUID, staff_id: UUID | None) -> None:
    """He is in this call from now on. Who has no seat at the hotline may take one all the same: a
    desk without a telephone. Raises SeatMoveRefused."""
    row = await seat_rows.SQL.lock_seat(tx.connection, staff_id=staff_id) if staff_id else None
    if row is not None and row["availability"] != seats.Availability.SIGNED_OUT:
        seat = seat_rows.seat_of(row)
        await agents.change(tx, actor, seat, lambda one, now: seats.talks(one, call_id, now))


async def _to_another(tx: Tx, actor: str, place: Any, move: Any, why: str) -> None:
    """An offered place waits again; of a call-back, the call that was not dialled is closed."""
    seat = await seat_rows.lock(tx, place["offered_to"])
    await agents.change(tx, actor, seat, move)
    if place["dial_id"] is not None:
        await calls.end(tx, actor, place["dial_id"], EndReason.NOT_DIALLED)
    await queue.wait_again(tx, actor, place, why)


async def _dropped_out(tx: Tx, actor: str, place: Any, reason: EndReason) -> None:
    if reason is EndReason.WENT_OUTSIDE:
        await queue.leave(tx, actor, place, PlaceState.OUTSIDE)
        return
    await queue.leave(tx, actor, place, PlaceState.ABANDONED)
    lost = reason is EndReason.LINE_LOST
    why = CallBackReason.LINE_LOST if lost else CallBackReason.DROPPED_OUT
    await _call_back_if_known(tx, actor, place, why)


async def _lost(tx: Tx, actor: str, call_id: UUID) -> None:
    """In the middle of a talk: he is next again in the group that he had reached."""
    for place in (await queue_rows.SQL.places_of_call(tx.connection, call_id=call_id))[-1:]:
        await _call_back_if_known(tx, actor, place, CallBackReason.LINE_LOST)


async def _call_back_if_known(tx: Tx, actor: str, place: Any, why: CallBackReason) -> None:
    if place["caller"] is not None:
        await queue.keep_call_back(tx, actor, place, why)


async def _not_reached(
    tx: Tx, actor: str, place: Any, reason: EndReason, rules: QueueSettings
) -> None:
    """A call-back nobody took rests, and is given up after so many."""
    missed = reason in NOT_REACHED
    if missed and place["attempts"] + 1 >= rules.call_back_attempts:
        await queue.leave(tx, actor, place, PlaceState.GIVEN_UP)
        return
    rest = timedelta(seconds=rules.call_back_pause_s)
    not_before = await tx.now() + rest if missed else None
    await queue.wait_again(tx, actor, place, reason.value, not_before=not_before)
