"""The list of calls as a file, masked as the list is; each export is recorded."""

from collections.abc import AsyncIterator, Sequence

from aiohttp import web

from callcenter.calls import service
from callcenter.calls.events import CallsExported
from callcenter.calls.wire import CallFilter, CallOut, call_out
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.sheets.answer import sheet_response
from callcenter.web.sheets.export import AT_ONCE, china_time, exported, filters_said
from callcenter.web.sheets.write import CSV, XLSX, Cell, Format

routes = Routes(tags=["calls"])
READ = Permission.CALLS_READ
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


# An export is recorded: it writes, though it is asked for with GET.
@routes.get("/api/v1/calls/export.xlsx", permission=READ, transaction=False, media_types=(XLSX,))
async def export_xlsx(call: Call, query: CallFilter) -> web.StreamResponse:
    """All calls of these filters, newest first.

    Numbers are masked for who need not see them. Each export is recorded.
    """
    return await _exported(call, query, "xlsx")


@routes.get("/api/v1/calls/export.csv", permission=READ, transaction=False, media_types=(CSV,))
async def export_csv(call: Call, query: CallFilter) -> web.StreamResponse:
    """The same as text in columns."""
    return await _exported(call, query, "csv")


async def _exported(call: Call, query: CallFilter, how: Format) -> web.Response:
    phones = call.actor.may(Permission.PHONES_READ)

    async def work(tx: Tx) -> bytes:
        data, rows = await exported(how, HEADINGS, _pages(tx, query, phones))
        fact = CallsExported(rows=rows, with_phones=phones, filters=filters_said(query, {"phone"}))
        await record(tx, fact, actor=call.actor.id)
        return data

    return sheet_response(await call.database.run(work), how, "calls")


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
