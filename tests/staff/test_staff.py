"""Colleagues and machine tokens: who is taken on, what each may do."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.staff import service, tokens
from callcenter.staff.errors import LoginTaken, PasswordTooShort, StationMissing, StationOutOfPlace
from callcenter.staff.model import Role
from callcenter.staff.roles import ROLES, SCOPES
from callcenter.web.permission import Permission

PASSWORD = "correct horse battery"


@pytest.fixture
async def admin(browse: Any, hire: Any) -> Any:
    await hire("root", "admin")
    browser = await browse()
    await browser.sign_in("root")
    return browser


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}


async def test_a_colleague_is_taken_on_and_signs_in(admin: Any, browse: Any) -> None:
    draft = {"login": "wei", "name": "魏", "role": "agent"}
    answer = await admin.send("POST", "/api/v1/staff", json=draft, headers=key())
    wei = await answer.json()
    assert (answer.status, wei["active"], answer.headers["ETag"]) == (201, True, '"1"')
    browser = await browse()
    assert (await browser.sign_in("wei", PASSWORD)).status == 401
    address = f"/api/v1/staff/{wei['id']}/password"
    assert (await admin.send("PUT", address, json={"password": PASSWORD})).status == 204
    answer = await browser.sign_in("wei", PASSWORD)
    assert (await answer.json())["must_change"] is True


async def test_a_login_is_taken_once(admin: Any) -> None:
    draft = {"login": "wei", "name": "魏", "role": "agent"}
    statuses = [
        (await admin.send("POST", "/api/v1/staff", json=draft, headers=key())).status
        for _ in range(2)
    ]
    assert statuses == [201, 409]


async def test_edits_need_the_version_and_end_the_sessions(
    admin: Any, browse: Any, hire: Any
) -> None:
    lin = await hire("lin")
    browser = await browse()
    await browser.sign_in("lin")
    address = f"/api/v1/staff/{lin.id}"

    async def edit(version: int, **changes: Any) -> Any:
        headers = {"If-Match": f'"{version}"'}
        return await admin.send("PATCH", address, json=changes, headers=headers)

    assert (await edit(1, name="林")).status == 200
    assert await browser.who() == 200
    assert (await edit(1, name="林")).status == 412
    answer = await edit(2, role="supervisor")
    assert (answer.status, (await answer.json())["role"]) == (200, "supervisor")
    assert await browser.who() == 401
    assert (await edit(3, active=False)).status == 200
    assert (await browser.sign_in("lin")).status == 401


async def test_an_admin_cannot_lock_himself_out(admin: Any) -> None:
    me = await (await admin.client.get("/api/v1/session")).json()
    address = f"/api/v1/staff/{me['id'].removeprefix('staff:')}"
    answer = await admin.send("PATCH", address, json={"active": False}, headers={"If-Match": '"1"'})
    assert (await answer.json(content_type=None))["code"] == "own_account"


async def test_the_list_has_parts(admin: Any, hire: Any) -> None:
    for number in range(5):
        await hire(f"agent{number}")
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        query = f"?limit=2&cursor={cursor}" if cursor else "?limit=2"
        page = await (await admin.client.get(f"/api/v1/staff{query}")).json()
        seen += [user["login"] for user in page["items"]]
        cursor = page["next_cursor"]
    assert seen == ["agent4", "agent3", "agent2", "agent1", "agent0", "root"]


async def test_only_an_admin_may(browse: Any, hire: Any) -> None:
    await hire("lin", "supervisor")
    browser = await browse()
    await browser.sign_in("lin")
    for address in ("/api/v1/staff", "/api/v1/machine-tokens"):
        assert (await browser.client.get(address)).status == 403


async def test_a_machine_token_lives_from_its_secret_to_its_end(
    admin: Any, browse: Any, owner: asyncpg.Connection
) -> None:
    draft = {"name": "carrier", "scopes": ["alarms_read"], "lifetime_h": 24}
    made = await (
        await admin.send("POST", "/api/v1/machine-tokens", json=draft, headers=key())
    ).json()
    address = f"/api/v1/machine-tokens/{made['id']}"
    first, second = [
        (await (await admin.send("PUT", f"{address}/secret")).json())["token"] for _ in range(2)
    ]
    browser = await browse()

    async def status(token: str, path: str = "/api/v1/alarms") -> int:
        headers = {"Authorization": f"Bearer {token}"}
        return int((await browser.client.get(path, headers=headers)).status)

    assert (await status(first), await status(second)) == (401, 200)
    assert await status(second, "/api/v1/staff") == 403
    assert await status("") == 401
    assert second.encode() not in await owner.fetchval("select token_hash from machine_tokens")
    await owner.execute("update machine_tokens set expires_at = now()")
    assert await status(second) == 401
    await owner.execute("update machine_tokens set expires_at = now() + interval '1 hour'")
    assert (await admin.send("DELETE", address)).status == 204
    assert await status(second) == 401
    assert (await admin.send("PUT", f"{address}/secret")).status == 404


async def test_public_is_no_scope(admin: Any) -> None:
    draft = {"name": "x", "scopes": ["public"], "lifetime_h": 1}
    answer = await admin.send("POST", "/api/v1/machine-tokens", json=draft, headers=key())
    assert answer.status == 422


async def test_the_command_line_makes_them_in_one_step(database: Database, browse: Any) -> None:
    station = uuid4()
    secret = await database.run(
        lambda tx: tokens.create_machine_token(
            tx,
            name="truck box",
            scopes=[Permission.DISPATCH_ANSWER],
            lifetime=timedelta(hours=1),
            station_id=station,
        )
    )
    browser = await browse()
    answer = await browser.client.get(
        "/api/v1/session", headers={"Authorization": f"Bearer {secret}"}
    )
    said = await answer.json()
    assert said["station_id"] == str(station)
    assert said["permissions"] == ["dispatch_answer"]


async def test_what_makes_no_colleague(tx: Tx, hire: Any) -> None:
    async def create(**more: Any) -> None:
        fields = {"login": "x1", "name": "X", "role": "agent", "password": PASSWORD} | more
        await service.create_staff(tx, **fields)

    with pytest.raises(PasswordTooShort):
        await create(password="short")
    with pytest.raises(StationMissing):
        await create(role="station")
    with pytest.raises(StationOutOfPlace):
        await create(station_id=uuid4())
    await create()
    with pytest.raises(LoginTaken):
        async with tx.connection.transaction():
            await create()


async def test_a_password_is_set_by_login(database: Database, hire: Any, browse: Any) -> None:
    await hire("lin")
    await database.run(lambda tx: service.set_password(tx, "lin", "another password"))
    assert (await (await browse()).sign_in("lin", "another password")).status == 201


def test_roles_hold_what_their_work_needs_and_no_more() -> None:
    assert set(ROLES) == set(Role)
    assert all(held <= SCOPES for held in ROLES.values())
    assert Permission.TICKETS_READ not in ROLES[Role.STATION] | ROLES[Role.ADMIN]
    assert Permission.SIMULATE not in frozenset().union(*ROLES.values())
    for role in (Role.AGENT, Role.SUPERVISOR):
        assert {Permission.TICKETS_WRITE, Permission.ALARMS_TAKE} <= ROLES[role]
