"""Routes of the shift's end: what somebody holds, handing it over, seeing what was received."""

from typing import Any
from uuid import UUID

from callcenter.staff.errors import NotAPerson
from callcenter.tickets.handover import service
from callcenter.tickets.handover.wire import (
    HandedOut,
    HandoverDraft,
    HandoverOut,
    HandoverPage,
    HandoverPath,
    HandoverQuery,
    HeldAlarm,
    HeldTicket,
    Left,
    StaffQuery,
    Unfinished,
)
from callcenter.tickets.model import Kind, Stage
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["handovers"])
READ, ASSIGN = Permission.TICKETS_READ, Permission.TICKETS_ASSIGN
MOST = 200


@routes.get("/api/v1/handovers/unfinished", permission=READ)
async def list_unfinished(call: Call, query: StaffQuery) -> Unfinished:
    """The open tickets and taken alarms of one colleague: what waits when he goes home."""
    who, connection = _whose(call, query.staff_id), call.tx.connection
    held = await service.SQL.tickets_held(connection, staff_id=who, limit=MOST + 1)
    taken = await service.SQL.alarms_held(connection, taken_by=f"staff:{who}", limit=MOST + 1)
    return Unfinished(
        tickets=[_held(row) for row in held[:MOST]],
        alarms=[HeldAlarm(**dict(row)) for row in taken[:MOST]],
        has_more=len(held) > MOST or len(taken) > MOST,
    )


@routes.get("/api/v1/handovers", permission=READ)
async def list_handovers(call: Call, query: HandoverQuery) -> HandoverPage:
    """What a colleague received or gave, newest first."""
    at, row_id = read_cursor(query.cursor) or (None, None)
    sql, connection = service.SQL, call.tx.connection
    ask = sql.handovers_received if query.side == "received" else sql.handovers_given
    found = await ask(
        connection,
        staff_id=_whose(call, query.staff_id),
        before_at=at,
        before_id=row_id,
        limit=query.limit + 1,
    )
    rows = await sql.handovers_by_id(connection, ids=[row["id"] for row in found])
    last = rows[query.limit - 1] if len(rows) > query.limit else None
    return HandoverPage(
        items=[_out(row) for row in rows[: query.limit]],
        next_cursor=write_cursor(last["made_at"], last["id"]) if last else None,
    )


@routes.post("/api/v1/handovers", permission=ASSIGN, status=201, problems=(404,))
async def hand_over(call: Call, body: HandoverDraft) -> HandedOut:
    """Hand tickets and alarms to a colleague; what is somebody else's by now stays where it is."""
    if body.alarm_ids:
        call.require(Permission.ALARMS_TAKE)
    handed = await service.hand_over(
        call.tx,
        call.actor.id,
        from_id=_whose(call, body.from_id),
        to_id=body.to_id,
        ticket_ids=body.ticket_ids,
        alarm_ids=body.alarm_ids,
        note=body.note.strip(),
    )
    return HandedOut(
        made=[_out(await service.get(call.tx, one)) for one in handed.made],
        left=[Left(id=one, reason=why) for one, why in handed.left.items()],
    )


@routes.post("/api/v1/handovers/{handover_id}/seen", permission=READ, problems=(404,))
async def see_handover(call: Call, path: HandoverPath) -> HandoverOut:
    """The receiver has seen it and goes on with it."""
    row = await service.see(
        call.tx,
        call.actor.id,
        path.handover_id,
        for_others=call.actor.may(Permission.SUPERVISE),
    )
    return _out(row)


def _whose(call: Call, named: UUID | None) -> UUID:
    own = call.actor.staff_id
    if named is not None and named != own:
        call.require(Permission.SUPERVISE)
        return named
    if own is None:
        raise NotAPerson
    return own


def _held(row: Any) -> HeldTicket:
    fields = dict(row) | {"kind": Kind(row["kind"]), "stage": Stage(row["stage"])}
    return HeldTicket(**fields)


def _out(row: Any) -> HandoverOut:
    stage = Stage(row["stage"]) if row["stage"] else None
    return HandoverOut(**(dict(row) | {"stage": stage}))
