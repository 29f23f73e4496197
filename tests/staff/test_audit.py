"""The event log as an audit reads it: by whom, of what kind, about what, and when."""

from datetime import UTC, datetime, timedelta

import pytest

from callcenter.staff.model import Role
from callcenter.staff.roles import ROLES
from tests.service import Client, Refused, Service

AUDIT = "/api/v1/audit"


async def kinds(admin: Client, **query: object) -> list[str]:
    return [line["kind"] for line in (await admin.get(AUDIT, **query))["items"]]


async def test_the_log_by_actor_kind_object_and_time(service: Service):
    admin = await service.client(sorted(ROLES[Role.ADMIN]))
    agent = await service.agent()
    station = (await service.station("SY1")).station_id
    wei = await admin.post("/api/v1/staff", {"login": "wei", "name": "魏", "role": "agent"})
    ticket = await agent.post("/api/v1/tickets", {"kind": "complaint"})
    (added,) = (await admin.get(AUDIT, kind="staff.added"))["items"]
    assert (added["actor_name"], added["facts"]["staff_id"]) == ("test", wei["id"])
    assert await kinds(admin, actor=added["actor"], kind="ticket.opened") == []
    assert await kinds(admin, ticket_id=ticket["id"]) == ["ticket.opened"]
    assert await kinds(admin, station_id=str(station)) == ["station.truck_changed", "station.added"]
    later = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    assert await kinds(admin, since=later) == []
    assert "staff.added" in await kinds(admin, until=later)
    whole = await kinds(admin)
    page = await admin.get(AUDIT, limit=2)
    rest = await kinds(admin, limit=200, cursor=page["next_cursor"])
    assert [line["kind"] for line in page["items"]] + rest == whole
    with pytest.raises(Refused, match="403"):
        await agent.get(AUDIT)
