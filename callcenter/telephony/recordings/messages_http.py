"""Routes of the messages that callers left."""

from collections.abc import Sequence
from typing import Any

from callcenter.phones import masked, masked_words
from callcenter.staff import repository as staff
from callcenter.telephony.recordings import left
from callcenter.telephony.recordings.messages_wire import (
    LeftMessageOut,
    LeftMessagePage,
    LeftMessagePath,
    LeftMessageQuery,
    Unheard,
)
from callcenter.telephony.recordings.model import RecordingState
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["left messages"])
READ, WRITE = Permission.CALLS_READ, Permission.CALLS_WRITE


@routes.get("/api/v1/left-messages", permission=READ)
async def list_left_messages(call: Call, query: LeftMessageQuery) -> LeftMessagePage:
    """What callers left, newest first; `open` those that nobody has dealt with."""
    at, row_id = read_cursor(query.cursor) or (None, None)
    ask = left.SQL.open_left_messages if query.open else left.SQL.left_messages
    rows = await ask(
        call.tx.connection,
        before_at=at,
        before_id=row_id,
        limit=query.limit + 1,
    )
    last = rows[query.limit - 1] if len(rows) > query.limit else None
    return LeftMessagePage(
        items=await _as_seen(call, rows[: query.limit]),
        next_cursor=write_cursor(last["left_at"], last["id"]) if last else None,
    )


@routes.get("/api/v1/left-messages/unheard", permission=READ)
async def count_unheard(call: Call) -> Unheard:
    """How many nobody has listened to."""
    return Unheard(count=await left.SQL.count_unheard(call.tx.connection))


@routes.post("/api/v1/left-messages/{message_id}/handling", permission=WRITE, problems=(404,))
async def handle_left_message(call: Call, path: LeftMessagePath) -> LeftMessageOut:
    """Somebody has dealt with it."""
    row = await left.handled(call.tx, call.actor.id, path.message_id)
    return (await _as_seen(call, [row]))[0]


@routes.post("/api/v1/left-messages/{message_id}/call-back", permission=WRITE, problems=(404, 422))
async def call_back_left_message(call: Call, path: LeftMessagePath) -> LeftMessageOut:
    """He is called back by whose turn it is, and the message is dealt with."""
    given = (call.actor.id, path.message_id, call.settings.queue)
    return (await _as_seen(call, [await left.call_back(call.tx, *given)]))[0]


async def _as_seen(call: Call, rows: Sequence[Any]) -> list[LeftMessageOut]:
    actors = {row[who] for row in rows for who in ("heard_by", "handled_by") if row[who]}
    names = await staff.names_of(call.tx, actors)
    phones = call.actor.may(Permission.PHONES_READ)
    return [_out(row, names, phones=phones) for row in rows]


def _out(row: Any, names: dict[str, str], *, phones: bool) -> LeftMessageOut:
    caller, words = row["caller"], row["caller_words"]
    if not phones:
        caller, words = caller and masked(caller), words and masked_words(words)
    seconds = row["seconds"] if row["seconds"] is not None else row["duration_s"]
    return LeftMessageOut(
        **{name: row[name] for name in ("id", "call_id", "language", "left_at", "ticket_id")},
        caller=caller,
        caller_words=words,
        ticket_number=row["ticket_number"],
        recording_id=row["recording_id"],
        recording_state=row["recording_state"] and RecordingState(row["recording_state"]),
        seconds=seconds,
        heard_at=row["heard_at"],
        heard_by_name=names.get(row["heard_by"] or ""),
        handled_at=row["handled_at"],
        handled_by_name=names.get(row["handled_by"] or ""),
    )
