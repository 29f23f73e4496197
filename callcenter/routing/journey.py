"""From the acceptance to the safe car: departed, arrived, done, or ended early."""

from datetime import datetime
from uuid import UUID

from callcenter.db.conflicts import ForeignKeyViolation
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.routing import clocks, repository
from callcenter.routing.errors import DispatchMoveRefused, ProofMissing
from callcenter.routing.events import DispatchMoved, EtaChanged
from callcenter.routing.ladder import ask_next, begin_round
from callcenter.routing.model import (
    LIVE_STAGES,
    Dispatch,
    DispatchStage,
    check_dispatch_move,
    told_late,
)
from callcenter.routing.towing import ends as tow_ends
from callcenter.settings import RoutingSettings
from callcenter.tickets import repository as tickets
from callcenter.tickets import service as ticket_verbs
from callcenter.tickets.model import Stage

SQL = repository.SQL

TICKET_STAGE = {
    DispatchStage.DEPARTED: Stage.EN_ROUTE,
    DispatchStage.ARRIVED: Stage.ON_SITE,
    DispatchStage.DONE: Stage.RESOLVED,
    DispatchStage.GONE_ON_ARRIVAL: Stage.RESOLVED,
    DispatchStage.HANDED_BACK: Stage.DISPATCHING,
    DispatchStage.REASSIGNED: Stage.DISPATCHING,
    DispatchStage.CANCELLED: Stage.CANCELLED,
}


async def depart(
    tx: Tx, actor: str, dispatch_id: UUID, happened_at: datetime | None = None
) -> Dispatch:
    """The truck has left."""
    dispatch = await _move(tx, actor, dispatch_id, DispatchStage.DEPARTED, happened_at=happened_at)
    await clocks.clear(tx, dispatch.ticket_id, clocks.NOT_DEPARTED, clocks.SILENT)
    return dispatch


async def arrive(
    tx: Tx, actor: str, dispatch_id: UUID, happened_at: datetime | None = None
) -> Dispatch:
    """The truck stands beside the car."""
    dispatch = await _move(tx, actor, dispatch_id, DispatchStage.ARRIVED, happened_at=happened_at)
    await clocks.clear(tx, dispatch.ticket_id)
    return dispatch


async def complete(
    tx: Tx, actor: str, dispatch_id: UUID, outcome: str, happened_at: datetime | None = None
) -> Dispatch:
    """The car is safe: repaired on the spot, towed, or brought to a safe place."""
    dispatch = await _move(
        tx, actor, dispatch_id, DispatchStage.DONE, reason=outcome, happened_at=happened_at
    )
    await clocks.clear(tx, dispatch.ticket_id)
    return dispatch


async def gone_on_arrival(
    tx: Tx,
    actor: str,
    dispatch_id: UUID,
    *,
    proof_file: UUID | None,
    called_owner: bool,
    happened_at: datetime | None = None,
) -> Dispatch:
    """No car there. Counts only with a photo of the place and a call to the owner first."""
    if proof_file is None or not called_owner:
        raise ProofMissing
    try:
        dispatch = await _move(
            tx,
            actor,
            dispatch_id,
            DispatchStage.GONE_ON_ARRIVAL,
            reason="gone_on_arrival",
            proof_file=proof_file,
            happened_at=happened_at,
        )
    except ForeignKeyViolation:
        raise ProofMissing from None
    await clocks.clear(tx, dispatch.ticket_id)
    return dispatch


async def hand_back(
    tx: Tx, actor: str, dispatch_id: UUID, reason: str, settings: RoutingSettings
) -> Dispatch:
    """The station cannot do it after all: the ladder begins again without it."""
    return await _ask_again(tx, actor, dispatch_id, DispatchStage.HANDED_BACK, reason, settings)


async def reassign(
    tx: Tx, actor: str, dispatch_id: UUID, reason: str, settings: RoutingSettings
) -> Dispatch:
    """The desk takes the rescue from the station: it is told, and others are asked."""
    return await _ask_again(tx, actor, dispatch_id, DispatchStage.REASSIGNED, reason, settings)


