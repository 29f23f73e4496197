"""Where the car is: places are proposed, doubted, asked about, and one of them confirmed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.places.intake import Intake
from callcenter.places.model import Datum, Position, Source
from callcenter.settings import PlacesSettings
from callcenter.tickets import repository
from callcenter.tickets.errors import (
    NotARescue,
    PlaceNeedsReason,
    PlaceNotFound,
    PlaceRefused,
    TicketEnded,
)
from callcenter.tickets.events import PlaceConfirmed, PlaceProposed
from callcenter.tickets.model import ENDED, Kind, Ticket
from callcenter.tickets.repository import TicketPlace

SQL = repository.SQL

FIX_TOO_OLD = "fix_too_old"
FIX_TOO_COARSE = "fix_too_coarse"
FIX_WITHOUT_ACCURACY = "fix_without_accuracy"


@dataclass(frozen=True)
class NamedPlace:
    """What somebody said or sent, converted and looked at: `doubts` hold codes to ask about."""

    position: Position
    words: str = ""
    province: str | None = None
    doubts: tuple[str, ...] = ()


def doubts_about_fix(position: Position, now: datetime, settings: PlacesSettings) -> list[str]:
    """Why a fix is not confirmed by itself: older than 60 s, or coarser than 200 m.

    A pin or typed coordinates carry no time: a person stands for them.
    """
    doubts = []
    if position.fixed_at is not None:
        if (now - position.fixed_at).total_seconds() > settings.fix_max_age_s:
            doubts.append(FIX_TOO_OLD)
        if position.accuracy_m is None:
            doubts.append(FIX_WITHOUT_ACCURACY)
    if position.accuracy_m is not None and position.accuracy_m > settings.fix_max_accuracy_m:
        doubts.append(FIX_TOO_COARSE)
    return doubts


async def propose_place(
    tx: Tx, actor: str, ticket_id: UUID, named: NamedPlace, settings: PlacesSettings
) -> TicketPlace:
    """Put a place on the ticket, with what is doubtful about it.

    With danger to life the best place known counts at once, marked uncertain.
    """
    ticket = await _open_rescue(tx, ticket_id)
    position = named.position
    doubts = [*named.doubts, *doubts_about_fix(position, await tx.now(), settings)]
    row = await SQL.insert_place(
        tx.connection,
        id=new_id(),
        ticket_id=ticket_id,
        lat=position.lat,
        lon=position.lon,
        accuracy_m=position.accuracy_m,
        fixed_at=position.fixed_at,
        source=position.source.value,
        source_datum=position.source_datum.value,
        words=named.words,
        province=named.province,
        doubts=doubts,
    )
    place = repository.place_of(row)
    fact = PlaceProposed(ticket_id=ticket_id, place_id=place.id, doubts=doubts)
    await record(tx, fact, actor=actor, ticket_id=ticket_id)
    if ticket.danger and (ticket.place_id is None or not doubts):
        return await _confirm(tx, actor, ticket, place, uncertain=bool(doubts), reason="danger")
    return place


async def confirm_place(
    tx: Tx, actor: str, ticket_id: UUID, place_id: UUID, reason: str | None
) -> TicketPlace:
    """This is where the car stands. A doubtful place needs a person's reason."""
    ticket = await _open_rescue(tx, ticket_id)
    place = await repository.get_place(tx, ticket_id, place_id)
    if place is None:
        raise PlaceNotFound
    if place.state == "confirmed":
        return place
    if place.doubts and not (reason or "").strip():
        raise PlaceNeedsReason(doubts=", ".join(place.doubts))
    return await _confirm(tx, actor, ticket, place, uncertain=bool(place.doubts), reason=reason)


async def _confirm(
    tx: Tx, actor: str, ticket: Ticket, place: TicketPlace, *, uncertain: bool, reason: str | None
) -> TicketPlace:
    row = await SQL.confirm_place(
        tx.connection,
        id=place.id,
        ticket_id=ticket.id,
        uncertain=uncertain,
        confirmed_by=actor,
        confirm_reason=reason,
    )
    if row is None:
        raise PlaceNotFound
    await SQL.set_place(tx.connection, id=ticket.id, place_id=place.id)
    fact = PlaceConfirmed(ticket_id=ticket.id, place_id=place.id, uncertain=uncertain)
    await record(tx, fact, actor=actor, ticket_id=ticket.id)
    return repository.place_of(row)


async def _open_rescue(tx: Tx, ticket_id: UUID) -> Ticket:
    ticket = await repository.lock(tx, ticket_id)
    if ticket.kind is not Kind.RESCUE:
        raise NotARescue
    if ticket.stage in ENDED:
        raise TicketEnded(number=ticket.number)
    return ticket


def named_place(
    intake: Intake,
    source: Source,
    *,
    lat: float,
    lon: float,
    datum: Datum,
    accuracy_m: float | None = None,
    fixed_at: datetime | None = None,
    words: str = "",
) -> NamedPlace:
    """Coordinates as somebody gave them, converted to WGS-84 and looked at.

    Raises PlaceRefused for what cannot be a car in this country.
    """
    seen = intake.look_at(lat, lon, datum)
    if seen.refusal is not None:
        raise PlaceRefused(why_zh=seen.refusal.zh, why_en=seen.refusal.en)
    position = Position(
        lat=seen.lat,
        lon=seen.lon,
        accuracy_m=accuracy_m,
        fixed_at=fixed_at,
        source=source,
        source_datum=datum,
    )
    return NamedPlace(position, words, seen.province, tuple(seen.doubts))
