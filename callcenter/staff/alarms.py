"""Alarms: what a person must take. Open until their reason has passed, taken or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.staff.errors import AlarmNotFound, AlarmOver, AlarmTakenAlready
from callcenter.staff.events import AlarmCleared, AlarmHandedOn, AlarmRaised, AlarmTaken
from callcenter.staff.repository import SQL, Before

SYSTEM = "system"


@dataclass(frozen=True)
class Alarm:
    """One row of `alarms`."""

    id: UUID
    kind: str
    ticket_id: UUID | None
    station_id: UUID | None
    reason: str
    raised_at: datetime
    raised_again_at: datetime | None
    taken_by: str | None
    taken_at: datetime | None
    cleared_at: datetime | None
    cleared_reason: str | None
    drill: bool
    taken_by_name: str | None = None


async def raise_alarm(
    tx: Tx,
    *,
    kind: str,
    reason: str,
    ticket_id: UUID | None = None,
    station_id: UUID | None = None,
    occasion: str = "",
    drill: bool = False,
) -> UUID:
    """Sound the alarm; one is open per ticket (or station) and kind.

    An open one that nobody has taken stays as it is. A taken one sounds anew when the reason
    or the occasion (which round, which time) is another.
    """
    row = await SQL.raise_alarm(
        tx.connection,
        id=new_id(),
        kind=kind,
        ticket_id=ticket_id,
        station_id=station_id,
        reason=reason,
        occasion=occasion,
        drill=drill,
    )
    alarm_id: UUID = row["id"]
    if row["made"] or row["again"]:
        fact = AlarmRaised(alarm_id=alarm_id, alarm_kind=kind, reason=reason, again=not row["made"])
        await record(tx, fact, actor=SYSTEM, ticket_id=ticket_id)
    return alarm_id


async def take_alarm(tx: Tx, actor: str, alarm_id: UUID) -> Alarm:
    """This person looks after it; taking one's own again changes nothing.

    Raises AlarmNotFound, AlarmOver, AlarmTakenAlready.
    """
    row = await SQL.take_alarm(tx.connection, id=alarm_id, taken_by=actor)
    if row is None:
        return await _why_not(tx, actor, alarm_id)
    alarm = alarm_of(row)
    fact = AlarmTaken(alarm_id=alarm.id, alarm_kind=alarm.kind)
    await record(tx, fact, actor=actor, ticket_id=alarm.ticket_id)
    return alarm


async def hand_on(
    tx: Tx, actor: str, alarm_id: UUID, *, from_id: UUID, to_id: UUID
) -> Alarm | None:
    """The other colleague looks after it; None when it was not this one's, or is over. It counts as
    taken since it was taken first, so that it sounds anew as early as it would have."""
    held, taker = f"staff:{from_id}", f"staff:{to_id}"
    row = await SQL.hand_on_alarm(tx.connection, id=alarm_id, was=held, taken_by=taker)
    if row is None:
        return None
    alarm = alarm_of(row)
    fact = AlarmHandedOn(alarm_id=alarm.id, alarm_kind=alarm.kind, to_id=to_id)
    await record(tx, fact, actor=actor, ticket_id=alarm.ticket_id)
    return alarm


async def clear_alarms(
    tx: Tx, *, ticket_id: UUID, kind: str | None = None, reason: str = "resolved"
) -> int:
    """The reason of these alarms has passed; answers how many were open."""
    rows = await SQL.clear_alarms(tx.connection, ticket_id=ticket_id, kind=kind, reason=reason)
    for row in rows:
        fact = AlarmCleared(alarm_id=row["id"], alarm_kind=row["kind"], reason=reason)
        await record(tx, fact, actor=SYSTEM, ticket_id=ticket_id)
    return len(rows)


async def get(tx: Tx, alarm_id: UUID) -> Alarm:
    """The alarm; raises AlarmNotFound."""
    row = await SQL.get_alarm(tx.connection, id=alarm_id)
    if row is None:
        raise AlarmNotFound
    return alarm_of(row)


async def listed(
    tx: Tx, *, limit: int, only_open: bool, ticket_id: UUID | None = None, before: Before = None
) -> Sequence[Alarm]:
    """Alarms, newest first."""
    at, row_id = before or (None, None)
    ask = SQL.open_alarms_listed if only_open else SQL.alarms_listed
    rows = await ask(
        tx.connection, limit=limit, ticket_id=ticket_id, before_at=at, before_id=row_id
    )
    return [alarm_of(row) for row in rows]


async def waiting(tx: Tx, *, limit: int, drills: bool) -> Sequence[Alarm]:
    """Open alarms as the desk works them off: untaken first, the oldest at the top."""
    rows = await SQL.alarms_waiting(tx.connection, limit=limit, drills=drills)
    return [alarm_of(row) for row in rows]


def alarm_of(row: Any) -> Alarm:
    """A row as the model."""
    return Alarm(**dict(row))


async def _why_not(tx: Tx, actor: str, alarm_id: UUID) -> Alarm:
    alarm = await get(tx, alarm_id)
    if alarm.cleared_at is not None:
        raise AlarmOver
    if alarm.taken_by != actor:
        raise AlarmTakenAlready
    return alarm
