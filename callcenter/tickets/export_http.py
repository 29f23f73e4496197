"""The list of tickets as a file, masked as the list is; each export is recorded."""

from collections.abc import AsyncIterator, Sequence

from callcenter.db.transaction import Tx
from callcenter.tickets import repository
from callcenter.tickets.events import TicketsExported
from callcenter.tickets.wire import TicketOut, TicketQuery, ticket_out
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.sheets.export import AT_ONCE, Export, china_time, filters_said
from callcenter.web.sheets.export_routes import export_routes
from callcenter.web.sheets.write import Cell

routes = Routes(tags=["tickets"])
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


@export_routes(routes, "/api/v1/tickets/export", permission=Permission.TICKETS_READ)
def tickets_exported(call: Call, query: TicketQuery) -> Export:
    """All tickets of these filters, newest first, whatever page is named.

    Telephones are masked for who need not see them. Each export is recorded.
    """
    phones = call.actor.may(Permission.PHONES_READ)
    said = filters_said(query, query.model_dump().keys() - OTHERS)
    return Export(
        "tickets",
        HEADINGS,
        _pages(call.tx, query, phones),
        lambda n: TicketsExported(rows=n, with_phones=phones, filters=said),
    )


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
