"""What each button of a station's page does: one verb of routing."""

from collections.abc import Awaitable
from datetime import timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from callcenter.places.model import Datum, Position, Source
from callcenter.portal.fields import (
    AgeMs,
    Check,
    Latitude,
    Longitude,
    Metres,
    OptionalId,
    OptionalMoment,
)
from callcenter.portal.tow_verbs import TOW_ACTIONS, press_tow
from callcenter.routing import answers, journey, proofs, reading, truck_way
from callcenter.routing.errors import OfferNotFound
from callcenter.routing.model import DeclineReason, Offer
from callcenter.routing.proofs import ProofKind, Unsigned
from callcenter.tickets.errors import PlaceRefused
from callcenter.web import files
from callcenter.web.call import Call
from callcenter.web.forms import Upload
from callcenter.web.wire import QueryModel


class StationForm(QueryModel):
    """One button; each takes the fields it needs."""

    action: Literal[
        "accept",
        "decline",
        "depart",
        "arrive",
        "complete",
        "gone",
        "hand_back",
        "eta",
        "position",
        "tow",
        "tow_chosen",
        "tow_refused",
        "tow_loaded",
        "tow_delivered",
    ]
    eta_minutes: Annotated[int, Field(ge=1, le=600)] = 30
    truck_id: OptionalId = None
    destination_id: OptionalId = None
    station_id: OptionalId = None
    place: Annotated[str, Field(max_length=300)] = ""
    reason: DeclineReason = DeclineReason.OTHER
    words: Annotated[str, Field(max_length=500)] = ""
    outcome: Literal["repaired", "towed_to_workshop", "brought_to_safety", "charged", "other"] = (
        "repaired"
    )
    called_owner: Check = ""
    photo: Upload | None = None
    photo_after: Upload | None = None
    signature: Upload | None = None
    unsigned: Unsigned | None = None
    lat: Latitude = None
    lon: Longitude = None
    accuracy_m: Metres = None
    age_ms: AgeMs = None
    happened_at: OptionalMoment = None


async def press(call: Call, offer: Offer, form: StationForm, actor: str) -> None:
    """Do what the button says, as this actor; raises the refusal of the verb."""
    if form.action == "accept":
        await answers.accept_offer(
            call.tx,
            actor,
            offer.id,
            eta_minutes=form.eta_minutes,
            truck_id=form.truck_id,
            settings=call.settings.routing,
        )
    elif form.action == "decline":
        await answers.decline_offer(call.tx, actor, offer.id, form.reason, call.settings.routing)
    else:
        told = await reading.station_offer(call.tx, offer)
        if told.dispatch_id is None:
            raise OfferNotFound
        if form.action in TOW_ACTIONS:
            await press_tow(call, told.dispatch_id, form, actor, form.photo)
        else:
            await _step(call, told.dispatch_id, form, actor)


def _step(call: Call, dispatch_id: UUID, form: StationForm, actor: str) -> Awaitable[object]:
    tx, rules = call.tx, call.settings.routing
    match form.action:
        case "depart":
            return journey.depart(tx, actor, dispatch_id, form.happened_at)
        case "arrive":
            return journey.arrive(tx, actor, dispatch_id, form.happened_at)
        case "complete":
            return _complete(call, dispatch_id, form, actor)
        case "hand_back":
            return journey.hand_back(tx, actor, dispatch_id, form.words or "station", rules)
        case "eta":
            return journey.change_eta(tx, actor, dispatch_id, form.eta_minutes)
        case "gone":
            return _gone(call, dispatch_id, form, actor)
        case _:
            return _see_truck(call, dispatch_id, form, actor)


async def _complete(call: Call, dispatch_id: UUID, form: StationForm, actor: str) -> None:
    """Done, with the photos of the work and the owner's signature, or why there is none."""
    await journey.complete(call.tx, actor, dispatch_id, form.outcome, form.happened_at)
    pictures = (
        (ProofKind.PHOTO, form.photo),
        (ProofKind.PHOTO, form.photo_after),
        (ProofKind.SIGNATURE, form.signature),
    )
    for kind, picture in pictures:
        if picture is not None:
            kept = await files.store(call.tx, picture.data, uploaded_by=actor)
            await proofs.keep(call.tx, dispatch_id, kind, kept.id)
    if form.signature is None and form.unsigned is not None:
        await proofs.unsigned(call.tx, dispatch_id, form.unsigned)


async def _gone(call: Call, dispatch_id: UUID, form: StationForm, actor: str) -> None:
    proof = await files.store(call.tx, form.photo.data, uploaded_by=actor) if form.photo else None
    await journey.gone_on_arrival(
        call.tx,
        actor,
        dispatch_id,
        proof_file=proof.id if proof else None,
        called_owner=form.called_owner == "on",
        happened_at=form.happened_at,
    )


async def _see_truck(call: Call, dispatch_id: UUID, form: StationForm, actor: str) -> None:
    if form.lat is None or form.lon is None:
        raise PlaceRefused(why_zh="没有坐标。", why_en="it has no coordinates.")
    pressed_at = form.happened_at or await call.tx.now()
    fixed_at = pressed_at - timedelta(milliseconds=form.age_ms or 0)
    position = Position(form.lat, form.lon, form.accuracy_m, fixed_at, Source.TRUCK, Datum.WGS84)
    await truck_way.see_truck(call.tx, actor, dispatch_id, position, call.settings.routing)