async def cancel(
    tx: Tx, actor: str, dispatch_id: UUID, reason: str, *, ticket_to: Stage | None = None
) -> Dispatch:
    """The truck is not needed any more, while it was under way: the station is told.

    `ticket_to` names the stage when the rescue goes on otherwise (handed over).
    """
    dispatch = await _move(
        tx, actor, dispatch_id, DispatchStage.CANCELLED, reason=reason, ticket_to=ticket_to
    )
    await clocks.clear(tx, dispatch.ticket_id)
    return dispatch


async def change_eta(tx: Tx, actor: str, dispatch_id: UUID, eta_minutes: int) -> Dispatch:
    """A new promise, counted from now."""
    dispatch = await repository.get_dispatch(tx, dispatch_id)
    await tickets.lock(tx, dispatch.ticket_id)
    row = await SQL.set_eta(tx.connection, id=dispatch_id, eta_minutes=eta_minutes)
    if row is None:
        raise DispatchMoveRefused(stage=dispatch.stage.value, to="eta_changed")
    changed = repository.dispatch_of(row)
    fact = EtaChanged(ticket_id=changed.ticket_id, dispatch_id=changed.id)
    await _tell(tx, actor, changed, fact)
    await clocks.watch_arrival(tx, changed)
    await clocks.clear(tx, changed.ticket_id, clocks.LATE, clocks.SILENT)
    return changed


async def _ask_again(
    tx: Tx,
    actor: str,
    dispatch_id: UUID,
    to: DispatchStage,
    reason: str,
    settings: RoutingSettings,
) -> Dispatch:
    dispatch = await _move(tx, actor, dispatch_id, to, reason=reason)
    await clocks.clear(tx, dispatch.ticket_id)
    ticket = await tickets.lock(tx, dispatch.ticket_id)
    assert ticket.place_id is not None
    await begin_round(tx, ticket, ticket.place_id, settings)
    await ask_next(tx, ticket.id, settings)
    return dispatch


async def _move(
    tx: Tx,
    actor: str,
    dispatch_id: UUID,
    to: DispatchStage,
    *,
    reason: str | None = None,
    proof_file: UUID | None = None,
    ticket_to: Stage | None = None,
    happened_at: datetime | None = None,
) -> Dispatch:
    """One step of dispatch and ticket together, in one transaction.

    `happened_at`: when it was pressed, for what was told late. It is no later than now and no
    earlier than the step before; clocks and deadlines go by the time it was heard.
    """
    looked_at = await repository.get_dispatch(tx, dispatch_id)
    ticket = await tickets.lock(tx, looked_at.ticket_id)
    dispatch = await repository.get_dispatch(tx, dispatch_id)
    check_dispatch_move(dispatch, to)
    at = told_late(dispatch, happened_at, await tx.now())
    row = await SQL.move_dispatch(
        tx.connection,
        id=dispatch_id,
        was=dispatch.stage.value,
        to=to.value,
        ends=to not in LIVE_STAGES,
        reason=reason,
        proof_file=proof_file,
        at=at,
    )
    if row is None:
        raise DispatchMoveRefused(stage=dispatch.stage.value, to=to.value)
    moved = repository.dispatch_of(row)
    now_at = ticket_to or TICKET_STAGE[to]
    await ticket_verbs.move(tx, actor, ticket, now_at, outcome=reason)
    fact = DispatchMoved(
        ticket_id=ticket.id,
        dispatch_id=moved.id,
        stage=to.value,
        reason=reason,
        ticket_stage=now_at.value,
        happened_at=at.isoformat() if at else None,
    )
    await _tell(tx, actor, moved, fact)
    await tow_ends.settle(tx, actor, moved)
    return moved


async def _tell(tx: Tx, actor: str, dispatch: Dispatch, fact: DispatchMoved | EtaChanged) -> None:
    await record(
        tx, fact, actor=actor, ticket_id=dispatch.ticket_id, station_id=dispatch.station_id
    )
