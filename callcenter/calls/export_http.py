"""The list of calls as a file, masked as the list is; each export is recorded."""

from collections.abc import AsyncIterator, Sequence

from callcenter.calls import service
from callcenter.calls.events import CallsExported
from callcenter.calls.wire import CallFilter, CallOut, call_out
from callcenter.db.transaction import Tx
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.sheets.export import AT_ONCE, Export, china_time, filters_said
from callcenter.web.sheets.export_routes import export_routes
from callcenter.web.sheets.write import Cell

routes = Routes(tags=["calls"])
HEADINGS = [
    "来电号码 Caller",
    "线路所报 As sent",
    "状态 State",
    "振铃 Ringing",
    "接听 Answered",
    "结束 Ended",
    "结束原因 End reason",
    "工单 Ticket id",
]


@export_routes(routes, "/api/v1/calls/export", permission=Permission.CALLS_READ)
def calls_exported(call: Call, query: CallFilter) -> Export:
    """All calls of these filters, newest first.

    Numbers are masked for who need not see them. Each export is recorded.
    """
    phones = call.actor.may(Permission.PHONES_READ)
    said = filters_said(query, {"phone"})
    return Export(
        "calls",
        HEADINGS,
        _pages(call.tx, query, phones),
        lambda n: CallsExported(rows=n, with_phones=phones, filters=said),
    )


async def _pages(tx: Tx, query: CallFilter, phones: bool) -> AsyncIterator[list[Sequence[Cell]]]:
    before = None
    asked = query.asked()
    while found := await service.listed(tx, limit=AT_ONCE, before=before, **asked):
        yield [_cells(call_out(one, phones=phones)) for one in found]
        before = (found[-1].ringing_at, found[-1].id)


def _cells(one: CallOut) -> Sequence[Cell]:
    return [
        one.caller or "",
        one.caller_words or "",
        one.state.value,
        china_time(one.ringing_at),
        china_time(one.answered_at),
        china_time(one.ended_at),
        one.end_reason or "",
        str(one.ticket_id or ""),
    ]
