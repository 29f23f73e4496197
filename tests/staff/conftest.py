"""The staff room behind the real authenticator, with cheap password hashing."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from argon2 import PasswordHasher

from callcenter.db.database import Database
from callcenter.settings import SessionSettings, Settings
from callcenter.staff import service
from callcenter.staff.authenticator import StaffAuthenticator
from callcenter.staff.http import routes
from callcenter.staff.model import StaffUser
from callcenter.staff.passwords import Passwords
from callcenter.web import frame

PASSWORD = "correct horse battery"
CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.fixture
def passwords() -> Passwords:
    return Passwords(CHEAP)


Hire = Callable[..., Awaitable[StaffUser]]


@pytest.fixture
def hire(database: Database, passwords: Passwords) -> Hire:
    """`await hire("lin", "agent")` is a colleague who can sign in."""

    async def create(login: str, role: str = "agent", **more: Any) -> StaffUser:
        return await database.run(
            lambda tx: service.create_staff(
                tx,
                login=login,
                name=login.title(),
                role=role,
                password=PASSWORD,
                passwords=passwords,
                **more,
            )
        )

    return create


class Browser:
    """A browser at our own page: keeps the cookie, sends origin and token."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.token = ""

    async def sign_in(self, login: str, password: str = PASSWORD) -> Any:
        answer = await self.client.post(
            "/api/v1/session", json={"login": login, "password": password}
        )
        if answer.status == 201:
            self.token = (await answer.json())["csrf_token"]
        return answer

    async def send(self, method: str, path: str, **more: Any) -> Any:
        headers = {
            "Origin": f"http://127.0.0.1:{self.client.port}",
            "X-CSRF-Token": self.token,
            **more.pop("headers", {}),
        }
        return await self.client.request(method, path, headers=headers, **more)

    async def who(self) -> int:
        """The status of asking who one is."""
        return int((await self.client.get("/api/v1/session")).status)


@pytest.fixture
async def browse(
    database: Database, passwords: Passwords
) -> AsyncIterator[Callable[..., Awaitable[Browser]]]:
    """`await browse()` is one more browser; settings of sessions by name."""
    opened: list[TestClient[Any, Any]] = []

    async def start(**rules: Any) -> Browser:
        settings = Settings(sessions=SessionSettings(**rules))
        authenticator = StaffAuthenticator(database, settings)
        app = frame.build(settings, database, routes, authenticator, {Passwords: passwords})
        client = TestClient(TestServer(app))
        await client.start_server()
        opened.append(client)
        return Browser(client)

    yield start
    for client in opened:
        await client.close()
