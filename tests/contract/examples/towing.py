"""Tows and the second leg."""

from typing import Any

from tests.contract.examples.registry import example
from tests.contract.world import Example, World


async def on_the_hook(w: World) -> tuple[dict[str, str], Any]:
    """A dispatch beside its car with a tow: the path's parts, and the tow."""
    given = await w.dispatch("arrival")
    path = f"/api/v1/dispatches/{given['dispatch_id']}/tow"
    return given, await w.api.post(path)


async def tow_of_rescue(w: World) -> tuple[dict[str, str], Any]:
    _, tow = await on_the_hook(w)
    return {"ticket_id": tow["ticket_id"]}, tow


def wish(tow: Any) -> dict[str, Any]:
    there = {"place_words": "Lin's garage", "reason": "owner's wish"}
    return there | {"instead_of": tow["destination_id"]}


@example("GET /api/v1/rescues/{ticket_id}/tow/destinations")
async def get_rescues_ticket_id_tow_destinations(w: World) -> Example:
    return Example((await tow_of_rescue(w))[0])


@example("POST /api/v1/dispatches/{dispatch_id}/tow")
async def post_dispatches_dispatch_id_tow(w: World) -> Example:
    return Example(await w.dispatch("arrival"))


@example("POST /api/v1/dispatches/{dispatch_id}/tow/destination")
async def post_dispatches_dispatch_id_tow_destination(w: World) -> Example:
    given, tow = await on_the_hook(w)
    return Example(given, body=wish(tow))


@example("POST /api/v1/dispatches/{dispatch_id}/tow/refusal")
async def post_dispatches_dispatch_id_tow_refusal(w: World) -> Example:
    given, tow = await on_the_hook(w)
    return Example(given, body={"destination_id": tow["destination_id"], "reason": "no lift free"})


@example("POST /api/v1/dispatches/{dispatch_id}/tow/loading")
async def post_dispatches_dispatch_id_tow_loading(w: World) -> Example:
    return Example((await on_the_hook(w))[0])


@example("POST /api/v1/dispatches/{dispatch_id}/tow/delivery")
async def post_dispatches_dispatch_id_tow_delivery(w: World) -> Example:
    given, tow = await on_the_hook(w)
    return Example(given, body={"destination_id": tow["destination_id"]})


@example("GET /api/v1/rescues/{ticket_id}/second-leg")
async def get_rescues_ticket_id_second_leg(w: World) -> Example:
    return Example((await tow_of_rescue(w))[0])


@example("POST /api/v1/rescues/{ticket_id}/tow")
async def post_rescues_ticket_id_tow(w: World) -> Example:
    return Example((await tow_of_rescue(w))[0])


@example("POST /api/v1/rescues/{ticket_id}/tow/destination")
async def post_rescues_ticket_id_tow_destination(w: World) -> Example:
    given, tow = await tow_of_rescue(w)
    return Example(given, body=wish(tow))


@example("POST /api/v1/rescues/{ticket_id}/tow/refusal")
async def post_rescues_ticket_id_tow_refusal(w: World) -> Example:
    given, tow = await tow_of_rescue(w)
    return Example(given, body={"destination_id": tow["destination_id"], "reason": "no lift free"})


@example("POST /api/v1/rescues/{ticket_id}/tow/delivery")
async def post_rescues_ticket_id_tow_delivery(w: World) -> Example:
    given, tow = await tow_of_rescue(w)
    return Example(given, body={"destination_id": tow["destination_id"]})


@example("POST /api/v1/rescues/{ticket_id}/onward-travel")
async def post_rescues_ticket_id_onward_travel(w: World) -> Example:
    return Example(await w.rescue(), body={"kind": "taxi", "persons": 2})
