"""What a person at the desk decides over the ladder's head, always with a reason."""

from collections.abc import Collection
from uuid import UUID

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.places.distance import distance_m
from callcenter.routing import journey, repository
from callcenter.routing.answers import accept_offer
from callcenter.routing.candidates import locked_candidate, need_of, reach_of
from callcenter.routing.choose import OVERRULABLE, PassedOver, Rung, reasons_against
from callcenter.routing.errors import NoPlaceYet, NotDispatching, ReasonMissing, StationNotFit
from callcenter.routing.events import HandedOver, LadderHeld
from callcenter.routing.ladder import ask_next, begin_round
from callcenter.routing.ladder_alarms import clear_ladder_alarms, watch_deadline
from callcenter.routing.model import Dispatch, DispatchStage, Ladder, Offer
from callcenter.routing.offers import make_offer, withdraw_open_offers
from callcenter.settings import RoutingSettings
from callcenter.stations import repository as stations
from callcenter.tickets import repository as tickets
from callcenter.tickets import service as ticket_verbs
from callcenter.tickets.errors import NotARescue
from callcenter.tickets.model import Kind, Stage, Ticket
from callcenter.tickets.repository import TicketPlace

SQL = repository.SQL

NEVER_AGAINST_HAND = frozenset({PassedOver.ALREADY_ASKED, PassedOver.OTHER_RUNG})


async def hold(
    tx: Tx, actor: str, ticket_id: UUID, held: bool, settings: RoutingSettings
) -> Ladder:
    """Stop asking further stations, or go on. The deadline's clock runs on."""
    await tickets.lock(tx, ticket_id)
    row = await SQL.set_held(tx.connection, ticket_id=ticket_id, held=held)
    if row is None:
        raise NotDispatching
    fact = LadderHeld(ticket_id=ticket_id, held=held)
    await record(tx, fact, actor=actor, ticket_id=ticket_id)
    if not held:
        await ask_next(tx, ticket_id, settings)
    return repository.ladder_of(row)


async def assign(
    tx: Tx,
    actor: str,
    ticket_id: UUID,
    station_id: UUID,
    *,
    overruled: Collection[PassedOver],
    reason: str,
    settings: RoutingSettings,
) -> Offer:
    """Ask this station now, and no other; each filter it fails must be overruled by name."""
    ticket, ladder, place = await _dispatching(tx, ticket_id)
    if not reason.strip():
        raise ReasonMissing
    await withdraw_open_offers(tx, actor, ticket_id, "assigned_by_hand")
    against = await _against(tx, ticket, place, station_id, settings)
    if not_overruled := against - (frozenset(overruled) & OVERRULABLE):
        raise StationNotFit(reasons=", ".join(sorted(not_overruled)))
    station = await stations.get(tx, station_id)
    return await make_offer(
        tx,
        ladder,
        station_id=station_id,
        distance=distance_m((station.lat, station.lon), (place.lat, place.lon)),
        rung="hand",
        made_by=actor,
        lifetime_s=float(settings.offer_lifetime_s),
        overruled=tuple(sorted(against)),
        hand_reason=reason,
    )


async def accept_by_phone(
    tx: Tx,
    actor: str,
    ticket_id: UUID,
    station_id: UUID,
    *,
    eta_minutes: int,
    truck_id: UUID | None,
    overruled: Collection[PassedOver],
    reason: str,
    settings: RoutingSettings,
) -> Dispatch:
    """The station said yes on the telephone: the agent writes it down, with whom he spoke."""
    await tickets.lock(tx, ticket_id)
    open_offers = await repository.open_offers(tx, ticket_id)
    offer = next((o for o in open_offers if o.station_id == station_id), None)
    if offer is None:
        offer = await assign(
            tx,
            actor,
            ticket_id,
            station_id,
            overruled=overruled,
            reason=reason,
            settings=settings,
        )
    else:
        named = sorted({*offer.overruled, *(frozenset(overruled) & OVERRULABLE)})
        await SQL.overrule_offer(tx.connection, id=offer.id, overruled=named, hand_reason=reason)
    await ticket_verbs.write_note(tx, actor, ticket_id, reason)
    return await accept_offer(
        tx,
        actor,
        offer.id,
        eta_minutes=eta_minutes,
        truck_id=truck_id,
        settings=settings,
        by_phone=True,
    )


async def report_by_phone(
    tx: Tx,
    actor: str,
    dispatch_id: UUID,
    stage: DispatchStage,
    outcome: str,
    *,
    proof_file: UUID | None = None,
    called_owner: bool = False,
) -> Dispatch:
    """A tow firm without the page told the desk how far it is, or that the car was gone."""
    if stage is DispatchStage.DEPARTED:
        return await journey.depart(tx, actor, dispatch_id)
    if stage is DispatchStage.ARRIVED:
        return await journey.arrive(tx, actor, dispatch_id)
    if stage is DispatchStage.GONE_ON_ARRIVAL:
        return await journey.gone_on_arrival(
            tx, actor, dispatch_id, proof_file=proof_file, called_owner=called_owner
        )
    return await journey.complete(tx, actor, dispatch_id, outcome)


