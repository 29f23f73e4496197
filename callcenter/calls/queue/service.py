"""The verbs of the queue. Locks: the call, its place, the seat; the floor before any pick."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from callcenter.calls import service as calls
from callcenter.calls.agents import model as seats
from callcenter.calls.agents import repository as seat_rows
from callcenter.calls.agents import service as agents
from callcenter.calls.errors import CallMoveRefused
from callcenter.calls.model import Call, CallState
from callcenter.calls.queue import model, repository
from callcenter.calls.queue.errors import CallBackNeedsNumber, GroupUnknown
from callcenter.calls.queue.events import (
    CallBackKept,
    OfferWithdrawn,
    PlaceOffered,
    QueueEntered,
    QueueLeft,
)
from callcenter.calls.queue.model import (
    CallBackReason,
    Pick,
    Place,
    PlaceKind,
    PlaceState,
    Ready,
    Urgency,
)
from callcenter.calls.queue.repository import SQL, place_of
from callcenter.customers import service as customers
from callcenter.db.enqueue import schedule
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.settings import QueueSettings

ACTOR = "hotline"
UNANSWERED = "calls.offer_unanswered"
LOOK_AGAIN = "calls.look_again"
KEPT_IN_A_CALL_BACK = (
    *("call_id", "caller", "group_name", "urgency", "tier", "language", "skills", "drill"),
    *("entered_at", "turn_at", "last_agent_id"),
)
PLACES_AT_ONCE = 200
"""Looked at in one pick; behind them nobody can be next while these fit nobody."""


@dataclass(frozen=True)
class Waiting:
    """What the caller is told: how many are before him, and about how long."""

    place_id: UUID
    ahead: int
    estimate: timedelta | None


async def enter(
    tx: Tx,
    actor: str,
    call_id: UUID,
    rules: QueueSettings,
    *,
    group: str,
    urgency: Urgency,
    language: str = "zh",
    skills: Collection[str] = (),
    drill: bool = False,
) -> Waiting:
    """The call waits for an agent of the group, or rings at one at once.

    Who has a call-back open in this group takes his old place. Raises CallMoveRefused for a call
    that is not ringing any more, GroupUnknown.
    """
    call = await calls.lock(tx, call_id)
    if call.state is not CallState.RINGING:
        raise CallMoveRefused(state=call.state.value)
    if group not in await repository.groups(tx):
        raise GroupUnknown(group=group)
    now, tier, last = await _known_of(tx, call)
    claimed = await _claim(tx, call.caller, group)
    entered_at = claimed["entered_at"] if claimed else now
    own_turn = model.turn(entered_at, urgency, tier)
    row = await SQL.enter(
        tx.connection,
        id=new_id(),
        call_id=call.id,
        caller=call.caller,
        group_name=group,
        urgency=urgency.value,
        tier=tier,
        language=language,
        skills=sorted(skills),
        drill=drill,
        entered_at=entered_at,
        turn_at=min(own_turn, claimed["turn_at"]) if claimed else own_turn,
        last_agent_id=last,
    )
    if row["is_new"]:
        await _tell(tx, actor, QueueEntered, row)
        await look(tx, rules)
        await look_when_it_opens(tx, place_of(row))
    return await waiting(tx, row, rules)


async def waiting(tx: Tx, row: Any, rules: QueueSettings) -> Waiting:
    """How many are before this place, and about how long it takes."""
    ahead = await SQL.count_ahead(
        tx.connection, group_name=row["group_name"], turn_at=row["turn_at"], id=row["id"]
    )
    pace = await SQL.pace(
        tx.connection,
        group_name=row["group_name"],
        roles=[r.value for r, groups in seats.GROUPS.items() if row["group_name"] in groups],
    )
    handling = pace["handling"] or timedelta(seconds=rules.handling_s)
    return Waiting(row["id"], ahead, model.estimated_wait(ahead, pace["agents"], handling))


async def look(tx: Tx, rules: QueueSettings) -> list[Pick]:
    """Whoever can be matched now is: the call rings at the agent. Called in the transaction of
    each change that may make a match, so that none is waited for."""
    await SQL.lock_the_floor(tx.connection)
    ready = await seat_rows.SQL.lock_ready_seats(tx.connection)
    if not ready:
        return []
    rows = await SQL.lock_waiting(tx.connection, limit=PLACES_AT_ONCE)
    groups, now = await repository.groups(tx), await tx.now()
    picks = model.pick([place_of(row) for row in rows], map(_ready, ready), groups, now)
    for one in picks:
        await _offer(tx, one, rules)
    return picks


async def look_when_it_opens(tx: Tx, place: Place) -> None:
    """A timer for the moment at which more agents may be rung for it."""
    at = model.opens_next(place, await repository.groups(tx), await tx.now())
    if at is not None:
        key = f"{place.id}:{at.timestamp()}"
        await schedule(tx, LOOK_AGAIN, {"entry_id": str(place.id)}, at=at, key=key)


async def wait_again(
    tx: Tx, actor: str, row: Any, why: str, *, not_before: datetime | None = None
) -> None:
    """An offered place waits again, where it was."""
    attempts = row["attempts"] + (not_before is not None)
    again = await SQL.wait_again(
        tx.connection, id=row["id"], not_before=not_before, attempts=attempts
    )
    if again is not None:
        await _tell(tx, actor, OfferWithdrawn, row, staff_id=row["offered_to"], why=why)


async def leave(tx: Tx, actor: str, row: Any, state: PlaceState) -> None:
    """The place is empty; said again, nothing changes."""
    if await SQL.leave_queue(tx.connection, id=row["id"], state=state.value) is not None:
        await _tell(tx, actor, QueueLeft, row, state=state.value)


async def keep_call_back(tx: Tx, actor: str, row: Any, why: CallBackReason) -> None:
    """Whoever had this place is called back in it; one open call-back for a caller and group.

    The next pick is the caller's business. Raises CallBackNeedsNumber.
    """
    if row["caller"] is None:
        raise CallBackNeedsNumber
    same = {name: row[name] for name in KEPT_IN_A_CALL_BACK}
    kept = await SQL.keep_call_back(tx.connection, id=new_id(), why=why.value, **same)
    if kept["is_new"]:
        await _tell(tx, actor, CallBackKept, kept, why=why.value)


async def _offer(tx: Tx, one: Pick, rules: QueueSettings) -> None:
    """Rings at the agent, or asks him to call back; not taken in time, it goes to another."""
    dial = None
    if one.place.kind is PlaceKind.CALL_BACK:
        assert one.place.caller is not None, "nobody without a number is called back"
        dial = await calls.dial(tx, ACTOR, one.place.caller, one.place.language)
    row = await SQL.offer_place(
        tx.connection,
        id=one.place.id,
        staff_id=one.staff_id,
        pick=json.dumps(one.reason()),
        dial_id=dial.id if dial else None,
    )
    rings = dial.id if dial else one.place.call_id
    assert row is not None, "the place is locked and was waiting"
    assert rings is not None, "a call has its call"
    seat = await seat_rows.lock(tx, one.staff_id)
    await agents.change(tx, ACTOR, seat, lambda seat, now: seats.offered(seat, rings, now))
    await _tell(tx, ACTOR, PlaceOffered, row, staff_id=one.staff_id, offers=row["offers"])
    await schedule(
        tx,
        UNANSWERED,
        {"entry_id": str(row["id"]), "offers": row["offers"]},
        at=await tx.now() + timedelta(seconds=rules.ring_s),
        key=f"{row['id']}:{row['offers']}",
    )


async def _known_of(tx: Tx, call: Call) -> tuple[datetime, int, UUID | None]:
    """Now, the highest tier of whom the number belongs to, and whom he spoke to last."""
    if call.caller is None:
        return await tx.now(), 0, None
    owners = await customers.find_by_phone(tx, call.caller)
    last = await SQL.last_agent(tx.connection, caller=call.caller)
    return await tx.now(), max((owner.tier for owner in owners), default=0), last


async def _claim(tx: Tx, caller: str | None, group: str) -> Any:
    if caller is None:
        return None
    claimed = await SQL.claim_call_back(tx.connection, caller=caller, group_name=group)
    if claimed is not None:
        await _tell(tx, ACTOR, QueueLeft, claimed, state=PlaceState.CLAIMED.value)
    return claimed


def _ready(row: Any) -> Ready:
    profile = seat_rows.profile_in(row)
    return Ready(row["staff_id"], profile.groups, profile.languages, profile.skills, row["since"])


async def _tell(tx: Tx, actor: str, fact: Any, row: Any, **more: Any) -> None:
    about = {"entry_id": row["id"], "call_id": row["call_id"], "group": row["group_name"]}
    await record(tx, fact(**about, **more), actor=actor)
