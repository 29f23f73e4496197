"""A colleague at a browser, signed in: his session's cookie and token."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import aiohttp

from callcenter.staff import service as staff
from callcenter.staff.model import Role
from tests.service import Service

PASSWORD = "a long night on the G2"


@asynccontextmanager
async def browser(
    service: Service, role: Role | None = None, station_id: UUID | None = None
) -> AsyncIterator[aiohttp.ClientSession]:
    """Signed in as a new colleague of this role (the login is its name); None: as nobody."""
    url = str(service.server.make_url("")).rstrip("/")
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(url, headers={"Origin": url}, cookie_jar=jar) as session:
        if role:
            await _sign_in(service, session, role, station_id)
        yield session


async def _sign_in(
    service: Service, session: aiohttp.ClientSession, role: Role, station_id: UUID | None
) -> None:
    async with service.database.transaction() as tx:
        await staff.create_staff(
            tx,
            login=role.value,
            name="x",
            role=role.value,
            password=PASSWORD,
            station_id=station_id if role is Role.STATION else None,
        )
    body = {"login": role.value, "password": PASSWORD}
    async with session.post("/api/v1/session", json=body) as answer:
        told = await answer.json()
        assert answer.status == 201
    session.headers["X-CSRF-Token"] = told["csrf_token"]
