"""Rescues that wait for the desk: not yet located, taken up again, or with the road operator.

Each such stage has a clock; when it runs out somebody must take the alarm, again and again until
the rescue has moved on.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from callcenter.db.enqueue import schedule
from callcenter.db.transaction import Tx
from callcenter.routing.ladder_alarms import sound
from callcenter.settings import RoutingSettings
from callcenter.staff import alarms
from callcenter.tickets import repository as tickets
from callcenter.tickets.model import Kind, Stage, Ticket

NOT_LOCATED = "rescue_not_located"
REOPENED = "rescue_reopened"
HANDED_OVER = "rescue_handed_over"
ALARMS = (NOT_LOCATED, REOPENED, HANDED_OVER)


def alarm_of(ticket: Ticket) -> str | None:
    """What a rescue that stands still here is waiting for; None where something else watches."""
    if ticket.stage is Stage.HANDED_OVER:
        return HANDED_OVER
    if ticket.stage is not Stage.OPENED:
        return None
    return REOPENED if ticket.place_id else NOT_LOCATED


async def watch(tx: Tx, ticket_id: UUID, settings: RoutingSettings) -> None:
    """The ticket was opened, has moved or become more urgent: set the clock of its stage, clear
    the alarms of the others."""
    ticket = await tickets.lock(tx, ticket_id)
    if ticket.kind is not Kind.RESCUE:
        return
    waits_for = alarm_of(ticket)
    for alarm in ALARMS:
        if alarm != waits_for:
            await alarms.clear_alarms(tx, ticket_id=ticket.id, kind=alarm)
    if waits_for:
        await _look_later(tx, ticket, waits_for, 1, settings)


async def check(tx: Tx, payload: dict[str, Any], settings: RoutingSettings) -> None:
    """The clock ran out: an alarm when the ticket still stands where it stood."""
    ticket = await tickets.lock(tx, UUID(payload["ticket_id"]))
    waits_for = alarm_of(ticket)
    if waits_for is None or ticket.stage_since.isoformat() != payload["since"]:
        return
    times = payload["times"]
    # Another occasion each time: an alarm that was taken sounds anew.
    await sound(tx, ticket, waits_for, "stands_still", occasion=str(times))
    await _look_later(tx, ticket, waits_for, times + 1, settings)


async def _look_later(
    tx: Tx, ticket: Ticket, alarm: str, times: int, settings: RoutingSettings
) -> None:
    wait_s = _patience_s(ticket, alarm, settings)
    since = ticket.stage_since.isoformat()
    await schedule(
        tx,
        "routing.check_standstill",
        {"ticket_id": str(ticket.id), "since": since, "times": times},
        at=await tx.now() + timedelta(seconds=wait_s),
        key=f"{ticket.id}:{since}:{wait_s}:{times}",
    )


def _patience_s(ticket: Ticket, alarm: str, settings: RoutingSettings) -> float:
    if alarm == HANDED_OVER:
        return settings.handed_over_alarm_s
    if ticket.danger:
        return settings.danger_acceptance_deadline_s
    return settings.not_located_alarm_s if alarm == NOT_LOCATED else settings.acceptance_deadline_s
