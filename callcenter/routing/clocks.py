"""The clocks after acceptance: not departed, late, silent, driving away.

When one runs out the station is asked, the desk alarmed and the owner told.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from callcenter.db.enqueue import schedule
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.routing import repository
from callcenter.routing.events import StationAsked
from callcenter.routing.model import Dispatch, DispatchStage
from callcenter.settings import RoutingSettings
from callcenter.staff import alarms
from callcenter.tickets import repository as tickets

NOT_DEPARTED = "not_departed"
LATE = "late"
SILENT = "silent"
DRIVING_AWAY = "driving_away"
CLOCKS = (NOT_DEPARTED, LATE, SILENT, DRIVING_AWAY)


def alarm_kind(clock: str) -> str:
    """The alarm that a clock raises."""
    return f"dispatch_{clock}"


async def start(tx: Tx, dispatch: Dispatch, settings: RoutingSettings) -> None:
    """Set the three clocks of a dispatch that has just been accepted."""
    await _set(tx, "check_departure", dispatch, _after(dispatch.accepted_at, settings))
    await watch_arrival(tx, dispatch)
    await _watch_silence(tx, dispatch, settings)


async def watch_arrival(tx: Tx, dispatch: Dispatch) -> None:
    """The clock of the promised time; a new promise sets a new one."""
    await _set(tx, "check_arrival", dispatch, dispatch.eta_at)


async def check_departure(tx: Tx, payload: dict[str, Any]) -> None:
    """Not departed in time."""
    dispatch = await _live(tx, payload)
    if dispatch and dispatch.stage is DispatchStage.ACCEPTED:
        await ask_station(tx, dispatch, NOT_DEPARTED)


async def check_arrival(tx: Tx, payload: dict[str, Any]) -> None:
    """The promised time has passed and nobody is there; an older promise counts no more."""
    dispatch = await _live(tx, payload)
    if dispatch is None or dispatch.stage is DispatchStage.ARRIVED:
        return
    if dispatch.eta_at.isoformat() == payload["due"]:
        await ask_station(tx, dispatch, LATE)


async def check_silence(tx: Tx, payload: dict[str, Any], settings: RoutingSettings) -> None:
    """No sign of life; looks again for as long as the dispatch lives."""
    dispatch = await _live(tx, payload)
    if dispatch is None:
        return
    silent_s = (await tx.now() - dispatch.last_sign_at).total_seconds()
    if silent_s >= settings.silence_deadline_s:
        await ask_station(tx, dispatch, SILENT)
    await _watch_silence(tx, dispatch, settings)


async def ask_station(tx: Tx, dispatch: Dispatch, clock: str) -> None:
    """The station is asked, the desk alarmed; reactions tell the owner."""
    fact = StationAsked(ticket_id=dispatch.ticket_id, dispatch_id=dispatch.id, clock=clock)
    await record(
        tx, fact, actor="system", ticket_id=dispatch.ticket_id, station_id=dispatch.station_id
    )
    await alarms.raise_alarm(tx, kind=alarm_kind(clock), ticket_id=dispatch.ticket_id, reason=clock)


async def clear(tx: Tx, ticket_id: UUID, *clocks: str) -> None:
    """The reason for these alarms has passed."""
    for clock in clocks or CLOCKS:
        await alarms.clear_alarms(tx, ticket_id=ticket_id, kind=alarm_kind(clock))


async def _watch_silence(tx: Tx, dispatch: Dispatch, settings: RoutingSettings) -> None:
    now = await tx.now()
    due = dispatch.last_sign_at + timedelta(seconds=settings.silence_deadline_s)
    if due <= now:
        due = now + timedelta(seconds=settings.silence_deadline_s)
    await _set(tx, "check_silence", dispatch, due)


async def _live(tx: Tx, payload: dict[str, Any]) -> Dispatch | None:
    dispatch = await repository.get_dispatch(tx, UUID(payload["dispatch_id"]))
    await tickets.lock(tx, dispatch.ticket_id)
    dispatch = await repository.get_dispatch(tx, dispatch.id)
    return None if dispatch.ended_at else dispatch


async def _set(tx: Tx, check: str, dispatch: Dispatch, due: datetime) -> None:
    await schedule(
        tx,
        f"routing.{check}",
        {"dispatch_id": str(dispatch.id), "due": due.isoformat()},
        at=due,
        key=f"{dispatch.id}:{due.isoformat()}",
    )


def _after(accepted_at: datetime, settings: RoutingSettings) -> datetime:
    return accepted_at + timedelta(seconds=settings.departure_deadline_s)
