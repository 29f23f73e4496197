"""The second leg: the car is loaded, taken to a destination that may refuse it, and delivered."""

from uuid import UUID

from callcenter.db.conflicts import ForeignKeyViolation
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.routing import journey
from callcenter.routing.errors import ProofMissing, ReasonMissing
from callcenter.routing.model import LIVE_STAGES, Dispatch
from callcenter.routing.repository import get_dispatch
from callcenter.routing.towing import ends, tows
from callcenter.routing.towing.destination import (
    DestinationKind,
)
from callcenter.routing.towing.errors import DestinationChanged, DestinationMissing, TowMoveRefused
from callcenter.routing.towing.events import (
    DestinationChosen,
    DestinationRefused,
    OnwardTravelRecorded,
)
from callcenter.routing.towing.finding import Wish, next_destination, wished
from callcenter.routing.towing.tows import (
    ON_THE_WAY,
    SQL,
    UNDELIVERED,
    OnwardKind,
    OnwardTravel,
    Tow,
    TowDestination,
    TowStage,
)
from callcenter.settings import RoutingSettings
from callcenter.tickets import repository as tickets
from callcenter.tickets.errors import NotARescue
from callcenter.tickets.model import Kind, Ticket


async def plan(tx: Tx, actor: str, dispatch_id: UUID, settings: RoutingSettings) -> Tow:
    """The car cannot be mended here: a destination is proposed. The second time nothing happens."""
    looked_at = await get_dispatch(tx, dispatch_id)
    ticket = await tickets.lock(tx, looked_at.ticket_id)
    dispatch = await get_dispatch(tx, dispatch_id)
    if known := await tows.tow_of_dispatch(tx, dispatch_id):
        return known
    if dispatch.stage not in LIVE_STAGES:
        raise TowMoveRefused(stage=dispatch.stage.value)
    row = await SQL.insert_tow(
        tx.connection,
        id=new_id(),
        ticket_id=ticket.id,
        dispatch_id=dispatch_id,
        stage=TowStage.PLANNED.value,
    )
    return await _propose(tx, ticket, dispatch, tows.tow_of(row), settings)


async def choose(
    tx: Tx,
    actor: str,
    tow_id: UUID,
    wish: Wish,
    settings: RoutingSettings,
    *,
    instead_of: UUID | None,
) -> Tow:
    """Another place than the one proposed, with a reason: the owner's wish counts.

    Raises ReasonMissing, DestinationUnfit, and DestinationChanged when `instead_of` is not the
    one that counts now.
    """
    ticket, dispatch, tow = await _locked(tx, tow_id)
    if not wish.reason.strip():
        raise ReasonMissing
    fields = await wished(tx, ticket, tow, wish, settings)
    passed_by = fields.pop("passed_by", ())
    made = await tows.insert_destination(
        tx, tow, actor, passed_by, reason=wish.reason.strip(), **fields
    )
    return await _point(tx, actor, dispatch, tow, made, instead_of=instead_of)


async def refuse(
    tx: Tx,
    actor: str,
    tow_id: UUID,
    destination_id: UUID,
    reason: str,
    settings: RoutingSettings,
    *,
    proof_file: UUID | None = None,
) -> Tow:
    """The destination does not take the car: the next is proposed without it, in the same case.

    Raises DestinationChanged when it no longer counts or the car has been delivered there.
    """
    ticket, dispatch, tow = await _locked(tx, tow_id)
    refused = await tows.destination(tx, tow)
    if refused is None or refused.id != destination_id or tow.stage not in UNDELIVERED:
        raise DestinationChanged
    in_yard = tow.stage is TowStage.IN_YARD
    try:
        await SQL.refuse_destination(
            tx.connection,
            id=destination_id,
            refused_by=actor,
            refusing_id=refused.workshop_id if in_yard else refused.station_id,
            reason=reason,
            proof_file=proof_file,
        )
    except ForeignKeyViolation:
        raise ProofMissing from None
    fact = DestinationRefused(ticket_id=ticket.id, tow_id=tow.id, destination_id=destination_id)
    await record(tx, fact, actor=actor, ticket_id=ticket.id, station_id=dispatch.station_id)
    return await _propose(tx, ticket, dispatch, tow, settings)


