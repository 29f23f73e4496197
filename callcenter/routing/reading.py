"""What people look at: the whole dispatch of a rescue, and an offer as its station sees it."""

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from callcenter.db.transaction import Tx
from callcenter.routing import proofs, repository
from callcenter.routing.candidates import need_of
from callcenter.routing.choose import UNFIT, Choice, Considered
from callcenter.routing.model import Dispatch, Offer, OfferState
from callcenter.routing.rescue_wire import (
    ChoiceOut,
    ConsideredOut,
    LadderOut,
    PreviewOut,
    ProofOut,
    RescueOut,
    StationSeenOut,
)
from callcenter.routing.wire import (
    DispatchOut,
    JobOut,
    OfferOut,
    StationOffer,
    TruckChoice,
    TruckSeenOut,
    of,
    offer_to_station,
)
from callcenter.stations import repository as stations
from callcenter.stations.model import Station
from callcenter.tickets import repository as tickets
from callcenter.tickets.car import car_of
from callcenter.tickets.model import Ticket
from callcenter.tickets.particulars import RescueParticulars
from callcenter.tickets.place_wire import place_out

SQL = repository.SQL
CANDIDATES = TypeAdapter(list[ConsideredOut])


async def rescue(tx: Tx, ticket_id: UUID) -> RescueOut:
    """Ladder, choices with their reasons, offers, dispatches, the truck's last position."""
    await tickets.get(tx, ticket_id)
    ladder = await repository.get_ladder(tx, ticket_id)
    offers = await SQL.offers_of(tx.connection, ticket_id=ticket_id)
    held = await SQL.dispatches_of(tx.connection, ticket_id=ticket_id)
    dispatches = [repository.dispatch_of(row) for row in held]
    live = [dispatch for dispatch in dispatches if dispatch.ended_at is None]
    choices = await SQL.choices_of(tx.connection, ticket_id=ticket_id)
    return RescueOut(
        ticket_id=ticket_id,
        ladder=of(LadderOut, ladder) if ladder else None,
        choices=[_choice_out(row) for row in choices],
        offers=[of(OfferOut, repository.offer_of(row)) for row in offers],
        dispatches=[of(DispatchOut, dispatch) for dispatch in dispatches],
        truck=await last_seen(tx, live[-1].id) if live else None,
        proofs=[_proof_out(row) for row in await proofs.of_ticket(tx, ticket_id)],
    )


async def last_seen(tx: Tx, dispatch_id: UUID) -> TruckSeenOut | None:
    """The newest position of the truck by its own time of fix."""
    row = await SQL.last_position(tx.connection, dispatch_id=dispatch_id)
    if row is None:
        return None
    return TruckSeenOut(**{name: row[name] for name in TruckSeenOut.model_fields})


async def station_offer(tx: Tx, offer: Offer) -> StationOffer:
    """Where, what, which car; the caller only while this station holds the rescue. Once it has
    nothing to do with it any more, it sees what it was asked, and nothing of what came after."""
    ticket = await tickets.get(tx, offer.ticket_id)
    held_by = await repository.live_dispatch(tx, ticket.id)
    is_ours = held_by is not None and held_by.offer_id == offer.id
    left = (offer.expires_at - await tx.now()).total_seconds()
    return StationOffer(
        offer=offer_to_station(offer),
        seconds_left=max(left, 0.0) if offer.state is OfferState.OFFERED else 0.0,
        job=await _job(tx, ticket, offer, is_ours=is_ours),
        dispatch_id=await _dispatch_id(tx, offer, held_by if is_ours else None),
        trucks=await _trucks(tx, ticket, offer),
    )


def considered_out(considered: Considered) -> ConsideredOut:
    """A station that was considered, on the wire."""
    return ConsideredOut(
        station_id=considered.station_id,
        distance_m=round(considered.distance_m, 1),
        reasons=list(considered.reasons),
        seconds=considered.travel.seconds if considered.travel else None,
        method=considered.travel.method if considered.travel else None,
    )


def station_seen(station: Station, phone: str | None = None) -> StationSeenOut:
    """A station as the desk sees it."""
    return of(StationSeenOut, station, phone=phone)


def preview_out(rung: str, choice: Choice, limit: int = 10) -> PreviewOut:
    """The first ten who would be asked, and the nearer ones that would not."""
    return PreviewOut(
        rung=rung,
        ranked=[considered_out(c) for c in choice.ranked[:limit]],
        passed_over=[considered_out(c) for c in choice.passed_over(limit)][:50],
    )


async def _job(tx: Tx, ticket: Ticket, offer: Offer, *, is_ours: bool) -> JobOut:
    told = RescueParticulars.model_validate(ticket.particulars)
    concerned = is_ours or offer.state is OfferState.OFFERED
    place_id = ticket.place_id if concerned and ticket.place_id else offer.place_id
    place = await tickets.get_place(tx, ticket.id, place_id)
    assert place is not None
    car = await car_of(tx, ticket)
    return JobOut(
        number=ticket.number,
        danger=ticket.danger,
        expressway=ticket.expressway,
        fault=told.fault,
        car=car.model,
        plate=car.plate if concerned else "",
        passengers=told.passengers,
        summary=ticket.summary if concerned else "",
        place=place_out(place),
        caller_name=ticket.caller_name if is_ours else None,
        caller_phone=ticket.caller_phone if is_ours else None,
    )


async def _dispatch_id(tx: Tx, offer: Offer, held_by: Dispatch | None) -> UUID | None:
    if held_by is not None:
        return held_by.id
    if offer.state is not OfferState.ACCEPTED:
        return None
    rows = await SQL.dispatches_of(tx.connection, ticket_id=offer.ticket_id)
    return next((row["id"] for row in rows if row["offer_id"] == offer.id), None)


async def _trucks(tx: Tx, ticket: Ticket, offer: Offer) -> list[TruckChoice]:
    if offer.state is not OfferState.OFFERED:
        return []
    station = await stations.get(tx, offer.station_id)
    need = await need_of(tx, ticket, None)
    asked_all_the_same = bool(set(UNFIT) & set(offer.overruled))
    able = [
        truck
        for truck in station.trucks
        if truck.in_service and (asked_all_the_same or need.is_met_by(truck))
    ]
    busy = await repository.busy_trucks(tx, [truck.id for truck in able])
    return [
        TruckChoice(
            id=truck.id,
            plate=truck.plate,
            equipment=sorted(truck.equipment),
            is_free=truck.id not in busy,
        )
        for truck in able
    ]


def _proof_out(row: Any) -> ProofOut:
    why = proofs.Unsigned(row["reason"]) if row["reason"] else None
    return ProofOut(**(dict(row) | {"kind": proofs.ProofKind(row["kind"]), "reason": why}))


def _choice_out(row: Any) -> ChoiceOut:
    return ChoiceOut(
        id=row["id"],
        round=row["round"],
        rung=row["rung"],
        made_at=row["made_at"],
        candidates=CANDIDATES.validate_json(row["candidates"]),
    )
