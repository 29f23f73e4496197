"""Who may do what: the table a person reviews, and the service that holds to it."""

import re
from pathlib import Path
from uuid import uuid4

import pytest

from callcenter.app import all_routes
from callcenter.staff.model import Role
from callcenter.staff.roles import ROLES
from callcenter.web import frame
from callcenter.web.permission import ASSUMED, Permission
from tests.contract.browser import browser
from tests.service import (
    Client,
    Refused,
    Service,
    add_station,
    confirm_place,
    offer_for,
    open_rescue,
)

TABLE = Path(__file__).parent / "permissions.txt"
ROUTES = frame.all_routes(all_routes())
# Answers before it looks who asks, or ends what asks.
SKIPPED = {("DELETE", "/api/v1/session"), ("POST", "/sign-out"), ("GET", "/api/v1/feed")}


def allowed(role: Role, permission: Permission) -> bool:
    return permission in ASSUMED or permission in ROLES[role]


def table() -> str:
    lines = []
    for route in sorted(ROUTES, key=lambda r: (r.path, r.method)):
        who = [role.value for role in Role if allowed(role, route.permission)]
        everybody = route.permission is Permission.PUBLIC
        told = "everybody" if everybody else ", ".join(who) or "machines only"
        lines.append(f"{route.method:<6} {route.path:<58} {told}")
    return "\n".join(lines) + "\n"


def test_the_table_is_the_one_that_was_reviewed():
    assert TABLE.read_text() == table()


@pytest.mark.parametrize("role", [*Role, None], ids=lambda role: role.value if role else "nobody")
async def test_the_service_holds_to_the_table(service: Service, role: Role | None):
    async with service.database.transaction() as tx:
        station = await add_station(tx, "HOME")
    wrong, faults = [], []
    async with browser(service, role, station.id) as session:
        for route in ROUTES:
            if (route.method, route.path) in SKIPPED or "{token}" in route.path:
                continue
            path = re.sub(r"\{\w+(:\.\*)?\}", str(uuid4()), route.path)
            headers = {"Idempotency-Key": str(uuid4())}
            async with session.request(
                route.method, path, headers=headers, allow_redirects=False
            ) as answer:
                # A refused password answers 403, too: that route is everybody's who is signed in.
                refused = answer.status in (401, 403)
            public = route.permission is Permission.PUBLIC
            may = public or (role is not None and allowed(role, route.permission))
            if refused == may:
                wrong.append(f"{route.method} {route.path}: {answer.status}")
            if answer.status >= 500:
                faults.append(f"{route.method} {route.path}: {answer.status}")
    assert wrong == []
    assert faults == []


async def refusal(client: Client, method: str, path: str) -> int:
    asked = client.get(path) if method == "GET" else client.post(path, {"eta_minutes": 20})
    with pytest.raises(Refused) as refused:
        await asked
    return refused.value.status


async def test_a_station_never_reads_or_answers_what_is_anothers(service: Service):
    agent = await service.agent()
    ours, theirs = await service.station("OURS", 30), await service.station("THEIRS", 1)
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(theirs, ticket["id"])
    path = f"/api/v1/offers/{offer['id']}"
    assert await refusal(ours, "GET", path) == 404
    assert await refusal(ours, "POST", f"{path}/acceptance") == 404
    dispatch = await theirs.post(f"{path}/acceptance", {"eta_minutes": 20})
    path = f"/api/v1/dispatches/{dispatch['id']}"
    assert await refusal(ours, "GET", path) == 404
    assert await refusal(ours, "POST", f"{path}/eta") == 404
    assert (await ours.get("/api/v1/offers"))["items"] == []


NUMBER = "+8613800138000"


async def test_a_number_is_masked_for_who_need_not_see_it(service: Service):
    agent = await service.agent()
    supervisor = await service.client(sorted(ROLES[Role.SUPERVISOR]))
    owner = await agent.post("/api/v1/owners", {"name": "王伟", "phones": ["13800138000"]})
    ticket = await open_rescue(agent)
    call = await agent.post("/api/v1/calls", {"carrier_ref": "c", "caller": "13800138000"})
    pages = [
        f"/api/v1/owners/{owner['id']}",
        "/api/v1/owners?phone=13800138000",
        f"/api/v1/tickets/{ticket['id']}",
        "/api/v1/tickets",
        "/api/v1/queue",
        f"/api/v1/tickets/{ticket['id']}/timeline",
        f"/api/v1/calls/{call['call']['id']}",
        "/api/v1/calls",
    ]
    for path in pages:
        async with agent.session.get(path) as answer:
            assert answer.status == 200
            assert "13800138000" not in await answer.text(), path
    async with supervisor.session.get(f"/api/v1/tickets/{ticket['id']}") as answer:
        assert NUMBER in await answer.text()
