"""Where the car is: places are proposed, doubted, asked about, and one of them confirmed."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.places.http import DATUM_UNKNOWN
from callcenter.places.intake import Intake
from callcenter.places.model import Datum, OnRoad, Position, Source
from callcenter.settings import PlacesSettings
from callcenter.staff import alarms
from callcenter.tickets import repository
from callcenter.tickets.best_place import best_of, is_better, may_count_at_once
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

TO_READ = "rescue_place_to_read"

FIX_TOO_OLD = "fix_too_old"
FIX_TOO_COARSE = "fix_too_coarse"
FIX_WITHOUT_ACCURACY = "fix_without_accuracy"
FIX_WITHOUT_TIME = "fix_without_time"
FIX_FROM_THE_FUTURE = "fix_from_the_future"


@dataclass(frozen=True)
class NamedPlace:
    """What somebody said or sent, converted and looked at: `doubts` hold codes to ask about."""

    position: Position
    words: str = ""
    province: str | None = None
    doubts: tuple[str, ...] = ()
    on_road: OnRoad | None = None


def doubts_about_fix(position: Position, now: datetime, settings: PlacesSettings) -> list[str]:
    """Why a fix is not confirmed by itself: older than 60 s, or coarser than 200 m.

    Typed coordinates carry no time: a person stands for them.
    """
    doubts = []
    if position.fixed_at is not None:
        age_s = (now - position.fixed_at).total_seconds()
        if age_s > settings.fix_max_age_s:
            doubts.append(FIX_TOO_OLD)
        elif age_s < -settings.fix_max_age_s:
            doubts.append(FIX_FROM_THE_FUTURE)
        if position.accuracy_m is None:
            doubts.append(FIX_WITHOUT_ACCURACY)
    elif position.source is Source.LINK_FIX:
        doubts.append(FIX_WITHOUT_TIME)
    if position.accuracy_m is not None and position.accuracy_m > settings.fix_max_accuracy_m:
        doubts.append(FIX_TOO_COARSE)
    return doubts


async def propose_place(
    tx: Tx, actor: str, ticket_id: UUID, named: NamedPlace, settings: PlacesSettings
) -> TicketPlace:
    """Put a place on the ticket, with what is doubtful about it.

    With danger to life the best place known counts at once, marked uncertain; a better one takes
    its turn.
    """
    ticket = await _open_rescue(tx, ticket_id)
    position = named.position
    of_fix = doubts_about_fix(position, await tx.now(), settings)
    doubts = list(dict.fromkeys((*named.doubts, *of_fix)))
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
        **_road_columns(named.on_road),
    )
    place = repository.place_of(row)
    fact = PlaceProposed(ticket_id=ticket_id, place_id=place.id, doubts=doubts)
    await record(tx, fact, actor=actor, ticket_id=ticket_id)
    if ticket.danger and await _takes_its_turn(tx, ticket, place):
        return await _confirm(tx, actor, ticket, place, uncertain=bool(doubts), reason="danger")
    return place


def _road_columns(on_road: OnRoad | None) -> dict[str, Any]:
    names = [field.name for field in fields(OnRoad)]
    return {name: getattr(on_road, name, None) for name in names}


async def take_best_known(tx: Tx, actor: str, ticket: Ticket) -> None:
    """Danger was marked and no place counts yet: the best one named so far does, uncertain."""
    if ticket.kind is not Kind.RESCUE or ticket.place_id is not None or ticket.stage in ENDED:
        return
    named = [p for p in await repository.places_of(tx, ticket.id) if p.state == "proposed"]
    if best := best_of(named):
        await _confirm(tx, actor, ticket, best, uncertain=bool(best.doubts), reason="danger")


async def _takes_its_turn(tx: Tx, ticket: Ticket, place: TicketPlace) -> bool:
    if not place.doubts:
        return True
    if not may_count_at_once(place.doubts):
        return False
    if ticket.place_id is None:
        return True
    counts = await repository.get_place(tx, ticket.id, ticket.place_id)
    return counts is not None and counts.uncertain and is_better(place, counts)


async def confirm_place(
    tx: Tx, actor: str, ticket_id: UUID, place_id: UUID, reason: str | None
) -> TicketPlace:
    """This is where the car stands. A doubtful place needs a person's reason, and is then as
    certain as that person: the mark of a place that only danger made count goes."""
    ticket = await _open_rescue(tx, ticket_id)
    place = await repository.get_place(tx, ticket_id, place_id)
    if place is None:
        raise PlaceNotFound
    if ticket.place_id == place.id and not place.uncertain:
        return place
    if place.doubts and not (reason or "").strip():
        raise PlaceNeedsReason(doubts=", ".join(place.doubts))
    return await _confirm(tx, actor, ticket, place, uncertain=False, reason=reason)


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
    await alarms.clear_alarms(tx, ticket_id=ticket.id, kind=TO_READ, reason="place_confirmed")
    return repository.place_of(row)


async def ask_desk_to_read(tx: Tx, ticket_id: UUID, answer: str) -> None:
    """The caller has answered and was told that he will be asked: somebody must do so now."""
    await alarms.raise_alarm(tx, kind=TO_READ, ticket_id=ticket_id, reason=answer)


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
    datum: Datum | None,
    accuracy_m: float | None = None,
    fixed_at: datetime | None = None,
    words: str = "",
    on_road: OnRoad | None = None,
) -> NamedPlace:
    """Coordinates as somebody gave them, converted to WGS-84 and looked at.

    An unknown datum (None) is taken for WGS-84 and asked about: it may be 1.5 km off.
    Raises PlaceRefused for what cannot be a car in this country.
    """
    seen = intake.look_at(lat, lon, datum or Datum.WGS84)
    if seen.refusal is not None:
        raise PlaceRefused(why_zh=seen.refusal.zh, why_en=seen.refusal.en)
    position = Position(
        lat=seen.lat,
        lon=seen.lon,
        accuracy_m=accuracy_m,
        fixed_at=fixed_at,
        source=source,
        source_datum=datum or Datum.WGS84,
    )
    doubts = seen.doubts if datum else (*seen.doubts, DATUM_UNKNOWN)
    return NamedPlace(position, words, seen.province, tuple(doubts), on_road)
