"""What each button of a rescue's page does: one verb of a room."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from callcenter.places.intake import Intake
from callcenter.places.model import Datum, Source
from callcenter.places.share_text import read_share_text
from callcenter.routing import by_hand, journey, reading
from callcenter.routing.choose import OVERRULABLE, PassedOver
from callcenter.tickets import location, repository, service
from callcenter.tickets.errors import PlaceRefused
from callcenter.tickets.model import Stage
from callcenter.tickets.place_http import send_link
from callcenter.web.call import Call
from callcenter.web.wire import QueryModel

ROAD_OPERATOR = "12122"
Text = Annotated[str, Field(max_length=1000)]


class RescueForm(QueryModel):
    """One button of the page; each takes the fields it needs."""

    action: Literal[
        "name_place",
        "confirm_place",
        "send_link",
        "tell",
        "hold",
        "release",
        "assign",
        "accept_by_phone",
        "hand_over",
        "ask_again",
        "cancel",
        "reassign",
        "resolve",
        "close",
        "reopen",
        "note",
        "mark",
    ]
    place: Text = ""
    datum: Datum = Datum.WGS84
    words: Text = ""
    pinned: Literal["", "on"] = ""
    place_id: Annotated[str, Field(max_length=36)] = ""
    reason: Text = ""
    service: Literal["120", "110", "122", "119"] = "120"
    station_id: Annotated[str, Field(max_length=36)] = ""
    eta_minutes: Annotated[int, Field(ge=1, le=600)] = 30
    overrule: Literal["", "on"] = ""
    danger: Literal["", "on"] = ""
    expressway: Literal["", "on"] = ""


async def _name_place(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    """Coordinates as typed or pasted; words alone are kept as a note for the colleagues."""
    read = read_share_text(form.place)
    if read is None:
        raise PlaceRefused(
            why_zh="看不出坐标。请粘贴分享链接,或输入“纬度,经度”。",
            why_en='No coordinates found. Paste a shared link, or type "latitude, longitude".',
        )
    named = location.named_place(
        call.part(Intake),
        _source(form, read.datum),
        lat=read.lat,
        lon=read.lon,
        datum=read.datum or form.datum,
        words=form.words or read.words,
    )
    place = await location.propose_place(
        call.tx, call.actor.id, ticket_id, named, call.settings.places
    )
    if place.state == "proposed" and not place.doubts:
        await location.confirm_place(call.tx, call.actor.id, ticket_id, place.id, None)


def _source(form: RescueForm, told_datum: Datum | None) -> Source:
    if form.pinned:
        return Source.AGENT_PIN
    return Source.SHARE_TEXT if told_datum else Source.TYPED


async def _by_hand(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    overruled: frozenset[PassedOver] = OVERRULABLE if form.overrule else frozenset()
    common: dict[str, Any] = {
        "overruled": overruled,
        "reason": form.reason or ("phone" if form.action == "accept_by_phone" else ""),
        "settings": call.settings.routing,
    }
    station_id = UUID(form.station_id)
    if form.action == "assign":
        await by_hand.assign(call.tx, call.actor.id, ticket_id, station_id, **common)
        return
    await by_hand.accept_by_phone(
        call.tx,
        call.actor.id,
        ticket_id,
        station_id,
        eta_minutes=form.eta_minutes,
        truck_id=None,
        **common,
    )


async def _reassign(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    rescue = await reading.rescue(call.tx, ticket_id)
    live = [dispatch for dispatch in rescue.dispatches if dispatch.ended_at is None]
    for dispatch in live:
        await journey.reassign(
            call.tx, call.actor.id, dispatch.id, form.reason or "desk", call.settings.routing
        )


async def _mark(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    ticket = await repository.lock(call.tx, ticket_id)
    changes = {"danger": form.danger == "on", "expressway": form.expressway == "on"}
    await service.edit_ticket(call.tx, call.actor.id, ticket, changes)


async def _confirm_place(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    await location.confirm_place(
        call.tx, call.actor.id, ticket_id, UUID(form.place_id), form.reason
    )


async def _send_link(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    await send_link(call, ticket_id)


async def _tell(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    await service.tell_emergency(call.tx, call.actor.id, ticket_id, form.service)


async def _hold(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    held = form.action == "hold"
    await by_hand.hold(call.tx, call.actor.id, ticket_id, held, call.settings.routing)


async def _hand_over(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    reason = form.reason or ROAD_OPERATOR
    await by_hand.hand_over(call.tx, call.actor.id, ticket_id, ROAD_OPERATOR, reason)


async def _ask_again(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    await by_hand.ask_again(call.tx, call.actor.id, ticket_id, call.settings.routing)


async def _cancel(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    await by_hand.cancel_rescue(call.tx, call.actor.id, ticket_id, form.reason or "desk")


async def _note(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    await service.write_note(call.tx, call.actor.id, ticket_id, form.words)


async def _reopen(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    await service.reopen(call.tx, call.actor.id, ticket_id)


async def _end(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    to = Stage.RESOLVED if form.action == "resolve" else Stage.CLOSED
    outcome = form.reason or None
    await service.move_from_desk(call.tx, call.actor.id, ticket_id, to, outcome=outcome)


Verb = Callable[[Call, UUID, RescueForm], Awaitable[None]]

VERBS: Mapping[str, Verb] = {
    "name_place": _name_place,
    "confirm_place": _confirm_place,
    "send_link": _send_link,
    "tell": _tell,
    "mark": _mark,
    "hold": _hold,
    "release": _hold,
    "assign": _by_hand,
    "accept_by_phone": _by_hand,
    "hand_over": _hand_over,
    "ask_again": _ask_again,
    "reassign": _reassign,
    "cancel": _cancel,
    "resolve": _end,
    "close": _end,
    "reopen": _reopen,
    "note": _note,
}
