"""The event log as an audit reads it: who did what to what, and when. Ids and codes only."""

import json
import re
from collections.abc import Collection
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
UUID_FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


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
    shown = rows[: query.limit]
    names = await _names(call, {row["actor"] for row in shown})
    return AuditPage(
        items=[_line(row, names.get(row["actor"])) for row in shown],
        next_cursor=write_cursor(last["at"], last["id"]) if last else None,
    )


async def _names(call: Call, actors: Collection[str]) -> dict[str, str]:
    """Actor -> name, of colleagues and machines; the others have none."""
    staff, machines = (
        [UUID(actor.removeprefix(begin)) for actor in actors if _is_one(actor, begin)]
        for begin in ("staff:", "machine:")
    )
    rows = await SQL.names_of_actors(call.tx.connection, staff=staff, machines=machines)
    return {row["actor"]: row["name"] for row in rows}


def _is_one(actor: str, begin: str) -> bool:
    return actor.startswith(begin) and UUID_FORM.fullmatch(actor, len(begin)) is not None


def _line(row: Any, name: str | None) -> AuditLine:
    return AuditLine(**(dict(row) | {"facts": json.loads(row["facts"]), "actor_name": name}))
