"""Lists that leave as files: no formula runs, numbers are masked by role, each is told."""

import json
from typing import Any
from uuid import uuid4

import pytest

from callcenter.staff.model import Role
from callcenter.staff.roles import ROLES
from callcenter.web.sheets import export
from callcenter.web.sheets.read import read_sheet
from tests.service import Client, Refused, Service, open_rescue

PHONE = "+8613800138000"


async def download(client: Client, path: str, **query: str) -> bytes:
    async with client.session.get(path, params=query) as answer:
        if answer.status >= 400:
            raise Refused(answer.status, await answer.json())
        return await answer.read()


async def told(service: Service, kind: str) -> list[dict[str, Any]]:
    async with service.database.reading() as tx:
        rows = await tx.connection.fetch(
            "select actor, facts from events where kind = $1 order by seq", kind
        )
    return [{"actor": row["actor"]} | json.loads(row["facts"]) for row in rows]


@pytest.fixture
async def supervisor(service: Service) -> Client:
    return await service.client(sorted(ROLES[Role.SUPERVISOR]))


async def test_a_formula_stays_a_text_in_both_forms(service: Service, supervisor: Client):
    evil = '=HYPERLINK("http://x","1")'
    await open_rescue(supervisor, summary=evil, caller_name="+1+1")
    text = (await download(supervisor, "/api/v1/tickets/export.csv")).decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert ",'+1+1," in text
    book = await download(supervisor, "/api/v1/tickets/export.xlsx")
    (row,) = read_sheet(book).rows
    assert evil in row.cells
    assert (await download(supervisor, "/api/v1/tickets/export.csv"))[:3] == b"\xef\xbb\xbf"


async def test_numbers_are_masked_by_role_and_each_export_is_told(
    service: Service, supervisor: Client
):
    agent = await service.client(sorted(ROLES[Role.AGENT]))
    ticket = await open_rescue(agent)
    await supervisor.post("/api/v1/calls", {"carrier_ref": "c1", "caller": PHONE})
    await supervisor.post("/api/v1/owners", {"name": "=王", "phones": [PHONE]})
    lists = {
        "tickets": {"live": "true"},
        "calls": {"phone": PHONE},
        "owners": {"search": "0138000"},
    }
    for client, is_whole in ((agent, False), (supervisor, True)):
        for room, filters in lists.items():
            data = await download(client, f"/api/v1/{room}/export.csv", **filters)
            assert (PHONE.encode() in data) is is_whole, (room, is_whole)
    assert "'=王" in data.decode("utf-8-sig")
    query = {"kind": "complaint", "number": ticket["number"], "limit": "1"}
    await download(agent, "/api/v1/tickets/export.xlsx", **query)
    first, second, third = await told(service, "ticket.exported")
    assert (first["rows"], first["with_phones"], first["filters"]) == (1, False, {"live": "True"})
    assert second["with_phones"]
    assert first["actor"] != second["actor"]
    # What was typed is not written down, only that it was there.
    assert (third["rows"], third["filters"]) == (0, {"kind": "complaint", "number": "*"})
    for kind, typed in (("call.exported", "phone"), ("owner.exported", "search")):
        facts = await told(service, kind)
        assert [(one["rows"], one["filters"]) for one in facts] == [(1, {typed: "*"})] * 2


async def test_colleagues_leave_by_the_filters_on_screen(service: Service):
    admin = await service.client(sorted(ROLES[Role.ADMIN]))
    for login, role in (("wei", "agent"), ("li", "expert")):
        await admin.post("/api/v1/staff", {"login": login, "name": "=1", "role": role})
    rows = read_sheet(await download(admin, "/api/v1/staff/export.xlsx", role="agent")).rows
    assert [row.cells[0] for row in rows] == ["wei"]
    listed = await admin.get("/api/v1/staff", search="L", active="true")
    assert [one["login"] for one in listed["items"]] == ["li"]
    (fact,) = await told(service, "staff.exported")
    assert (fact["rows"], fact["filters"]) == (1, {"role": "agent"})


async def test_too_many_rows_are_refused_in_words_and_not_told(
    service: Service, supervisor: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(export, "MAX_ROWS", 2)
    monkeypatch.setattr("callcenter.tickets.export_http.AT_ONCE", 1)
    for _ in range(3):
        await open_rescue(supervisor, caller_name=str(uuid4()))
    with pytest.raises(Refused, match="export_too_large"):
        await download(supervisor, "/api/v1/tickets/export.csv")
    assert await told(service, "ticket.exported") == []
    await download(supervisor, "/api/v1/tickets/export.csv", kind="complaint")
