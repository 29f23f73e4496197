"""What a station answers: seen, accepted, declined. One wins, the others are told politely."""

from uuid import UUID

from callcenter.db.conflicts import UniqueViolation, constraint_of
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.routing import clocks, repository
from callcenter.routing.candidates import need_of
from callcenter.routing.choose import UNFIT, PassedOver
from callcenter.routing.errors import NotDispatching, OfferGone, RescueTaken, TruckTaken, TruckUnfit
from callcenter.routing.events import OfferAccepted, OfferSeen
from callcenter.routing.ladder import ask_next
from callcenter.routing.ladder_alarms import clear_ladder_alarms
from callcenter.routing.model import DeclineReason, Dispatch, Offer, OfferState
from callcenter.routing.offers import end_offer, withdraw_open_offers
from callcenter.settings import RoutingSettings
from callcenter.stations import repository as stations
from callcenter.tickets import repository as tickets
from callcenter.tickets import service as ticket_verbs
from callcenter.tickets.model import Stage, Ticket

SQL = repository.SQL


async def see_offer(tx: Tx, actor: str, offer_id: UUID) -> None:
    """The station has the offer before its eyes."""
    row = await SQL.see_offer(tx.connection, id=offer_id)
    if row is not None:
        offer = repository.offer_of(row)
        fact = OfferSeen(ticket_id=offer.ticket_id, offer_id=offer.id)
        await record(tx, fact, actor=actor, ticket_id=offer.ticket_id, station_id=offer.station_id)


async def decline_offer(
    tx: Tx, actor: str, offer_id: UUID, reason: DeclineReason, settings: RoutingSettings
) -> Offer:
    """No: the ladder goes on at once."""
    offer = await repository.get_offer(tx, offer_id)
    await tickets.lock(tx, offer.ticket_id)
    ended = await end_offer(tx, actor, offer, OfferState.DECLINED, reason.value)
    if ended is None:
        now = await repository.get_offer(tx, offer_id)
        raise OfferGone(state=now.state.value)
    await ask_next(tx, offer.ticket_id, settings)
    return ended


async def accept_offer(
    tx: Tx,
    actor: str,
    offer_id: UUID,
    *,
    eta_minutes: int,
    truck_id: UUID | None,
    settings: RoutingSettings,
    by_phone: bool = False,
) -> Dispatch:
    """Yes, with a truck and a time: the first one holds the rescue.

    Raises OfferGone, RescueTaken, TruckTaken or TruckUnfit. Locks: ticket, offer, station.
    """
    offer = await repository.get_offer(tx, offer_id)
    ticket = await tickets.lock(tx, offer.ticket_id)
    won = await SQL.win_offer(tx.connection, id=offer_id, ended_by=actor)
    if won is None:
        now = await repository.get_offer(tx, offer_id)
        raise OfferGone(state="expired" if now.state is OfferState.OFFERED else now.state.value)
    if ticket.stage is not Stage.DISPATCHING:
        raise NotDispatching
    await withdraw_open_offers(tx, "system", ticket.id, "taken_by_another")
    truck = await _truck_for(tx, ticket, offer, truck_id)
    dispatch = await _hold(tx, offer, truck, eta_minutes, by_phone)
    await ticket_verbs.move(tx, actor, ticket, Stage.ASSIGNED)
    await SQL.end_ladder(tx.connection, ticket_id=ticket.id)
    await clear_ladder_alarms(tx, ticket.id)
    fact = OfferAccepted(
        ticket_id=ticket.id, offer_id=offer.id, dispatch_id=dispatch.id, by_phone=by_phone
    )
    await record(tx, fact, actor=actor, ticket_id=ticket.id, station_id=offer.station_id)
    await clocks.start(tx, dispatch, settings)
    return dispatch


async def _truck_for(tx: Tx, ticket: Ticket, offer: Offer, truck_id: UUID | None) -> UUID:
    """The truck that was named, or the first free one that carries what is needed."""
    station = await stations.lock_station(tx, offer.station_id)
    in_service = [truck for truck in station.trucks if truck.in_service]
    if truck_id is not None:
        in_service = [truck for truck in in_service if truck.id == truck_id]
        if not in_service:
            raise TruckUnfit(why="not_in_service")
    if not set(UNFIT) & set(offer.overruled):
        need = await need_of(tx, ticket, None)
        against = [need.against(truck) for truck in in_service]
        in_service = [truck for truck in in_service if need.is_met_by(truck)]
        if not in_service:
            raise TruckUnfit(why=next(filter(None, against), PassedOver.EQUIPMENT_MISSING).value)
    busy = await repository.busy_trucks(tx, [truck.id for truck in in_service])
    free = [truck for truck in in_service if truck.id not in busy]
    if not free:
        raise TruckTaken
    return free[0].id


async def _hold(tx: Tx, offer: Offer, truck_id: UUID, eta_minutes: int, by_phone: bool) -> Dispatch:
    try:
        row = await SQL.insert_dispatch(
            tx.connection,
            id=new_id(),
            ticket_id=offer.ticket_id,
            offer_id=offer.id,
            station_id=offer.station_id,
            truck_id=truck_id,
            by_phone=by_phone,
            eta_minutes=eta_minutes,
        )
    except UniqueViolation as violation:
        if constraint_of(violation) == "one_rescue_per_truck":
            raise TruckTaken from None
        raise RescueTaken from None
    return repository.dispatch_of(row)
