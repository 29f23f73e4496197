"""The ladder: who is asked next, until somebody accepts or a person must take over.

Decline, silence and a lost place come back to the same step, `ask_next`.
"""

from typing import Any
from uuid import UUID

from callcenter.db.enqueue import schedule
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.places.distance import distance_m
from callcenter.routing import repository
from callcenter.routing.candidates import Spot, choose_locked, gather, need_of, reach_of
from callcenter.routing.choose import Considered, Rung, next_rung
from callcenter.routing.events import LadderClimbed, PlaceMoved
from callcenter.routing.model import Ladder
from callcenter.routing.offers import make_offer, tell_offer_ended, withdraw_open_offers
from callcenter.settings import RoutingSettings
from callcenter.staff import alarms
from callcenter.stations import repository as stations
from callcenter.tickets import repository as tickets
from callcenter.tickets import service as ticket_verbs
from callcenter.tickets.model import UNDER_DISPATCH, Stage, Ticket
from callcenter.tickets.repository import TicketPlace

SQL = repository.SQL

NOBODY_LEFT = "rescue_nobody_left"
NOT_ACCEPTED = "rescue_not_accepted"
LADDER_ALARMS = (NOBODY_LEFT, NOT_ACCEPTED)


async def begin_round(tx: Tx, ticket: Ticket, place_id: UUID, settings: RoutingSettings) -> Ladder:
    """A new ladder, or a new round of it, with the deadline for acceptance or alarm."""
    deadline_s = (
        settings.danger_acceptance_deadline_s if ticket.danger else settings.acceptance_deadline_s
    )
    row = await SQL.begin_round(
        tx.connection,
        ticket_id=ticket.id,
        place_id=place_id,
        urgent=ticket.is_urgent,
        deadline_s=float(deadline_s),
    )
    ladder = repository.ladder_of(row)
    await watch_deadline(tx, ladder)
    return ladder


async def watch_deadline(tx: Tx, ladder: Ladder) -> None:
    """The clock by which somebody has accepted, or a person is called."""
    await schedule(
        tx,
        "routing.sound_deadline",
        {"ticket_id": str(ladder.ticket_id), "round": ladder.round},
        at=ladder.deadline_at,
        key=f"{ladder.ticket_id}:{ladder.round}:{ladder.deadline_at.isoformat()}",
    )


async def place_confirmed(tx: Tx, ticket_id: UUID, settings: RoutingSettings) -> None:
    """The place counts now: begin to ask, or look again when it has moved."""
    ticket = await tickets.lock(tx, ticket_id)
    assert ticket.place_id is not None
    place = await tickets.get_place(tx, ticket_id, ticket.place_id)
    ladder = await repository.get_ladder(tx, ticket_id)
    assert place is not None
    if ticket.stage is Stage.OPENED:
        await ticket_verbs.move(tx, "system", ticket, Stage.DISPATCHING)
        await begin_round(tx, ticket, place.id, settings)
        await ask_next(tx, ticket_id, settings)
    elif ladder is None or ticket.stage not in UNDER_DISPATCH:
        return
    elif await _moved_m(tx, ladder, place) > settings.place_moved_m:
        await _place_moved(tx, ticket, ladder, place, settings)
    else:
        await SQL.set_ladder_place(tx.connection, ticket_id=ticket_id, place_id=place.id)


async def ask_next(tx: Tx, ticket_id: UUID, settings: RoutingSettings) -> None:
    """Ask the next nearest able station, two at once when urgent; climb when a rung is empty."""
    ticket = await tickets.lock(tx, ticket_id)
    ladder = await repository.get_ladder(tx, ticket_id)
    if ladder is None or ladder.held or ladder.ended_at or ticket.stage is not Stage.DISPATCHING:
        return
    place = await tickets.get_place(tx, ticket_id, ladder.place_id)
    assert place is not None
    wanted = settings.urgent_parallel_offers if ticket.is_urgent else 1
    missing = wanted - len(await repository.open_offers(tx, ticket_id))
    while missing > 0 and ladder.rung is not Rung.ALARM:
        chosen = await _choose(tx, ticket, ladder, place, missing, settings)
        for considered in chosen:
            await _offer(tx, ladder, considered, settings)
        missing -= len(chosen)
        if missing > 0:
            ladder = await _climb(tx, ladder)
    if ladder.rung is Rung.ALARM and not await repository.open_offers(tx, ticket_id):
        await alarms.raise_alarm(tx, kind=NOBODY_LEFT, ticket_id=ticket_id, reason="exhausted")


async def expire_offer(tx: Tx, payload: dict[str, Any], settings: RoutingSettings) -> None:
    """The offer's clock ran out: silence counts as no."""
    offer = await repository.get_offer(tx, UUID(payload["offer_id"]))
    await tickets.lock(tx, offer.ticket_id)
    row = await SQL.expire_offer(tx.connection, id=offer.id)
    if row is None:
        return
    await tell_offer_ended(tx, "system", repository.offer_of(row))
    await ask_next(tx, offer.ticket_id, settings)


