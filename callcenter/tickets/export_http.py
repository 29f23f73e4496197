"""The list of tickets as a file, masked as the list is; each export is recorded."""

from collections.abc import AsyncIterator, Sequence

from aiohttp import web

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.tickets import repository
from callcenter.tickets.events import TicketsExported
from callcenter.tickets.wire import TicketOut, TicketQuery, ticket_out
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.sheets.answer import sheet_response
from callcenter.web.sheets.export import AT_ONCE, china_time, exported, filters_said
from callcenter.web.sheets.write import CSV, XLSX, Cell, Format

routes = Routes(tags=["tickets"])
READ = Permission.TICKETS_READ
HEADINGS = [
    "工单号 Number",
    "类别 Kind",
    "阶段 Stage",
    "优先级 Priority",
    "危险 Danger",
    "高速 Expressway",
    "演练 Drill",
    "来电人 Caller",
    "电话 Phone",
    "摘要 Summary",
    "结果 Outcome",
    "受理时间 Opened",
    "关闭时间 Closed",
]
OTHERS = {"kind", "stage", "assignee_id", "owner_id", "live"}
"""Filters that are codes or ids; what else there is was typed."""


# An export is recorded: it writes, though it is asked for with GET.
@routes.get("/api/v1/tickets/export.xlsx", permission=READ, transaction=False, media_types=(XLSX,))
async def export_xlsx(call: Call, query: TicketQuery) -> web.StreamResponse:
    """All tickets of these filters, newest first, whatever page is named.

    Telephones are masked for who need not see them. Each export is recorded.
    """
    return await _exported(call, query, "xlsx")


@routes.get("/api/v1/tickets/export.csv", permission=READ, transaction=False, media_types=(CSV,))
async def export_csv(call: Call, query: TicketQuery) -> web.StreamResponse:
    """The same as text in columns."""
    return await _exported(call, query, "csv")


async def _exported(call: Call, query: TicketQuery, how: Format) -> web.Response:
    phones = call.actor.may(Permission.PHONES_READ)
    typed = query.model_dump().keys() - OTHERS

    async def work(tx: Tx) -> bytes:
        data, rows = await exported(how, HEADINGS, _pages(tx, query, phones))
        fact = TicketsExported(rows=rows, with_phones=phones, filters=filters_said(query, typed))
        await record(tx, fact, actor=call.actor.id)
        return data

    return sheet_response(await call.database.run(work), how, "tickets")


async def _pages(tx: Tx, query: TicketQuery, phones: bool) -> AsyncIterator[list[Sequence[Cell]]]:
    filters = query.model_dump(exclude={"cursor", "limit"})
    while found := await repository.search(tx, limit=AT_ONCE, **filters):
        yield [_cells(ticket_out(ticket, phones=phones)) for ticket in found]
        filters |= {"before_at": found[-1].opened_at, "before_id": found[-1].id}


def _cells(ticket: TicketOut) -> Sequence[Cell]:
    flags = ["是" if is_so else "" for is_so in (ticket.danger, ticket.expressway, ticket.drill)]
    return [
        ticket.number,
        ticket.kind.value,
        ticket.stage.value,
        str(ticket.priority),
        *flags,
        ticket.caller_name or "",
        ticket.caller_phone or "",
        ticket.summary,
        ticket.outcome or "",
        china_time(ticket.opened_at),
        china_time(ticket.closed_at),
    ]
