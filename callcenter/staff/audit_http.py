"""The event log as an audit reads it: who did what to what, and when. Ids and codes only."""

import json
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from callcenter.staff.repository import SQL
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import ListQuery, Moment, Page, WireModel

routes = Routes(tags=["audit"])


class AuditQuery(ListQuery):
    """By who, by kind, by the ticket or station it is about, and from when until when."""

    actor: Annotated[str, Field(max_length=80)] | None = None
    kind: Annotated[str, Field(max_length=60)] | None = None
    ticket_id: UUID | None = None
    station_id: UUID | None = None
    since: Moment | None = None
    until: Moment | None = None


class AuditLine(WireModel):
    """One event; `actor_name` where the actor is a colleague or a machine of ours."""

    id: UUID
    kind: str = Field(examples=["station.suspended"])
    at: Moment
    actor: str = Field(examples=["staff:0198c0de-0000-7000-8000-000000000001"])
    actor_name: str | None
    ticket_id: UUID | None
    station_id: UUID | None
    facts: dict[str, Any]


class AuditPage(Page[AuditLine]):
    """Events, newest first."""


@routes.get("/api/v1/audit", permission=Permission.AUDIT_READ)
async def list_events(call: Call, query: AuditQuery) -> AuditPage:
    """What was done, newest first."""
    before_at, before_id = read_cursor(query.cursor) or (None, None)
    rows = await SQL.audit_lines(
        call.tx.connection,
        before_at=before_at,
        before_id=before_id,
        limit=query.limit + 1,
        **query.model_dump(exclude={"cursor", "limit"}),
    )
    last = rows[query.limit - 1] if len(rows) > query.limit else None
    return AuditPage(
        items=[_line(row) for row in rows[: query.limit]],
        next_cursor=write_cursor(last["at"], last["id"]) if last else None,
    )


def _line(row: Any) -> AuditLine:
    return AuditLine(**(dict(row) | {"facts": json.loads(row["facts"])}))
