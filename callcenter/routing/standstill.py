"""Rescues that wait for the desk: not yet located, or with the road operator. None is forgotten.

Each such stage has a clock; when it runs out somebody must take the alarm, again and again until
the rescue has moved on.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from callcenter.db.enqueue import schedule
from callcenter.db.transaction import Tx
from callcenter.settings import RoutingSettings
from callcenter.staff import alarms
from callcenter.tickets import repository as tickets
from callcenter.tickets.model import Kind, Stage, Ticket

ALARMS = {Stage.OPENED: "rescue_not_located", Stage.HANDED_OVER: "rescue_handed_over"}


async def watch(tx: Tx, ticket_id: UUID, settings: RoutingSettings) -> None:
    """The ticket was opened or has moved: set the clock of its stage, clear the others' alarms."""
    ticket = await tickets.lock(tx, ticket_id)
    if ticket.kind is not Kind.RESCUE:
        return
    for stage, alarm in ALARMS.items():
        if stage is not ticket.stage:
            await alarms.clear_alarms(tx, ticket_id=ticket.id, kind=alarm)
    if ticket.stage in ALARMS:
        await _look_later(tx, ticket, 1, settings)


async def check(tx: Tx, payload: dict[str, Any], settings: RoutingSettings) -> None:
    """The clock ran out: an alarm when the ticket still stands where it stood."""
    ticket = await tickets.lock(tx, UUID(payload["ticket_id"]))
    if ticket.stage not in ALARMS or ticket.stage_since.isoformat() != payload["since"]:
        return
    # Another reason each time: an alarm that was taken sounds anew.
    times = payload["times"]
    await alarms.raise_alarm(
        tx, kind=ALARMS[ticket.stage], ticket_id=ticket.id, reason=f"looked_{times}"
    )
    await _look_later(tx, ticket, times + 1, settings)


async def _look_later(tx: Tx, ticket: Ticket, times: int, settings: RoutingSettings) -> None:
    wait_s = {
        Stage.OPENED: settings.not_located_alarm_s,
        Stage.HANDED_OVER: settings.handed_over_alarm_s,
    }[ticket.stage]
    since = ticket.stage_since.isoformat()
    await schedule(
        tx,
        "routing.check_standstill",
        {"ticket_id": str(ticket.id), "since": since, "times": times},
        at=await tx.now() + timedelta(seconds=wait_s),
        key=f"{ticket.id}:{since}:{times}",
    )
