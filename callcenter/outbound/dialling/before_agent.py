"""What an agent must know of the owner he has before him, what he may ask him, and whom he has
promised to call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns import repository as campaigns
from callcenter.outbound.campaigns.plan_links import response_of
from callcenter.outbound.dialling import repository
from callcenter.outbound.dialling.errors import NothingToAsk, OwnerCallNotFound
from callcenter.outbound.dialling.model import OwnerCall
from callcenter.outbound.dialling.repository import SQL, call_of
from callcenter.outbound.dialling.whose import agents_calls
from callcenter.outbound.model import Touch
from callcenter.outbound.promises import service as promises
from callcenter.outbound.promises.times import times_of_touch
from callcenter.outbound.touches import service as touches
from callcenter.stations.bookings import service as bookings
from callcenter.stations.bookings.model import Booking

MOST_PROMISES = 50
MOST_COUNTED = 100
LOOKED_AT = 500


@dataclass(frozen=True)
class About:
    """Which car and ticket it is about; `survey_id`: what is to be asked; `promised_at`: when he
    was told that he would be called; `noted`: what was written down in the call before."""

    campaign: str
    vehicle_id: UUID | None
    ticket_id: UUID | None
    survey_id: UUID | None
    promised_at: datetime | None
    noted: str


@dataclass(frozen=True)
class PromiseTimes:
    """`spans`: from when to when it is allowed, by the clock of the owner's `zone`."""

    zone: str
    spans: Sequence[tuple[datetime, datetime]]


@dataclass(frozen=True)
class Promised:
    """A call that an agent has promised, and is still to make between `due_at` and
    `expires_at`."""

    id: UUID
    owner_id: UUID
    owner: str
    campaign: str
    due_at: datetime
    expires_at: datetime
    note: str


async def before_agent(tx: Tx, staff_id: UUID) -> OwnerCall | None:
    """The call that is at his seat, however it was begun; else the owner he looks at."""
    row = await SQL.owner_call_before_agent(tx.connection, staff_id=staff_id)
    return call_of(row) if row else None


async def about(tx: Tx, one: OwnerCall) -> About:
    """By its touch and the plan of its run."""
    touch = await touches.get(tx, one.touch_id)
    campaign = await campaigns.get(tx, one.campaign_id)
    return About(
        campaign=campaign.name,
        vehicle_id=touch.vehicle_id,
        ticket_id=touch.ticket_id,
        survey_id=(await campaigns.step_of(tx, touch)).survey_id,
        promised_at=await _promised_at(tx, touch),
        noted=await SQL.noted_of_touch(tx.connection, touch_id=touch.id) or "",
    )


async def survey_of_call(tx: Tx, staff_id: UUID, owner_call_id: UUID) -> UUID:
    """The response that this owner has in the run, to go on with; begun on whatever way.

    Raises OwnerCallNotFound, NothingToAsk, SurveyNotOpen.
    """
    one = await _his(tx, staff_id, owner_call_id)
    touch = await touches.get(tx, one.touch_id)
    survey_id = (await campaigns.step_of(tx, touch)).survey_id
    if survey_id is None:
        raise NothingToAsk
    return await response_of(tx, touch, survey_id, one.language)


async def book_in_call(
    tx: Tx, actor: str, staff_id: UUID, owner_call_id: UUID, fields: Mapping[str, Any]
) -> Booking:
    """His car is expected at a workshop, and this call has moved him to it.

    Raises OwnerCallNotFound and what `bookings.service.book` raises.
    """
    one = await _his(tx, staff_id, owner_call_id)
    whose = {"owner_id": one.owner_id, "touch_id": one.touch_id}
    return await bookings.book(tx, actor, **(dict(fields) | whose))


async def promised(tx: Tx, staff_id: UUID) -> Sequence[Promised]:
    """What he has promised, the next first; what nobody has called in time is not among it."""
    rows: Sequence[Any] = await SQL.promised_calls(
        tx.connection, staff_id=staff_id, limit=MOST_PROMISES
    )
    return [Promised(**dict(row)) for row in rows]


async def owners_due(tx: Tx, staff_id: UUID) -> int:
    """How many wait for this agent's call now, counted to `MOST_COUNTED`; a claim may find that
    some of them may not be called."""
    whose = await agents_calls(tx, staff_id)
    count: int = await SQL.owners_due(
        tx.connection,
        staff_id=staff_id,
        campaigns=list(whose.campaigns),
        groups=sorted(whose.groups),
        languages=None if whose.languages is None else sorted(whose.languages),
        most=MOST_COUNTED,
        looked_at=LOOKED_AT,
    )
    return count


async def next_due_at(tx: Tx, staff_id: UUID) -> datetime | None:
    """When somebody may be there to call again, where nobody is now: in the hours of his policy, or
    when his plan comes to a call."""
    whose = await agents_calls(tx, staff_id)
    at: datetime | None = await SQL.next_owner_due_at(
        tx.connection, campaigns=list(whose.campaigns)
    )
    return at


async def promise_times(tx: Tx, staff_id: UUID, owner_call_id: UUID, days: int) -> PromiseTimes:
    """When the owner before him may be promised a call. Raises OwnerCallNotFound."""
    one = await before_agent(tx, staff_id)
    if one is None or one.id != owner_call_id:
        raise OwnerCallNotFound
    times = await times_of_touch(tx, one.touch_id)
    now = await tx.now()
    return PromiseTimes(times.zone.key, times.spans(now, now + timedelta(days=days)))


async def _promised_at(tx: Tx, touch: Touch) -> datetime | None:
    if touch.promised_call_id is None:
        return None
    return (await promises.get(tx, touch.promised_call_id)).due_at


async def _his(tx: Tx, staff_id: UUID, owner_call_id: UUID) -> OwnerCall:
    one = await repository.lock(tx, owner_call_id)
    mine = await before_agent(tx, staff_id)
    if mine is None or mine.id != one.id:
        raise OwnerCallNotFound
    return one
