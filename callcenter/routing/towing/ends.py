"""How a tow ends or waits: with its dispatch, in a yard until the morning, with an alarm when not.

Below the journey, which calls it in the transaction that ends a dispatch.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from callcenter.db.enqueue import schedule
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.routing.ladder_alarms import sound
from callcenter.routing.model import Dispatch, DispatchStage
from callcenter.routing.repository import get_dispatch
from callcenter.routing.towing.destination import DestinationKind
from callcenter.routing.towing.errors import TowMoveRefused
from callcenter.routing.towing.events import TowLate, TowMoved
from callcenter.routing.towing.tows import (
    ON_THE_WAY,
    SQL,
    Tow,
    TowDestination,
    TowStage,
    destination,
    get_tow,
    tow_of,
    tow_of_dispatch,
)
from callcenter.settings import RoutingSettings
from callcenter.staff import alarms
from callcenter.tickets import repository as tickets

NO_DESTINATION = "tow_no_destination"
NOT_DELIVERED = "tow_not_delivered"
TOW_ALARMS = (NO_DESTINATION, NOT_DELIVERED)
TOWED = "towed_to_workshop"
BROUGHT_TO_SAFETY = "brought_to_safety"
UNPROMISED = timedelta(hours=12)
"""How long a car may stand in a yard when nobody knows its workshop."""


async def settle(tx: Tx, actor: str, dispatch: Dispatch) -> None:
    """A step of the dispatch: when it has ended, its tow ends with where the car is now.

    Towed with no destination named is allowed; then the desk is asked where the car is.
    """
    if dispatch.ended_at is None:
        return
    tow = await tow_of_dispatch(tx, dispatch.id)
    towed = dispatch.stage is DispatchStage.DONE and dispatch.end_reason in (
        TOWED,
        BROUGHT_TO_SAFETY,
    )
    if tow is None and towed and dispatch.end_reason == TOWED:
        row = await SQL.insert_tow(
            tx.connection,
            id=new_id(),
            ticket_id=dispatch.ticket_id,
            dispatch_id=dispatch.id,
            stage=TowStage.DELIVERED.value,
        )
        await _tell(tx, actor, tow_of(row))
        await ask_for_destination(tx, tow_of(row))
    elif tow is not None and tow.stage in ON_THE_WAY:
        if not towed:
            await move(tx, actor, tow, TowStage.ENDED)
            await clear(tx, tow.ticket_id)
        else:
            await put_down(tx, actor, tow, await destination(tx, tow))


async def put_down(tx: Tx, actor: str, tow: Tow, at: TowDestination | None) -> Tow:
    """The car stands where it was taken: in a yard, the promise for the morning begins to run."""
    if at is None:
        tow = await move(tx, actor, tow, TowStage.DELIVERED)
        await ask_for_destination(tx, tow)
    elif at.kind is DestinationKind.YARD and tow.stage is not TowStage.IN_YARD:
        due_at = at.deliver_by or await tx.now() + UNPROMISED
        tow = await move(tx, actor, tow, TowStage.IN_YARD, due_at=due_at)
        await watch(tx, tow)
    else:
        tow = await move(tx, actor, tow, TowStage.DELIVERED)
        await clear(tx, tow.ticket_id)
    return tow


async def watch(tx: Tx, tow: Tow, *, at: datetime | None = None, times: int = 1) -> None:
    """The clock of the promise; another promise sets another one."""
    assert tow.due_at is not None
    promised = tow.due_at.isoformat()
    await schedule(
        tx,
        "routing.check_delivery",
        {"tow_id": str(tow.id), "promised": promised, "times": times},
        at=at or tow.due_at,
        key=f"{tow.id}:{promised}:{times}",
    )


async def check_delivery(tx: Tx, payload: dict[str, Any], settings: RoutingSettings) -> None:
    """The promise has passed and the car is still in the yard; asks again until it is not."""
    tow = await get_tow(tx, UUID(payload["tow_id"]))
    ticket = await tickets.lock(tx, tow.ticket_id)
    tow = await get_tow(tx, tow.id)
    if tow.stage is not TowStage.IN_YARD or tow.due_at is None:
        return
    if tow.due_at.isoformat() != payload["promised"]:
        return
    times = payload["times"]
    await sound(tx, ticket, NOT_DELIVERED, "promise_passed", occasion=f"{tow.due_at}:{times}")
    dispatch = await get_dispatch(tx, tow.dispatch_id)
    fact = TowLate(ticket_id=ticket.id, tow_id=tow.id, times=times)
    await record(tx, fact, actor="system", ticket_id=ticket.id, station_id=dispatch.station_id)
    again = await tx.now() + timedelta(seconds=settings.handed_over_alarm_s)
    await watch(tx, tow, at=again, times=times + 1)


async def ask_for_destination(tx: Tx, tow: Tow) -> None:
    """Nobody knows where the car goes, or has gone: a person must find out."""
    ticket = await tickets.get(tx, tow.ticket_id)
    await sound(tx, ticket, NO_DESTINATION, tow.stage.value, occasion=f"{tow.id}:{tow.version}")


async def clear(tx: Tx, ticket_id: UUID) -> None:
    """Where the car is, is known, and nothing is due."""
    for kind in TOW_ALARMS:
        await alarms.clear_alarms(tx, ticket_id=ticket_id, kind=kind)


async def move(
    tx: Tx, actor: str, tow: Tow, to: TowStage, *, due_at: datetime | None = None
) -> Tow:
    """Compare-and-set of the stage; raises TowMoveRefused when it has moved on."""
    row = await SQL.move_tow(
        tx.connection, id=tow.id, was=tow.stage.value, to=to.value, due_at=due_at
    )
    if row is None:
        raise TowMoveRefused(stage=(await get_tow(tx, tow.id)).stage.value)
    await _tell(tx, actor, tow_of(row))
    return tow_of(row)


async def _tell(tx: Tx, actor: str, tow: Tow) -> None:
    dispatch = await get_dispatch(tx, tow.dispatch_id)
    fact = TowMoved(ticket_id=tow.ticket_id, tow_id=tow.id, stage=tow.stage.value)
    await record(tx, fact, actor=actor, ticket_id=tow.ticket_id, station_id=dispatch.station_id)
