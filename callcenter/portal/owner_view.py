"""What the owner's page shows: how it stands, who comes and when, where the truck was last."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil, floor
from typing import Any, Literal

from callcenter.places.intake import Intake
from callcenter.portal.attempt import Refused
from callcenter.portal.picture import WayPicture, way_picture
from callcenter.portal.tow_view import tow_view
from callcenter.routing import reading, repository
from callcenter.routing.model import Dispatch
from callcenter.routing.towing import tows
from callcenter.routing.towing.tows import travels_of
from callcenter.stations import repository as stations
from callcenter.tickets import owner_words
from callcenter.tickets import repository as tickets
from callcenter.tickets.model import ENDED, Ticket
from callcenter.tickets.repository import TicketPlace
from callcenter.tickets.words import safety_words
from callcenter.web.call import Call
from callcenter.web.html import Html
from callcenter.web.pages import render

STEPS = ("opened", "dispatching", "assigned", "en_route", "on_site", "resolved")
FRESH_S = 120
"""A truck on its way is seen every half minute; a fix older than this is not where it is now."""

Said = Literal["", "confirmed", "asked", "read", "unsure", "heard", "rated"]
"""What became of the last form: a place that counts, one that the desk asks about, words that the
desk reads; a cancellation without the tick; a message; a rating."""


async def owner_view(
    call: Call, own: Ticket, ticket: Ticket, said: Said, refused: Refused | None = None
) -> Html:
    """The page; `own` is the ticket of the link, `ticket` the one that goes on for it."""
    ticket = await tickets.get(call.tx, ticket.id)
    dispatch = await repository.live_dispatch(call.tx, ticket.id)
    place = (
        await tickets.get_place(call.tx, ticket.id, ticket.place_id) if ticket.place_id else None
    )
    return render(
        call,
        "owner.html",
        status=refused.status if refused else 200,
        problem=refused.words if refused else None,
        said=said,
        own=own,
        ticket=ticket,
        safety=safety_words(call.language, danger=ticket.danger, expressway=ticket.expressway),
        place=place,
        near=call.part(Intake).near(place.lat, place.lon) if place else None,
        towed=await tow_view(call, await tows.latest(call.tx, ticket.id)),
        travels=await travels_of(call.tx, ticket.id),
        steps=STEPS,
        at=STEPS.index(ticket.stage.value) if ticket.stage.value in STEPS else -1,
        ended=ticket.stage in ENDED,
        messages=await _messages(call, own, ticket),
        rateable=owner_words.may_be_rated(ticket),
        rating=await tickets.SQL.rating_of(call.tx.connection, ticket_id=own.id),
        bad=owner_words.BAD,
        hotline=call.settings.hotline,
        now=await call.tx.now(),
        fresh_s=FRESH_S,
        **await _who_comes(call, dispatch, place),
    )


async def _who_comes(
    call: Call, dispatch: Dispatch | None, place: TicketPlace | None
) -> dict[str, Any]:
    """The station, its phone, the plate, between when and when, and the way that is left."""
    if dispatch is None:
        return dict.fromkeys(
            ("dispatch", "station", "duty_phone", "plate", "between", "truck", "way")
        )
    station = await stations.get(call.tx, dispatch.station_id)
    truck = await reading.last_seen(call.tx, dispatch.id)
    way: WayPicture | None = way_picture(place, truck) if place and truck else None
    return {
        "dispatch": dispatch,
        "station": station,
        "duty_phone": await stations.duty_phone(call.tx, station.id),
        "plate": next((t.plate for t in station.trucks if t.id == dispatch.truck_id), ""),
        "between": minutes_between(dispatch.eta_at, await call.tx.now()),
        "truck": truck,
        "way": way,
    }


def minutes_between(eta_at: datetime, now: datetime) -> tuple[int, int] | None:
    """A promise is no timetable: a fifth less and a fifth more, in steps of five from a quarter of
    an hour on. None once its time has passed."""
    left = (eta_at - now).total_seconds() / 60
    if left < 0:
        return None
    step = 5 if left >= 15 else 1
    spread = max(2.0, left / 5)
    low = floor(max(left - spread, 1) / step) * step
    return max(low, 1), ceil((left + spread) / step) * step


async def _messages(call: Call, own: Ticket, ticket: Ticket) -> Sequence[Any]:
    """What was written by this link, and by no other."""
    notes = await tickets.SQL.notes_of(call.tx.connection, ticket_id=ticket.id)
    return [note for note in notes if note["author"] == f"link:owner:{own.id}"][-10:]
