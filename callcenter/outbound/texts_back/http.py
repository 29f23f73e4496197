"""Routes of texts that a person has to read."""

from collections.abc import Sequence
from typing import Any

from callcenter.messages import inbound
from callcenter.outbound.texts_back.reading import not_understood, said_before, writers
from callcenter.outbound.texts_back.wire import (
    SeenToBody,
    TextBackOut,
    TextBackPage,
    TextBackPath,
    TextBackQuery,
    text_back_out,
)
from callcenter.staff import repository as staff
from callcenter.staff.errors import NotAPerson
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["outbound"])


@routes.get("/api/v1/inbound-texts", permission=Permission.OUTBOUND_READ)
async def list_texts_not_understood(call: Call, query: TextBackQuery) -> TextBackPage:
    """What owners wrote back that was no answer and no refusal by a word alone, newest first: who
    wrote it, what it may be an answer to, and whether it has silenced him."""
    rows = await not_understood(
        call.tx, seen_to=query.seen_to, before=query.cursor, limit=query.limit + 1
    )
    shown = rows[: query.limit]
    more = len(rows) > query.limit
    return TextBackPage(
        items=await _all_out(call, shown), next_cursor=str(shown[-1]["id"]) if more else None
    )


@routes.post(
    "/api/v1/inbound-texts/{text_id}/seen-to", permission=Permission.CALLS_WRITE, problems=(409,)
)
async def see_to_text(call: Call, path: TextBackPath, body: SeenToBody) -> TextBackOut:
    """Answered or otherwise dealt with, by the person who says so."""
    if call.actor.staff_id is None:
        raise NotAPerson
    row = await inbound.see_to(call.tx, call.actor.id, path.text_id, body.note.strip())
    return (await _all_out(call, [row]))[0]


async def _all_out(call: Call, rows: Sequence[Any]) -> list[TextBackOut]:
    by = await writers(call.tx, rows)
    before = await said_before(call.tx, rows, by)
    names = await staff.names_of(call.tx, [row["seen_to_by"] for row in rows if row["seen_to_by"]])
    phones = call.actor.may(Permission.PHONES_READ)
    return [
        text_back_out(row, by[row["sender"]], before.get(row["id"]), names, phones=phones)
        for row in rows
    ]
