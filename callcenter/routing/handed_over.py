"""A rescue that the road operator (12122) serves: the case stays ours, and is asked about."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from callcenter.db.enqueue import schedule
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.routing import journey, repository
from callcenter.routing.by_hand import end_asking
from callcenter.routing.events import HandedOver
from callcenter.settings import RoutingSettings
from callcenter.staff import alarms
from callcenter.tickets import repository as tickets
from callcenter.tickets import service as ticket_verbs
from callcenter.tickets.model import Stage, Ticket

STILL_THERE = "rescue_handed_over"


async def hand_over(
    tx: Tx, actor: str, ticket_id: UUID, operator: str, reason: str, settings: RoutingSettings
) -> Ticket:
    """The operator sends its own truck; a clock asks the desk whether it came."""
    ticket = await tickets.lock(tx, ticket_id)
    held_by = await repository.live_dispatch(tx, ticket_id)
    if held_by is not None:
        await journey.cancel(tx, actor, held_by.id, reason, ticket_to=Stage.HANDED_OVER)
    else:
        await end_asking(tx, actor, ticket_id, "handed_over")
        await ticket_verbs.move(tx, actor, ticket, Stage.HANDED_OVER, outcome=reason)
    fact = HandedOver(ticket_id=ticket_id, operator=operator)
    await record(tx, fact, actor=actor, ticket_id=ticket_id)
    handed = await tickets.get(tx, ticket_id)
    await _ask_later(tx, handed, 1, settings)
    return handed


async def check_handed_over(tx: Tx, payload: dict[str, Any], settings: RoutingSettings) -> None:
    """Still with the operator: somebody must ask; again and again until it has ended."""
    ticket = await tickets.lock(tx, UUID(payload["ticket_id"]))
    is_the_same = ticket.stage_since.isoformat() == payload["since"]
    if ticket.stage is not Stage.HANDED_OVER or not is_the_same:
        return
    # Another reason each time: an alarm that was taken sounds anew.
    times = payload["times"]
    await alarms.raise_alarm(tx, kind=STILL_THERE, ticket_id=ticket.id, reason=f"asked_{times}")
    await _ask_later(tx, ticket, times + 1, settings)


async def clear(tx: Tx, ticket_id: UUID) -> None:
    """The operator's part is over, one way or the other."""
    await alarms.clear_alarms(tx, ticket_id=ticket_id, kind=STILL_THERE)


async def _ask_later(tx: Tx, ticket: Ticket, times: int, settings: RoutingSettings) -> None:
    since = ticket.stage_since.isoformat()
    await schedule(
        tx,
        "routing.check_handed_over",
        {"ticket_id": str(ticket.id), "since": since, "times": times},
        at=await tx.now() + timedelta(seconds=settings.handed_over_follow_up_s),
        key=f"{ticket.id}:{since}:{times}",
    )