async def load(tx: Tx, actor: str, tow_id: UUID) -> Tow:
    """The car stands on the truck."""
    _, _, tow = await _locked(tx, tow_id)
    if tow.stage is not TowStage.PLANNED:
        raise TowMoveRefused(stage=tow.stage.value)
    return await ends.move(tx, actor, tow, TowStage.LOADED)


async def deliver(tx: Tx, actor: str, tow_id: UUID, destination_id: UUID) -> Tow:
    """The car is at its destination; in a yard, its delivery to the workshop is due from now on.

    The dispatch ends with it, and its truck is free.
    """
    _, dispatch, tow = await _locked(tx, tow_id)
    if tow.stage not in UNDELIVERED:
        raise TowMoveRefused(stage=tow.stage.value)
    if tow.destination_id is None:
        raise DestinationMissing
    if tow.destination_id != destination_id:
        raise DestinationChanged
    at = await tows.destination(tx, tow)
    assert at is not None
    if tow.stage is TowStage.IN_YARD and at.workshop_id is None:
        raise DestinationMissing
    was_on_the_way = tow.stage in ON_THE_WAY
    tow = await ends.put_down(tx, actor, tow, at)
    if was_on_the_way:
        at_workshop = at.kind is DestinationKind.WORKSHOP
        outcome = ends.TOWED if at_workshop else ends.BROUGHT_TO_SAFETY
        await journey.complete(tx, actor, dispatch.id, outcome)
    return tow


async def record_onward_travel(
    tx: Tx, actor: str, ticket_id: UUID, kind: OnwardKind, persons: int, note: str
) -> OnwardTravel:
    """How people of the car travel on."""
    ticket = await tickets.lock(tx, ticket_id)
    if ticket.kind is not Kind.RESCUE:
        raise NotARescue
    row = await SQL.insert_onward_travel(
        tx.connection,
        id=new_id(),
        ticket_id=ticket_id,
        kind=kind.value,
        persons=persons,
        note=note,
        recorded_by=actor,
    )
    fact = OnwardTravelRecorded(ticket_id=ticket_id, travel_id=row["id"], travel_kind=kind.value)
    await record(tx, fact, actor=actor, ticket_id=ticket_id)
    return tows.travel_of(row)


async def _locked(tx: Tx, tow_id: UUID) -> tuple[Ticket, Dispatch, Tow]:
    looked_at = await tows.get_tow(tx, tow_id)
    ticket = await tickets.lock(tx, looked_at.ticket_id)
    tow = await tows.get_tow(tx, tow_id)
    return ticket, await get_dispatch(tx, tow.dispatch_id), tow


async def _propose(
    tx: Tx, ticket: Ticket, dispatch: Dispatch, tow: Tow, settings: RoutingSettings
) -> Tow:
    """The next destination; with none left, a person must find one."""
    made = await next_destination(tx, ticket, tow, settings)
    return await _point(tx, "system", dispatch, tow, made, instead_of=tow.destination_id)


async def _point(
    tx: Tx,
    actor: str,
    dispatch: Dispatch,
    tow: Tow,
    made: TowDestination | None,
    *,
    instead_of: UUID | None,
) -> Tow:
    """From now on this destination counts, if the one before it still does."""
    in_yard = tow.stage is TowStage.IN_YARD and made is not None
    unpromised = await tx.now() + ends.UNPROMISED
    due_at = (made.deliver_by or unpromised) if made and in_yard else None
    row = await SQL.set_destination(
        tx.connection,
        id=tow.id,
        destination_id=made.id if made else None,
        instead_of=instead_of,
        due_at=due_at,
    )
    if row is None:
        raise DestinationChanged
    tow = tows.tow_of(row)
    await ends.clear(tx, tow.ticket_id)
    if in_yard:
        await ends.watch(tx, tow)
    if made is None or (made.kind is DestinationKind.YARD and made.workshop_id is None):
        await ends.ask_for_destination(tx, tow)
    if made is not None:
        fact = DestinationChosen(
            ticket_id=tow.ticket_id,
            tow_id=tow.id,
            destination_id=made.id,
            instead_of=instead_of,
        )
        station_id = dispatch.station_id
        await record(tx, fact, actor=actor, ticket_id=tow.ticket_id, station_id=station_id)
        if tow.stage is TowStage.DELIVERED and made.kind is DestinationKind.YARD:
            return await ends.put_down(tx, actor, tow, made)
    return tow
