"""What the buttons about the place do: naming it, confirming it, asking the caller for it."""

import re
from uuid import UUID

from callcenter.phones import e164
from callcenter.places.distance import METRES_A_DEGREE
from callcenter.places.intake import Intake
from callcenter.places.model import Source
from callcenter.places.saying_words import question
from callcenter.places.share_text import SharedPlace, read_share_text
from callcenter.portal.rescue_form import Notice, RescueForm
from callcenter.tickets import location, repository, said_place, service
from callcenter.tickets.errors import PlaceNotFound, PlaceRefused
from callcenter.tickets.location import NamedPlace
from callcenter.tickets.place_http import send_link
from callcenter.tickets.repository import TicketPlace
from callcenter.tickets.said_place import SaidPlace
from callcenter.web.call import Call

_TWO_NUMBERS = re.compile(r"\s*(-?\d{1,3}(?:\.(\d+))?)\s*[,,\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*")


async def name_place(call: Call, ticket_id: UUID, form: RescueForm) -> Notice | None:
    """A place as pinned, typed, pasted or said: read, and confirmed where nothing is to be asked.
    Words that give no position are kept as a note, and what to ask is shown."""
    if not f"{form.place}{form.words}".strip():
        raise PlaceRefused(
            why_zh="请填写坐标、分享链接或来电人的说法。",
            why_en="Give coordinates, a shared link, or what the caller says.",
        )
    numbers = read_share_text(form.place) if form.pinned else _two_numbers(form.place)
    if numbers is not None:
        place = await _propose(call, ticket_id, _named(call, form, numbers))
    else:
        said = await _say(call, ticket_id, form)
        if said.place is None:
            asked = [question(call.language, code) for code in said.understood.ask]
            return Notice("words_kept", words=" ".join(asked))
        place = said.place
    if place.state == "proposed" and not place.doubts:
        await location.confirm_place(call.tx, call.actor.id, ticket_id, place.id, None)
    return None


async def _say(call: Call, ticket_id: UUID, form: RescueForm) -> SaidPlace:
    return await said_place.say_place(
        call.tx,
        call.actor.id,
        ticket_id,
        f"{form.place.strip()} {form.words.strip()}".strip(),
        call.part(Intake),
        call.settings.places,
        datum=form.datum,
        geocodes=call.settings.geocoding.is_on,
    )


def _named(call: Call, form: RescueForm, read: SharedPlace) -> NamedPlace:
    return location.named_place(
        call.part(Intake),
        Source.AGENT_PIN if form.pinned else Source.TYPED,
        lat=read.lat,
        lon=read.lon,
        datum=read.datum or form.datum,
        accuracy_m=form.accuracy_m if form.pinned else read.accuracy_m,
        words=form.words,
    )


async def _propose(call: Call, ticket_id: UUID, named: NamedPlace) -> TicketPlace:
    return await location.propose_place(
        call.tx, call.actor.id, ticket_id, named, call.settings.places
    )


async def tell_direction(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    """Which carriageway: one of the road's ends, or in words."""
    if form.place_id is None:
        raise PlaceNotFound
    await said_place.tell_direction(
        call.tx,
        call.actor.id,
        ticket_id,
        form.place_id,
        form.words,
        call.settings.places,
        call.part(Intake),
    )


def _two_numbers(text: str) -> SharedPlace | None:
    """Nothing but two numbers in the field for coordinates can be nothing else, however coarse:
    half of the last digit is how far they may be off."""
    match = _TWO_NUMBERS.fullmatch(text)
    if match is None:
        return None
    off_m = METRES_A_DEGREE / 2 / 10 ** len(match[2] or "")
    return SharedPlace(float(match[1]), float(match[3]), None, "", off_m)


async def confirm_place(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    """By judgement, with a reason when there are doubts."""
    if form.place_id is None:
        raise PlaceNotFound
    await location.confirm_place(call.tx, call.actor.id, ticket_id, form.place_id, form.reason)


async def send_location_link(call: Call, ticket_id: UUID, form: RescueForm) -> Notice | None:
    """To the caller's number; without one the page shows the address, to be read out."""
    link = await send_link(call, ticket_id)
    ticket = await repository.get(call.tx, ticket_id)
    return None if ticket.caller_phone else Notice("read_out", link.url)


async def add_phone(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    """A number to call back, of a caller whose own was withheld."""
    phone = e164(form.phone)
    ticket = await repository.lock(call.tx, ticket_id)
    await service.edit_ticket(call.tx, call.actor.id, ticket, {"caller_phone": phone})
