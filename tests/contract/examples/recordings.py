"""Recordings, and messages that callers left."""

import itertools
from typing import Any
from uuid import UUID

from tests.contract.examples.registry import example
from tests.contract.world import Example, World
from tests.telephony import kept

NUMBERS = itertools.count(1)


async def of_a_call(w: World) -> dict[str, str]:
    """A call about a ticket, with a recording that is kept."""
    given = await w.call(answered=True)
    about = await w.ticket()
    await w.api.put(f"/api/v1/calls/{given['call_id']}/ticket", about)
    data_dir = w.service.settings.data_dir
    made = await kept.kept(w.service.database, data_dir, UUID(given["call_id"]))
    return given | about | {"recording_id": str(made)}


async def part(w: World, *names: str) -> dict[str, str]:
    given = await of_a_call(w)
    return {name: given[name] for name in names}


async def running(w: World) -> dict[str, str]:
    given = await w.call(answered=True)
    await kept.running(w.service.database, UUID(given["call_id"]))
    return given


async def message(w: World) -> dict[str, str]:
    # Each of another caller: one call-back is open for each.
    caller = f"+86139{next(NUMBERS):08}"
    left = await kept.message(w.service.database, w.service.settings.data_dir, caller)
    return {"message_id": str(left)}


@example(
    "GET /api/v1/recording-rule", "GET /api/v1/left-messages", "GET /api/v1/left-messages/unheard"
)
async def as_it_is(w: World) -> Example:
    return Example()


@example("PUT /api/v1/recording-rule")
async def put_recording_rule(w: World) -> Example:
    rule: dict[str, Any] = await w.api.get("/api/v1/recording-rule")
    body = {"mode": "groups", "groups": ["rescue"]}
    days = {name: rule[name] for name in ("talk_days", "complaint_days", "message_days")}
    return Example(body=body | days, version=rule["version"])


@example("GET /api/v1/calls/{call_id}/recordings")
async def get_recordings_of_a_call(w: World) -> Example:
    return Example(await part(w, "call_id"))


@example("POST /api/v1/calls/{call_id}/recording/pause")
async def post_recording_pause(w: World) -> Example:
    return Example(await running(w), body={"reason": "card"})


@example("POST /api/v1/calls/{call_id}/recording/resume")
async def post_recording_resume(w: World) -> Example:
    return Example(await running(w))


@example("GET /api/v1/tickets/{ticket_id}/recordings")
async def of_a_ticket(w: World) -> Example:
    return Example(await part(w, "ticket_id"))


@example("DELETE /api/v1/tickets/{ticket_id}/recording-hold")
async def delete_recording_hold(w: World) -> Example:
    given = await part(w, "ticket_id")
    path = f"/api/v1/tickets/{given['ticket_id']}/recording-hold"
    await w.api.put(path, {"reason": "a court has asked for it"})
    return Example(given)


@example("PUT /api/v1/tickets/{ticket_id}/recording-hold")
async def put_recording_hold(w: World) -> Example:
    return Example(await part(w, "ticket_id"), body={"reason": "a court has asked for it"})


@example("POST /api/v1/recordings/{recording_id}/removal")
async def post_removal(w: World) -> Example:
    return Example(await part(w, "recording_id"), body={"reason": "asked"})


@example("POST /api/v1/recordings/{recording_id}/plays")
async def post_plays(w: World) -> Example:
    return Example(await part(w, "recording_id"), body={"purpose": "download"})


@example("GET /api/v1/recordings/{recording_id}/audio")
async def get_audio(w: World) -> Example:
    given = await part(w, "recording_id")
    opened = await w.api.post(f"/api/v1/recordings/{given['recording_id']}/plays", {})
    return Example(given, query={"play": opened["id"]})


@example(
    "POST /api/v1/left-messages/{message_id}/handling",
    "POST /api/v1/left-messages/{message_id}/call-back",
)
async def of_a_message(w: World) -> Example:
    return Example(await message(w))
