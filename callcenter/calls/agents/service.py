"""The verbs of a seat. What they mean for the queue is the business of `calls.contacts`."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from callcenter.calls.agents import model, repository
from callcenter.calls.agents.errors import NoCallsForRole
from callcenter.calls.agents.events import ProfileChanged, SeatChanged
from callcenter.calls.agents.model import Offer, Profile, Seat
from callcenter.db.events import record
from callcenter.db.transaction import Tx


async def take_seat(tx: Tx, actor: str, staff_id: UUID, offer: Offer) -> Seat:
    """The agent is at the hotline and offers this; who has a seat already wishes for it.

    Raises NoCallsForRole, SeatInContact.
    """
    if not (await repository.profile(tx, staff_id)).groups:
        raise NoCallsForRole
    seat, is_new = await repository.take(tx, staff_id, offer)
    if is_new:
        await _tell(tx, actor, seat)
        return seat
    if seat.lost:
        seat = await change(tx, actor, seat, model.back)
    return await change(tx, actor, seat, lambda one, now: model.wish_for(one, offer, now))


async def change(tx: Tx, actor: str, seat: Seat, move: Callable[[Seat, datetime], Seat]) -> Seat:
    """One move of a seat that the caller has locked; raises what the move raises."""
    after = move(seat, await tx.now())
    if after != seat:
        await repository.keep(tx, seat, after)
        await _tell(tx, actor, after)
    return after


async def beat(tx: Tx, staff_id: UUID) -> bool:
    """His browser is there; answers whether the seat had been given up for lost.

    A beat that a crash forgets is made good by the next: the commit is not waited for.
    """
    await tx.connection.execute("set local synchronous_commit to off")
    row = await repository.SQL.beat(tx.connection, staff_id=staff_id)
    return row is not None and bool(row["lost"])


async def keep_profile(tx: Tx, actor: str, staff_id: UUID, profile: Profile) -> None:
    """Which calls he can take, from the next pick on."""
    await repository.SQL.keep_profile(
        tx.connection,
        staff_id=staff_id,
        groups=sorted(profile.groups),
        languages=sorted(profile.languages),
        skills=sorted(profile.skills),
    )
    await record(tx, ProfileChanged(staff_id=staff_id), actor=actor)


async def _tell(tx: Tx, actor: str, seat: Seat) -> None:
    fact = SeatChanged(
        staff_id=seat.staff_id,
        availability=seat.offer.availability.value,
        contact=seat.contact.value,
        lost=seat.lost,
    )
    await record(tx, fact, actor=actor)
