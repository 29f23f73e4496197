"""One rescue as the desk sees it, in one answer: what stands together was read together."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from callcenter.places.http import ends_out
from callcenter.places.intake import Intake
from callcenter.places.model import OnRoad
from callcenter.places.roads.way_words import on_road_words
from callcenter.routing import reading
from callcenter.routing import repository as routing
from callcenter.routing.candidates import Spot, need_of
from callcenter.routing.choose import Travel
from callcenter.routing.desk_wire import (
    CarSeenOut,
    DeskPlaceOut,
    LinkAnswerOut,
    RatingOut,
    RescueDeskOut,
)
from callcenter.routing.preview import (
    NOBODY_HOLDS_IT,
    place_so_far,
    preview,
    quickest_first,
    ways_so_far,
)
from callcenter.routing.rescue_wire import PreviewOut, RescueOut, RescuePath, StationSeenOut
from callcenter.stations import repository as stations
from callcenter.tickets import repository
from callcenter.tickets.car import car_of
from callcenter.tickets.errors import NotARescue
from callcenter.tickets.model import Kind, Ticket
from callcenter.tickets.place_wire import place_out
from callcenter.tickets.repository import TicketPlace
from callcenter.tickets.wire import EmergencyOut, ticket_out
from callcenter.tickets.words import safety_words
from callcenter.web.call import Call
from callcenter.web.links import SignedLinks
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import WireModel

routes = Routes(tags=["dispatch"])


@routes.get(
    "/api/v1/rescues/{ticket_id}/desk",
    permission=Permission.DISPATCH_READ,
    problems=(409,),
    transaction=False,
)
async def get_desk(call: Call, path: RescuePath) -> RescueDeskOut:
    """All that the desk looks at of one rescue: place, choice, offers, truck, safety words."""
    ways = await ways_so_far(call.database, path.ticket_id, call.settings.routing)
    return await call.database.run(
        lambda tx: _desk(call.within(tx), path.ticket_id, ways), readonly=True
    )


async def _desk(call: Call, ticket_id: UUID, ways: Mapping[UUID, Travel]) -> RescueDeskOut:
    ticket = await repository.get(call.tx, ticket_id)
    if ticket.kind is not Kind.RESCUE:
        raise NotARescue
    places = await repository.places_of(call.tx, ticket.id)
    rescue = await reading.rescue(call.tx, ticket.id)
    choice = await _would_come(call, ticket, places, ways)
    joined = await repository.goes_on_for(call.tx, ticket.id)
    told, answers = await _said(call, (ticket, *joined))
    token = call.part(SignedLinks).make("owner", ticket.id)
    return RescueDeskOut(
        now=await call.tx.now(),
        ticket=ticket_out(ticket, phones=call.actor.may(Permission.PHONES_READ)),
        car=await _car(call, ticket),
        safety=safety_words(call.language, danger=ticket.danger, expressway=ticket.expressway),
        emergencies=[EmergencyOut(**_fields(EmergencyOut, row)) for row in told],
        places=[_place(call, place) for place in places],
        answers=[LinkAnswerOut(**_fields(LinkAnswerOut, a)) for a in answers if a["kind"] != "fix"],
        rating=await _rating(call, ticket),
        rescue=rescue,
        choice=choice,
        stations=await _stations(call, rescue, choice),
        owner_url=f"{call.settings.base_url}/o/{token}",
        goes_on_for=[one.id for one in joined],
    )


async def _said(call: Call, tickets: Sequence[Ticket]) -> tuple[list[Any], list[Any]]:
    """Which services were told, and what came by the location link."""
    sql, connection = repository.SQL, call.tx.connection
    told: list[Any] = []
    answers: list[Any] = []
    for one in tickets:
        told += await sql.emergencies_of(connection, ticket_id=one.id)
        answers += await sql.answers_of(connection, ticket_id=one.id)
    return told, sorted(answers, key=lambda answer: answer["answered_at"])


async def _car(call: Call, ticket: Ticket) -> CarSeenOut:
    car = await car_of(call.tx, ticket)
    return CarSeenOut(model=car.model, plate=car.plate, brand=car.brand, **vars(car.facts))


async def _rating(call: Call, ticket: Ticket) -> RatingOut | None:
    sql, connection = repository.SQL, call.tx.connection
    row = await sql.rating_of(connection, ticket_id=ticket.id)
    if row is None:
        return None
    notes = await sql.notes_of(connection, ticket_id=ticket.id) if row["note_id"] else []
    words = next((note["words"] for note in notes if note["id"] == row["note_id"]), "")
    return RatingOut(
        score=row["score"],
        words=words,
        rated_at=row["rated_at"],
        follow_up_id=row["follow_up_id"],
    )


async def _would_come(
    call: Call, ticket: Ticket, places: Sequence[TicketPlace], ways: Mapping[UUID, Travel]
) -> PreviewOut | None:
    """With the ways that were measured before the first station was asked, else those of now."""
    place = place_so_far(ticket, places)
    if place is None or ticket.stage not in NOBODY_HOLDS_IT:
        return None
    need = await need_of(call.tx, ticket, place.province)
    spot = Spot(place.lat, place.lon, place.province)
    rung, choice = await preview(call.tx, spot, need, call.settings.routing)
    choice = quickest_first(choice, await routing.times_to(call.tx, place.id) or ways)
    return reading.preview_out(rung.value, choice)


async def _stations(
    call: Call, rescue: RescueOut, choice: PreviewOut | None
) -> list[StationSeenOut]:
    named = {offer.station_id for offer in rescue.offers}
    named |= {dispatch.station_id for dispatch in rescue.dispatches}
    if choice is not None:
        named |= {one.station_id for one in (*choice.ranked, *choice.passed_over)}
    known = await stations.by_ids(call.tx, named)
    duties = await stations.duties_now(call.tx, known.values())
    return [reading.station_seen(one, duties[one.id].phone) for one in known.values()]


def _place(call: Call, place: TicketPlace) -> DeskPlaceOut:
    intake, said = call.part(Intake), place.on_road
    english = call.language == "en"
    near = intake.near(place.lat, place.lon)
    asks = place.state != "dropped" and not (said and said.towards)
    return DeskPlaceOut(
        place=place_out(place),
        road=_road_words(call.language, said, intake),
        near=near.en if english or not near.zh else near.zh,
        towards=ends_out(call.language, said, intake) if asks else [],
    )


def _road_words(language: str, said: OnRoad | None, intake: Intake) -> str:
    if said is None:
        return ""
    towards = said.towards
    if towards and language == "en":
        towards = intake.gazetteer.in_english(towards)
    return on_road_words(language, OnRoad(said.road, said.post_m, said.feature, towards))


def _fields(model: type[WireModel], row: Any) -> dict[str, Any]:
    return {name: row[name] for name in model.model_fields}
