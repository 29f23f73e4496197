"""What a rescue's page shows: the place and who would come, what was written and by whom."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from callcenter.db import events
from callcenter.db.events import StoredEvent
from callcenter.places.intake import Intake
from callcenter.portal.around import Middle, middle_of, town_words, towns_named
from callcenter.portal.fields import OptionalId
from callcenter.portal.hand_list import by_hand_list, phones_of
from callcenter.portal.people import who_is
from callcenter.portal.picture import picture_of
from callcenter.portal.rescue_form import RescueForm
from callcenter.routing import reading
from callcenter.routing import repository as routing
from callcenter.routing.candidates import Spot, need_of
from callcenter.routing.choose import Travel
from callcenter.routing.preview import preview, quickest_first
from callcenter.routing.rescue_wire import PreviewOut
from callcenter.staff import alarms
from callcenter.stations import repository as stations
from callcenter.tickets import repository
from callcenter.tickets.model import Stage, Ticket
from callcenter.tickets.repository import TicketPlace
from callcenter.web.call import Call
from callcenter.web.installation import Installation
from callcenter.web.wire import QueryModel

SHOWN_EVENTS = 100
WOULD_COME = 4


class RescueQuery(QueryModel):
    """What is looked at: a town to draw around (and which one of that name), the stations to
    choose by hand, the one chosen."""

    around: Annotated[str, Field(max_length=60)] = ""
    which: Annotated[int, Field(ge=0, le=20)] = 0
    by_hand: Literal["", "on"] = ""
    station_id: OptionalId = None
    lang: str = ""


async def where(
    call: Call,
    ticket: Ticket,
    query: RescueQuery,
    form: RescueForm | None,
    ways: Mapping[UUID, Travel],
) -> dict[str, Any]:
    """The place, the drawing around it, who would come (with these ways, where none are kept) and
    who has been asked."""
    rescue = await reading.rescue(call.tx, ticket.id)
    places = await repository.places_of(call.tx, ticket.id)
    place = next((p for p in places if p.id == ticket.place_id), None)
    towns = towns_named(call, query.around)
    town = towns[min(query.which, len(towns) - 1)] if towns else None
    middle = middle_of(place, places, town)
    if place is not None:
        ways = await routing.times_to(call.tx, place.id) or ways
    choice = await _would_come(call, ticket, middle, {} if town else ways)
    asked = {o.station_id for o in rescue.offers} | {d.station_id for d in rescue.dispatches}
    named = {c.station_id for c in (*choice.ranked, *choice.passed_over)} if choice else set()
    known = await stations.by_ids(call.tx, named | asked)
    to_ring = asked | {c.station_id for c in choice.ranked} if choice else asked
    chosen = form.station_id if form else query.station_id
    by_hand = (
        await by_hand_list(call, ticket, place, chosen)
        if place and ticket.stage is Stage.DISPATCHING and (query.by_hand or chosen)
        else []
    )
    intake = call.part(Intake)
    return {
        "rescue": rescue,
        "live": next((d for d in rescue.dispatches if d.ended_at is None), None),
        "place": place,
        "near": intake.near(place.lat, place.lon) if place else None,
        "places": list(reversed(places)),
        "sample_place": None if places else _sample_place(call, ticket),
        "around": query.around,
        "town": town,
        "towns": [town_words(one, call.language) for one in towns],
        "town_words": town_words(town, call.language) if town else "",
        "choice": choice,
        "stations": known,
        "phones": await phones_of(call, [known[s] for s in to_ring]),
        "by_hand": by_hand,
        "chosen": next((one for one in by_hand if one.station.id == chosen), None),
        "picture": picture_of(middle, place, places, choice, rescue, known, intake.gazetteer),
    }


async def told(
    call: Call, tickets: Sequence[Ticket], places: Sequence[TicketPlace]
) -> dict[str, Any]:
    """What was written and what happened, with who did it: about the first of the tickets, and
    about those that it goes on for; `places` are the first one's."""
    sql, connection = repository.SQL, call.tx.connection
    notes, emergencies, answers = [], [], []
    timeline: list[StoredEvent] = []
    for one in tickets:
        notes += await sql.notes_of(connection, ticket_id=one.id)
        emergencies += await sql.emergencies_of(connection, ticket_id=one.id)
        answers += await sql.answers_of(connection, ticket_id=one.id)
        timeline += await events.timeline(call.tx, one.id)
    timeline.sort(key=lambda event: event.at)
    newest = timeline[::-1][:SHOWN_EVENTS]
    actors = [
        *(note["author"] for note in notes),
        *(emergency["told_by"] for emergency in emergencies),
        *(event.actor for event in newest),
        *(place.confirmed_by for place in places),
    ]
    of_this = tickets[0].id
    return {
        "answers": sorted(answers, key=lambda answer: answer["answered_at"]),
        "notes": sorted(notes, key=lambda note: note["written_at"]),
        "emergencies": {e["service"]: e for e in reversed(emergencies)},
        "timeline": newest,
        "numbers": {one.id: one.number for one in tickets[1:]},
        "alarms": await alarms.listed(call.tx, limit=20, only_open=True, ticket_id=of_this),
        "who": await who_is(call, actors),
    }


async def _would_come(
    call: Call, ticket: Ticket, middle: Middle | None, ways: Mapping[UUID, Travel]
) -> PreviewOut | None:
    if middle is None:
        return None
    need = await need_of(call.tx, ticket, middle.province)
    spot = Spot(middle.lat, middle.lon, middle.province)
    rung, choice = await preview(call.tx, spot, need, call.settings.routing)
    return reading.preview_out(rung.value, quickest_first(choice, ways), limit=WOULD_COME)


def _sample_place(call: Call, ticket: Ticket) -> str | None:
    """What the demo's sample caller would say."""
    installed = call.part(Installation)
    is_his = ticket.caller_phone is not None and ticket.caller_phone == installed.sample_caller
    return installed.sample_place if is_his and call.settings.demo else None
