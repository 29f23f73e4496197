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
from callcenter.routing.ladder_alarms import sound
from callcenter.routing.model import Dispatch, DispatchStage
from callcenter.settings import RoutingSettings
from callcenter.staff import alarms
from callcenter.tickets import repository as tickets

NOT_DEPARTED = "not_departed"
LATE = "late"
SILENT = "silent"
DRIVING_AWAY = "driving_away"
CLOCKS = (NOT_DEPARTED, LATE, SILENT, DRIVING_AWAY)
NEARER_STATION = "rescue_nearer_station"


def alarm_kind(clock: str) -> str:
    """The alarm that a clock raises."""
    return f"dispatch_{clock}"


async def start(tx: Tx, dispatch: Dispatch, settings: RoutingSettings) -> None:
    """Set the three clocks of a dispatch that has just been accepted."""
    due = dispatch.accepted_at + timedelta(seconds=settings.departure_deadline_s)
    await _set(tx, "check_departure", dispatch, due)
    await watch_arrival(tx, dispatch)
    await _watch_silence(tx, dispatch, settings)


async def watch_arrival(tx: Tx, dispatch: Dispatch) -> None:
    """The clock of the promised time; a new promise sets a new one."""
    await _set(tx, "check_arrival", dispatch, dispatch.eta_at, promised=dispatch.eta_at)


async def check_departure(tx: Tx, payload: dict[str, Any], settings: RoutingSettings) -> None:
    """Not departed in time; asks again and again until it is."""
    dispatch = await _live(tx, payload)
    if dispatch and dispatch.stage is DispatchStage.ACCEPTED:
        await ask_station(tx, dispatch, NOT_DEPARTED, times=_times(payload))
        due = await _in(tx, settings.departure_deadline_s)
        await _set(tx, "check_departure", dispatch, due, times=_times(payload) + 1)


async def check_arrival(tx: Tx, payload: dict[str, Any], settings: RoutingSettings) -> None:
    """The promised time has passed and nobody is there; an older promise counts no more."""
    dispatch = await _live(tx, payload)
    if dispatch is None or dispatch.stage is DispatchStage.ARRIVED:
        return
    if dispatch.eta_at.isoformat() == payload.get("promised", payload["due"]):
        await ask_station(tx, dispatch, LATE, times=_times(payload))
        due = await _in(tx, settings.silence_deadline_s)
        await _set(
            tx,
            "check_arrival",
            dispatch,
            due,
            promised=dispatch.eta_at,
            times=_times(payload) + 1,
        )


async def check_silence(tx: Tx, payload: dict[str, Any], settings: RoutingSettings) -> None:
    """No sign of life; looks again for as long as the dispatch lives."""
    dispatch = await _live(tx, payload)
    if dispatch is None:
        return
    silent_s = (await tx.now() - dispatch.last_sign_at).total_seconds()
    if silent_s >= settings.silence_deadline_s:
        times = max(1, int(silent_s // settings.silence_deadline_s))
        await ask_station(tx, dispatch, SILENT, times=times)
    await _watch_silence(tx, dispatch, settings)


async def ask_station(tx: Tx, dispatch: Dispatch, clock: str, *, times: int) -> None:
    """The station is asked, the desk alarmed; reactions tell the owner the first time.

    An alarm that was taken sounds anew each time: who took it has not mended it.
    """
    ticket = await tickets.get(tx, dispatch.ticket_id)
    fact = StationAsked(ticket_id=ticket.id, dispatch_id=dispatch.id, clock=clock, times=times)
    await record(tx, fact, actor="system", ticket_id=ticket.id, station_id=dispatch.station_id)
    await sound(tx, ticket, alarm_kind(clock), clock, occasion=str(times))


async def clear(tx: Tx, ticket_id: UUID, *clocks: str) -> None:
    """The reason for these alarms has passed; without clocks, for all of a dispatch."""
    kinds = [alarm_kind(clock) for clock in clocks] or [*map(alarm_kind, CLOCKS), NEARER_STATION]
    for kind in kinds:
        await alarms.clear_alarms(tx, ticket_id=ticket_id, kind=kind)


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


async def _set(
    tx: Tx,
    check: str,
    dispatch: Dispatch,
    due: datetime,
    *,
    promised: datetime | None = None,
    times: int = 1,
) -> None:
    told: dict[str, Any] = {
        "dispatch_id": str(dispatch.id),
        "due": due.isoformat(),
        "times": times,
    }
    if promised is not None:
        told["promised"] = promised.isoformat()
    await schedule(tx, f"routing.{check}", told, at=due, key=f"{dispatch.id}:{due.isoformat()}")


def _times(payload: dict[str, Any]) -> int:
    return int(payload.get("times", 1))


async def _in(tx: Tx, seconds: float) -> datetime:
    return await tx.now() + timedelta(seconds=seconds)