async def sound_deadline(tx: Tx, payload: dict[str, Any]) -> None:
    """Nobody accepted in time: a supervisor must take it, while the ladder goes on."""
    ticket = await tickets.lock(tx, UUID(payload["ticket_id"]))
    ladder = await repository.get_ladder(tx, ticket.id)
    if ladder and ladder.ended_at is None and ladder.round == payload["round"]:
        await alarms.raise_alarm(tx, kind=NOT_ACCEPTED, ticket_id=ticket.id, reason="deadline")


async def _choose(
    tx: Tx,
    ticket: Ticket,
    ladder: Ladder,
    place: TicketPlace,
    count: int,
    settings: RoutingSettings,
) -> list[Considered]:
    """The nearest `count` that may be asked, each looked at again under its own lock."""
    need = await need_of(tx, ticket, place.province)
    reach = reach_of(settings, place.province)
    spot = Spot(place.lat, place.lon, place.province)
    asked = await repository.asked_stations(tx, ladder)
    candidates = await gather(tx, spot, reach.within_m[ladder.rung] / 1000, asked)
    choice = await choose_locked(tx, candidates, need, ladder.rung, reach, count=count)
    chosen = list(choice.ranked)
    await repository.keep_choice(tx, ladder, [*chosen, *choice.passed_over(len(chosen))])
    return chosen


async def _offer(tx: Tx, ladder: Ladder, considered: Considered, settings: RoutingSettings) -> None:
    await make_offer(
        tx,
        ladder,
        station_id=considered.station_id,
        distance=considered.distance_m,
        rung=ladder.rung.value,
        made_by="system",
        lifetime_s=float(settings.offer_lifetime_s),
    )


async def _climb(tx: Tx, ladder: Ladder) -> Ladder:
    rung = next_rung(ladder.rung)
    await SQL.set_rung(tx.connection, ticket_id=ladder.ticket_id, rung=rung.value)
    fact = LadderClimbed(ticket_id=ladder.ticket_id, rung=rung.value, round=ladder.round)
    await record(tx, fact, actor="system", ticket_id=ladder.ticket_id)
    climbed = await repository.get_ladder(tx, ladder.ticket_id)
    assert climbed is not None
    return climbed


async def _moved_m(tx: Tx, ladder: Ladder, place: TicketPlace) -> float:
    before = await tickets.get_place(tx, ladder.ticket_id, ladder.place_id)
    assert before is not None
    return distance_m((before.lat, before.lon), (place.lat, place.lon))


async def _place_moved(
    tx: Tx, ticket: Ticket, ladder: Ladder, place: TicketPlace, settings: RoutingSettings
) -> None:
    """More than 300 m: open offers are void and the choice is made again; a station that has
    accepted is told, and the desk learns when it is no longer the one that would be chosen."""
    held_by = await repository.live_dispatch(tx, ticket.id)
    fact = PlaceMoved(
        ticket_id=ticket.id, place_id=place.id, dispatch_id=held_by.id if held_by else None
    )
    await record(
        tx,
        fact,
        actor="system",
        ticket_id=ticket.id,
        station_id=held_by.station_id if held_by else None,
    )
    if held_by is None:
        await withdraw_open_offers(tx, "system", ticket.id, "place_moved")
        await begin_round(tx, ticket, place.id, settings)
        if ladder.held:
            # A person stopped the asking; only a person lets it go on.
            await SQL.set_held(tx.connection, ticket_id=ticket.id, held=True)
        await ask_next(tx, ticket.id, settings)
        return
    await SQL.set_ladder_place(tx.connection, ticket_id=ticket.id, place_id=place.id)
    best = await _choose(tx, ticket, ladder, place, 1, settings)
    if best and best[0].distance_m < await _distance_of(tx, held_by.station_id, place):
        await alarms.raise_alarm(
            tx, kind="rescue_nearer_station", ticket_id=ticket.id, reason="place_moved"
        )


async def _distance_of(tx: Tx, station_id: UUID, place: TicketPlace) -> float:
    station = await stations.get(tx, station_id)
    return distance_m((station.lat, station.lon), (place.lat, place.lon))


async def look_again(tx: Tx, ticket_id: UUID) -> None:
    """An alarm was taken some minutes ago: when still nobody is asked or coming, it sounds anew."""
    ticket = await tickets.lock(tx, ticket_id)
    if ticket.stage is Stage.DISPATCHING and not await repository.open_offers(tx, ticket_id):
        await alarms.raise_alarm(tx, kind=NOBODY_LEFT, ticket_id=ticket_id, reason="still_nobody")
