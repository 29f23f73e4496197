"""Rescues that may be about the same breakdown as this one: gathered, compared, proposed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import cos, radians
from typing import Any
from uuid import UUID

from callcenter.customers import service as customers
from callcenter.customers.model import plate_of
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.phones import is_anybodys, line_of
from callcenter.places.distance import METRES_A_DEGREE
from callcenter.tickets import repository
from callcenter.tickets.events import SameProposed
from callcenter.tickets.model import Kind, Stage, Ticket
from callcenter.tickets.particulars import RescueParticulars
from callcenter.tickets.same_breakdown import (
    CAR_HOLDS,
    NEAR_IN_TIME,
    NEAR_M,
    Likeness,
    Report,
    compare,
)

SQL = repository.SQL
ENDED_LATELY_S = 2 * 3600.0
PLACE_COMES_LATE = timedelta(hours=2)
"""A place may be named so long after its rescue was opened."""
MOST_COMPARED = 60
MOST_PROPOSED = 3
"""In a pile-up all are near all: a person looks at the likeliest."""


@dataclass(frozen=True)
class Proposal:
    """A rescue that may be the same breakdown, and how alike the two are."""

    ticket: Ticket
    likeness: Likeness


async def proposals_for(tx: Tx, ticket: Ticket) -> Sequence[Proposal]:
    """The likeliest first; those a person has told apart are left out, and a merged rescue speaks
    for the one that goes on for it. Empty for a ticket that was merged itself."""
    if ticket.kind is not Kind.RESCUE or ticket.stage is Stage.MERGED:
        return []
    mine = (await reports_of(tx, [ticket]))[ticket.id]
    apart = {row["id"] for row in await SQL.told_apart_from(tx.connection, id=ticket.id)}
    best: dict[UUID, Proposal] = {}
    candidates = [c for c in await _candidates(tx, ticket, mine) if c.id not in apart]
    reports = await reports_of(tx, candidates)
    for candidate in candidates:
        likeness = compare(mine, reports[candidate.id])
        if not likeness.is_proposed:
            continue
        stands_for = await repository.lives_on_in(tx, candidate)
        if stands_for.id in {ticket.id, *apart}:
            continue
        known = best.get(stands_for.id)
        if known is None or likeness.score > known.likeness.score:
            best[stands_for.id] = Proposal(stands_for, likeness)
    return sorted(best.values(), key=lambda p: (-p.likeness.score, p.ticket.opened_at, p.ticket.id))


async def propose(tx: Tx, ticket_id: UUID) -> None:
    """Say once of each pair that they may be one, on the timeline of the later one and in the feed.

    Nothing of either ticket changes.
    """
    ticket = await repository.get(tx, ticket_id)
    for proposal in (await proposals_for(tx, ticket))[:MOST_PROPOSED]:
        signs = [sign.value for sign in proposal.likeness.signs]
        first, second = sorted((ticket.id, proposal.ticket.id))
        row = await SQL.keep_likeness(tx.connection, one_id=first, other_id=second, reasons=signs)
        if row is not None:
            fact = SameProposed(ticket_id=ticket.id, other_id=proposal.ticket.id, signs=signs)
            await record(tx, fact, actor="system", ticket_id=ticket.id)


async def reports_of(tx: Tx, tickets: Sequence[Ticket]) -> dict[UUID, Report]:
    """What is known of these rescues."""
    rows = await SQL.known_of(tx.connection, ids=[ticket.id for ticket in tickets])
    known = {row["id"]: row for row in rows}
    return {ticket.id: _report(ticket, known[ticket.id]) for ticket in tickets}


def _report(ticket: Ticket, known: Any) -> Report:
    """A plate that was told stands over the registered car, whose VIN then says nothing. A car
    without a VIN on record is told by its row."""
    told = RescueParticulars.model_validate(ticket.particulars)
    registered = plate_of(known["plate"] or "")
    plate = plate_of(told.plate)
    is_it = plate in ("", registered)
    numbers = [*known["phones"], *([ticket.caller_phone] if ticket.caller_phone else [])]
    return Report(
        at=ticket.opened_at,
        vin=(known["vin"] or str(ticket.vehicle_id or "")) if is_it else "",
        plate=plate or registered,
        model=told.car or (known["model"] or "" if is_it else ""),
        phones=frozenset(line_of(n) for n in numbers if not is_anybodys(line_of(n))),
        places=tuple(zip(known["lats"], known["lons"], strict=True)),
        road=known["road"],
        towards=known["sense"],
    )


async def _candidates(tx: Tx, ticket: Ticket, mine: Report) -> list[Ticket]:
    vehicles = await customers.find_vehicles(tx, plate=mine.plate) if mine.plate else ()
    owners = {o.id for p in sorted(mine.phones) for o in await customers.find_by_phone(tx, p)}
    rows = await SQL.like_candidates(
        tx.connection,
        id=ticket.id,
        drill=ticket.drill,
        vehicle_ids=sorted({v.id for v in vehicles} | ({ticket.vehicle_id} - {None})),
        plates=[mine.plate] if mine.plate else [],
        phones=sorted(mine.phones),
        owner_ids=sorted(owners | ({ticket.owner_id} - {None})),
        since=ticket.opened_at - CAR_HOLDS,
        near_since=ticket.opened_at - NEAR_IN_TIME,
        near_until=ticket.opened_at + NEAR_IN_TIME + PLACE_COMES_LATE,
        ended_s=ENDED_LATELY_S,
        limit=MOST_COMPARED,
        **_box(mine.places),
    )
    return [repository.ticket_of(row) for row in rows]


def _box(places: Iterable[tuple[float, float]]) -> dict[str, float | None]:
    """Degrees that hold everything within 500 m of the places; none without a place."""
    points = list(places)
    if not points:
        return dict.fromkeys(("south", "north", "west", "east"))
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    high = 1.02 * NEAR_M / METRES_A_DEGREE
    wide = high / max(cos(radians(max(abs(lat) for lat in lats) + high)), 0.01)
    return {
        "south": min(lats) - high,
        "north": max(lats) + high,
        "west": min(lons) - wide,
        "east": max(lons) + wide,
    }
