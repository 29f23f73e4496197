"""Today's service level of the hotline, and the calls that it counts."""

from datetime import timedelta
from typing import Any

from callcenter.db.queries import load_queries
from callcenter.phones import masked
from callcenter.reports.hotline_wire import (
    HotlineCall,
    HotlineCallQuery,
    HotlineCalls,
    HotlineDay,
    ServiceQuery,
)
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

SQL = load_queries(__file__)
routes = Routes(tags=["board"])


@routes.get("/api/v1/board/hotline", permission=Permission.SUPERVISE)
async def get_hotline(call: Call, query: ServiceQuery) -> HotlineDay:
    """Callers who have waited today: answered, in time, given up; how long a call takes."""
    within = timedelta(seconds=query.within_s)
    row = await SQL.hotline(call.tx.connection, within=within)
    return HotlineDay(within_s=query.within_s, **dict(row))


@routes.get("/api/v1/board/hotline/calls", permission=Permission.SUPERVISE)
async def list_hotline_calls(call: Call, query: HotlineCallQuery) -> HotlineCalls:
    """The calls behind one of these figures, the newest first."""
    at, row_id = read_cursor(query.cursor) or (None, None)
    rows = await SQL.hotline_calls(
        call.tx.connection,
        outcome=query.outcome,
        within=timedelta(seconds=query.within_s),
        before_at=at,
        before_id=row_id,
        limit=query.limit + 1,
    )
    last = rows[query.limit - 1] if len(rows) > query.limit else None
    phones = call.actor.may(Permission.PHONES_READ)
    return HotlineCalls(
        items=[_call(row, phones=phones) for row in rows[: query.limit]],
        next_cursor=write_cursor(last["entered_at"], last["id"]) if last else None,
    )


def _call(row: Any, *, phones: bool) -> HotlineCall:
    fields = dict(row)
    fields["group"] = fields.pop("group_name")
    waited = fields.pop("left_at") - row["entered_at"]
    if row["caller"] and not phones:
        fields["caller"] = masked(row["caller"])
    return HotlineCall(**fields, waited_s=waited.total_seconds())
