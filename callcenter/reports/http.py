"""Routes of the supervisor's board: every figure opens to what it counts."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, get_args

from callcenter.db.queries import load_queries
from callcenter.reports import hotline, workshop
from callcenter.reports.map import stations_on_the_map
from callcenter.reports.wire import (
    BoardAlarm,
    BoardAlarms,
    BoardHandover,
    BoardHandovers,
    BoardHours,
    BoardOffer,
    BoardOffers,
    BoardOut,
    BoardTicket,
    BoardTickets,
    DayQuery,
    MapOut,
    MapQuery,
    MapRescue,
    RescueQuery,
    RescueStage,
)
from callcenter.tickets.model import Kind, Stage
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import ListQuery

SQL = load_queries(__file__)
routes = Routes(tags=["board"])
READ = Permission.SUPERVISE
STAGES: tuple[RescueStage, ...] = get_args(RescueStage)
T = TypeVar("T")


@routes.get("/api/v1/board", permission=READ)
async def get_board(call: Call) -> BoardOut:
    """The figures, and the place in the event log that they are true at."""
    row = dict(await SQL.board(call.tx.connection))
    rescues = {stage: row.pop(stage) for stage in STAGES}
    return BoardOut(rescues=rescues, **row)


@routes.get("/api/v1/board/rescues", permission=READ)
async def list_rescues(call: Call, query: RescueQuery) -> BoardTickets:
    """Rescues in this stage, the one that has waited longest in it first."""
    rows = await SQL.rescues(call.tx.connection, stage=query.stage, **_behind(query))
    items, following = _page(rows, query, _ticket, "stage_since")
    return BoardTickets(items=items, next_cursor=following)


@routes.get("/api/v1/board/tickets", permission=READ)
async def list_tickets(call: Call, query: DayQuery) -> BoardTickets:
    """Tickets of all kinds that were opened, or ended, today; the newest first."""
    at, row_id = read_cursor(query.cursor) or (None, None)
    ask = SQL.opened_today if query.day == "opened" else SQL.closed_today
    rows = await ask(call.tx.connection, before_at=at, before_id=row_id, limit=query.limit + 1)
    items, following = _page(rows, query, _ticket, f"{query.day}_at")
    return BoardTickets(items=items, next_cursor=following)


@routes.get("/api/v1/board/offers", permission=READ)
async def list_offers(call: Call, query: ListQuery) -> BoardOffers:
    """Stations that are asked now; what runs out first comes first."""
    rows = await SQL.offers(call.tx.connection, **_behind(query))
    items, following = _page(rows, query, lambda row: BoardOffer(**dict(row)), "expires_at")
    return BoardOffers(items=items, next_cursor=following)


@routes.get("/api/v1/board/alarms", permission=READ)
async def list_alarms(call: Call, query: ListQuery) -> BoardAlarms:
    """Alarms that nobody has taken, the oldest first."""
    rows = await SQL.alarms(call.tx.connection, **_behind(query))
    items, following = _page(rows, query, lambda row: BoardAlarm(**dict(row)), "since")
    return BoardAlarms(items=items, next_cursor=following)


@routes.get("/api/v1/board/handovers", permission=READ)
async def list_handovers(call: Call, query: ListQuery) -> BoardHandovers:
    """What was handed over and not seen yet, the oldest first."""
    rows = await SQL.handovers(call.tx.connection, **_behind(query))
    items, following = _page(rows, query, lambda row: BoardHandover(**dict(row)), "made_at")
    return BoardHandovers(items=items, next_cursor=following)


@routes.get("/api/v1/board/hours", permission=READ)
async def get_hours(call: Call) -> BoardHours:
    """Tickets opened and ended by the hour: today, and on the days before."""
    return BoardHours(**dict(await SQL.hours(call.tx.connection)))


@routes.get("/api/v1/board/map", permission=READ)
async def get_map(call: Call, query: MapQuery) -> MapOut:
    """Where all open rescues and all stations are, and how they stand."""
    rows = await SQL.rescues_on_the_map(call.tx.connection)
    return MapOut(
        rescues=[MapRescue(**dict(row)) for row in rows],
        stations=await stations_on_the_map(call.tx) if query.stations else [],
    )


def _behind(query: ListQuery) -> dict[str, Any]:
    at, row_id = read_cursor(query.cursor) or (None, None)
    return {"after_at": at, "after_id": row_id, "limit": query.limit + 1}


def _page(
    rows: Sequence[Any], query: ListQuery, read: Callable[[Any], T], by: str
) -> tuple[list[T], str | None]:
    last = rows[query.limit - 1] if len(rows) > query.limit else None
    following = write_cursor(last[by], last["id"]) if last else None
    return [read(row) for row in rows[: query.limit]], following


def _ticket(row: Any) -> BoardTicket:
    fields = dict(row) | {"kind": Kind(row["kind"]), "stage": Stage(row["stage"])}
    return BoardTicket(**fields)


routes += hotline.routes
routes += workshop.routes
