"""What each button of a rescue's page does: one verb of a room."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

from callcenter.portal import place_verbs, same_breakdown
from callcenter.portal.rescue_form import Notice, RescueForm
from callcenter.portal.tow_verbs import press_tow
from callcenter.routing import by_hand, journey
from callcenter.routing.errors import DispatchNotFound
from callcenter.routing.model import Dispatch, DispatchStage
from callcenter.routing.repository import live_dispatch
from callcenter.routing.towing import service as towing
from callcenter.routing.towing import tows
from callcenter.stations.errors import StationNotFound
from callcenter.tickets import repository, service
from callcenter.tickets.model import Stage
from callcenter.web.call import Call
from callcenter.web.permission import Permission

ROAD_OPERATOR = "12122"
REPORTED = {
    "by_phone_depart": DispatchStage.DEPARTED,
    "by_phone_arrive": DispatchStage.ARRIVED,
    "by_phone_complete": DispatchStage.DONE,
}

Verb = Callable[[Call, UUID, RescueForm], Awaitable[Notice | None]]


async def _mark(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    ticket = await repository.lock(call.tx, ticket_id)
    changes = {"danger": form.danger == "on", "expressway": form.expressway == "on"}
    await service.edit_ticket(call.tx, call.actor.id, ticket, changes)


async def _tell(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    await service.tell_emergency(call.tx, call.actor.id, ticket_id, form.service)


async def _hold(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    held = form.action == "hold"
    await by_hand.hold(call.tx, call.actor.id, ticket_id, held, call.settings.routing)


async def _ask_again(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    await by_hand.ask_again(call.tx, call.actor.id, ticket_id, call.settings.routing)


async def _assign(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    await by_hand.assign(call.tx, call.actor.id, ticket_id, **_chosen(call, form, ""))


async def _accept_by_phone(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    await by_hand.accept_by_phone(
        call.tx,
        call.actor.id,
        ticket_id,
        eta_minutes=form.eta_minutes,
        truck_id=form.truck_id,
        **_chosen(call, form, "phone"),
    )


def _chosen(call: Call, form: RescueForm, reason: str) -> dict[str, Any]:
    if form.station_id is None:
        raise StationNotFound
    return {
        "station_id": form.station_id,
        "overruled": form.overruled(),
        "reason": form.reason or reason,
        "settings": call.settings.routing,
    }


async def _by_phone(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    """The station tells its steps on the telephone, and the agent writes them down."""
    dispatch = await _live(call, ticket_id)
    stage = REPORTED[form.action]
    await by_hand.report_by_phone(call.tx, call.actor.id, dispatch.id, stage, form.outcome)


async def _new_eta_by_phone(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    dispatch = await _live(call, ticket_id)
    await journey.change_eta(call.tx, call.actor.id, dispatch.id, form.eta_minutes)


async def _reassign(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    dispatch = await _live(call, ticket_id)
    reason = form.reason or "desk"
    await journey.reassign(call.tx, call.actor.id, dispatch.id, reason, call.settings.routing)


async def _live(call: Call, ticket_id: UUID) -> Dispatch:
    dispatch = await live_dispatch(call.tx, ticket_id)
    if dispatch is None:
        raise DispatchNotFound
    return dispatch


async def _hand_over(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    reason = form.reason or ROAD_OPERATOR
    await by_hand.hand_over(call.tx, call.actor.id, ticket_id, ROAD_OPERATOR, reason)


async def _cancel(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    await by_hand.cancel_rescue(call.tx, call.actor.id, ticket_id, form.reason or "desk")


async def _end(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    to = Stage.RESOLVED if form.action == "resolve" else Stage.CLOSED
    outcome = form.reason or None
    await service.move_from_desk(call.tx, call.actor.id, ticket_id, to, outcome=outcome)


async def _reopen(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    await service.reopen(call.tx, call.actor.id, ticket_id)


async def _note(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    await service.write_note(call.tx, call.actor.id, ticket_id, form.words)


async def _tow(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    """Of the dispatch that has the car, or had it last."""
    tow = await tows.latest(call.tx, ticket_id)
    held_by = await live_dispatch(call.tx, ticket_id)
    dispatch_id = held_by.id if held_by else tow.dispatch_id if tow else None
    if dispatch_id is None:
        raise DispatchNotFound
    await press_tow(call, dispatch_id, form, call.actor.id)


async def _onward(call: Call, ticket_id: UUID, form: RescueForm) -> None:
    told = (form.travel, form.persons, form.words)
    await towing.record_onward_travel(call.tx, call.actor.id, ticket_id, *told)


OF_THE_TICKET = frozenset(
    {
        *("name_place", "confirm_place", "tell_direction", "send_link", "add_phone"),
        *("tell", "mark", "note", "resolve", "close", "reopen"),
    }
)
"""Buttons that touch the ticket alone: whoever writes tickets may press them, as in the API."""


def permission_for(action: str) -> Permission:
    """What pressing this button asks for."""
    return Permission.TICKETS_WRITE if action in OF_THE_TICKET else Permission.DISPATCH_WRITE


VERBS: Mapping[str, Verb] = {
    "name_place": place_verbs.name_place,
    "confirm_place": place_verbs.confirm_place,
    "tell_direction": place_verbs.tell_direction,
    "send_link": place_verbs.send_location_link,
    "add_phone": place_verbs.add_phone,
    "tell": _tell,
    "mark": _mark,
    "hold": _hold,
    "release": _hold,
    "ask_again": _ask_again,
    "assign": _assign,
    "accept_by_phone": _accept_by_phone,
    "by_phone_depart": _by_phone,
    "by_phone_arrive": _by_phone,
    "by_phone_complete": _by_phone,
    "by_phone_eta": _new_eta_by_phone,
    "reassign": _reassign,
    "hand_over": _hand_over,
    "cancel": _cancel,
    "resolve": _end,
    "close": _end,
    "reopen": _reopen,
    "note": _note,
    "merge_other": same_breakdown.merge_other,
    "merge_into": same_breakdown.merge_into,
    "tell_apart": same_breakdown.tell_apart,
    "undo_merge": same_breakdown.undo_merge,
    "tow": _tow,
    "tow_chosen": _tow,
    "tow_refused": _tow,
    "tow_delivered": _tow,
    "onward": _onward,
}
