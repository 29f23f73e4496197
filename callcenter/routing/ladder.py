"""The ladder: who is asked next, until somebody accepts or a person must take over.

Decline, silence and a lost place come back to the same step, `ask_next`.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.routing import repository
from callcenter.routing.candidates import Spot, choose_nearest, need_of, reach_of
from callcenter.routing.choose import Considered, Rung, next_rung
from callcenter.routing.events import LadderClimbed
from callcenter.routing.ladder_alarms import (
    clear_ladder_alarms,
    sound_nobody_left,
    watch_deadline,
)
from callcenter.routing.model import Ladder
from callcenter.routing.offers import make_offer, tell_offer_ended
from callcenter.settings import RoutingSettings
from callcenter.tickets import repository as tickets
from callcenter.tickets.model import Stage, Ticket
from callcenter.tickets.repository import TicketPlace

SQL = repository.SQL


async def begin_round(
    tx: Tx,
    ticket: Ticket,
    place_id: UUID,
    settings: RoutingSettings,
    *,
    since: datetime | None = None,
) -> Ladder:
    """A new ladder, or a new round of it, with the deadline for acceptance or alarm.

    `since` is when its clock began to run (now, when not given). The last round's alarms end
    with it: should this one find nobody either, that is news.
    """
    deadline_s = (
        settings.danger_acceptance_deadline_s if ticket.danger else settings.acceptance_deadline_s
    )
    row = await SQL.begin_round(
        tx.connection,
        ticket_id=ticket.id,
        place_id=place_id,
        urgent=ticket.is_urgent,
        deadline_at=(since or await tx.now()) + timedelta(seconds=deadline_s),
    )
    ladder = repository.ladder_of(row)
    await clear_ladder_alarms(tx, ticket.id, "asked_again")
    await watch_deadline(tx, ladder)
    return ladder


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
        await sound_nobody_left(tx, ticket)


async def expire_offer(tx: Tx, payload: dict[str, Any], settings: RoutingSettings) -> None:
    """The offer's clock ran out: silence counts as no."""
    offer = await repository.get_offer(tx, UUID(payload["offer_id"]))
    await tickets.lock(tx, offer.ticket_id)
    row = await SQL.expire_offer(tx.connection, id=offer.id)
    if row is None:
        return
    await tell_offer_ended(tx, "system", repository.offer_of(row))
    await ask_next(tx, offer.ticket_id, settings)


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
    times = await repository.times_to(tx, place.id)
    choice = await choose_nearest(
        tx, spot, need, ladder.rung, reach, count=count, asked=asked, times=times
    )
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
