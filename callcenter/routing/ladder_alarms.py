"""When the ladder needs a person: nobody is left to ask, or nobody accepted in time.

An alarm that was taken is looked at again; whatever is new about it sounds anew.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from callcenter.db.enqueue import schedule
from callcenter.db.transaction import Tx
from callcenter.routing import repository
from callcenter.routing.model import Ladder
from callcenter.settings import RoutingSettings
from callcenter.staff import alarms
from callcenter.tickets import repository as tickets
from callcenter.tickets.model import Stage, Ticket

SQL = repository.SQL

NOBODY_LEFT = "rescue_nobody_left"
NOT_ACCEPTED = "rescue_not_accepted"
LADDER_ALARMS = (NOBODY_LEFT, NOT_ACCEPTED)


async def watch_deadline(tx: Tx, ladder: Ladder) -> None:
    """The clock by which somebody has accepted, or a person is called."""
    await schedule(
        tx,
        "routing.sound_deadline",
        {"ticket_id": str(ladder.ticket_id), "round": ladder.round},
        at=ladder.deadline_at,
        key=f"{ladder.ticket_id}:{ladder.round}:{ladder.deadline_at.isoformat()}",
    )


async def sound_deadline(tx: Tx, payload: dict[str, Any]) -> None:
    """Nobody accepted in time: a supervisor must take it, while the ladder goes on."""
    ticket = await tickets.lock(tx, UUID(payload["ticket_id"]))
    ladder = await repository.get_ladder(tx, ticket.id)
    if ladder and ladder.ended_at is None and ladder.round == payload["round"]:
        await sound(tx, ticket, NOT_ACCEPTED, "deadline", occasion=str(ladder.round))


async def sound_nobody_left(tx: Tx, ticket: Ticket) -> None:
    """The last rung is empty. When somebody more was asked since, and has not come, that is
    news."""
    asked = await SQL.count_offers(tx.connection, ticket_id=ticket.id)
    await sound(tx, ticket, NOBODY_LEFT, "exhausted", occasion=str(asked))


async def look_again(tx: Tx, payload: dict[str, Any], settings: RoutingSettings) -> None:
    """An alarm was taken some minutes ago: when still nobody is asked or coming, it sounds anew.

    Looks on for as long as somebody is asked: his silence must not be the end of it.
    """
    ticket = await tickets.lock(tx, UUID(payload["ticket_id"]))
    if ticket.stage is not Stage.DISPATCHING:
        return
    if await repository.open_offers(tx, ticket.id):
        await watch_taken_alarm(tx, ticket.id, settings)
    else:
        now = await tx.now()
        await sound(tx, ticket, NOBODY_LEFT, "still_nobody", occasion=now.isoformat())


async def watch_taken_alarm(tx: Tx, ticket_id: UUID, settings: RoutingSettings) -> None:
    """Taking an alarm is not yet help: look again in some minutes."""
    due = await tx.now() + timedelta(seconds=settings.alarm_follow_up_s)
    await schedule(
        tx,
        "routing.look_again",
        {"ticket_id": str(ticket_id)},
        at=due,
        key=f"{ticket_id}:{due.isoformat()}",
    )


async def clear_ladder_alarms(tx: Tx, ticket_id: UUID, reason: str = "resolved") -> None:
    """That nobody was left, or nobody accepted in time, is over."""
    for kind in LADDER_ALARMS:
        await alarms.clear_alarms(tx, ticket_id=ticket_id, kind=kind, reason=reason)


async def sound(tx: Tx, ticket: Ticket, kind: str, reason: str, *, occasion: str) -> None:
    """An alarm about this rescue; a drill's is marked as one."""
    await alarms.raise_alarm(
        tx, kind=kind, ticket_id=ticket.id, reason=reason, occasion=occasion, drill=ticket.drill
    )