async def hand_over(tx: Tx, actor: str, ticket_id: UUID, operator: str, reason: str) -> Ticket:
    """The road operator (12122) sends its own truck; the case stays with us."""
    ticket = await tickets.lock(tx, ticket_id)
    held_by = await repository.live_dispatch(tx, ticket_id)
    if held_by is not None:
        await journey.cancel(tx, actor, held_by.id, reason, ticket_to=Stage.HANDED_OVER)
    else:
        await end_asking(tx, actor, ticket_id, "handed_over")
        await ticket_verbs.move(tx, actor, ticket, Stage.HANDED_OVER, outcome=reason)
    fact = HandedOver(ticket_id=ticket_id, operator=operator)
    await record(tx, fact, actor=actor, ticket_id=ticket_id)
    return await tickets.get(tx, ticket_id)


async def ask_again(tx: Tx, actor: str, ticket_id: UUID, settings: RoutingSettings) -> Ladder:
    """Begin a new round: after the alarm, or when the operator cannot come after all."""
    ticket = await tickets.lock(tx, ticket_id)
    place_id = ticket.place_id
    if place_id is None:
        raise NoPlaceYet
    if ticket.stage in (Stage.OPENED, Stage.HANDED_OVER):
        ticket = await ticket_verbs.move(tx, actor, ticket, Stage.DISPATCHING)
    if ticket.stage is not Stage.DISPATCHING:
        raise NotDispatching
    await withdraw_open_offers(tx, actor, ticket_id, "asked_again")
    ladder = await begin_round(tx, ticket, place_id, settings)
    await ask_next(tx, ticket_id, settings)
    return ladder


async def cancel_rescue(tx: Tx, actor: str, ticket_id: UUID, reason: str) -> Ticket:
    """The owner needs no help any more, at whatever stage: every station is told."""
    ticket = await tickets.lock(tx, ticket_id)
    if ticket.kind is not Kind.RESCUE:
        raise NotARescue
    held_by = await repository.live_dispatch(tx, ticket_id)
    if held_by is not None:
        await journey.cancel(tx, actor, held_by.id, reason)
        return await tickets.get(tx, ticket_id)
    await end_asking(tx, actor, ticket_id, "cancelled")
    return await ticket_verbs.move(tx, actor, ticket, Stage.CANCELLED, outcome=reason)


async def hasten(tx: Tx, ticket_id: UUID, settings: RoutingSettings) -> None:
    """Danger or the expressway was marked while stations are asked: sooner, and two at once."""
    ticket = await tickets.lock(tx, ticket_id)
    deadline_s = (
        settings.danger_acceptance_deadline_s if ticket.danger else settings.acceptance_deadline_s
    )
    row = await SQL.hasten_ladder(
        tx.connection, ticket_id=ticket_id, urgent=ticket.is_urgent, deadline_s=float(deadline_s)
    )
    if row is not None:
        await watch_deadline(tx, repository.ladder_of(row))
        await ask_next(tx, ticket_id, settings)


async def end_asking(tx: Tx, actor: str, ticket_id: UUID, reason: str) -> None:
    """No further station is asked; those that were are told."""
    await withdraw_open_offers(tx, actor, ticket_id, reason)
    await SQL.end_ladder(tx.connection, ticket_id=ticket_id)
    await clear_ladder_alarms(tx, ticket_id)


async def _dispatching(tx: Tx, ticket_id: UUID) -> tuple[Ticket, Ladder, TicketPlace]:
    ticket = await tickets.lock(tx, ticket_id)
    ladder = await repository.get_ladder(tx, ticket_id)
    if ticket.place_id is None or ladder is None:
        raise NoPlaceYet
    if ticket.stage is not Stage.DISPATCHING:
        raise NotDispatching
    place = await tickets.get_place(tx, ticket_id, ladder.place_id)
    assert place is not None
    return ticket, ladder, place


async def _against(
    tx: Tx, ticket: Ticket, place: TicketPlace, station_id: UUID, settings: RoutingSettings
) -> frozenset[PassedOver]:
    """The filters this station fails; how far it lies and who was asked do not count here."""
    station = await stations.get(tx, station_id)
    away_m = distance_m((station.lat, station.lon), (place.lat, place.lon))
    candidate = await locked_candidate(tx, station_id, away_m)
    need = await need_of(tx, ticket, place.province)
    reach = reach_of(settings, place.province)
    return frozenset(reasons_against(candidate, need, Rung.NEAR, reach)) - NEVER_AGAINST_HAND
