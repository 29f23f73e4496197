"""The pages' forms are closed to other sites, and a double press acts once."""

import re
from collections.abc import AsyncIterator
from uuid import uuid4

import aiohttp
import pytest

from callcenter.staff import service as staff
from tests.portal.conftest import PASSWORD
from tests.service import Service


@pytest.fixture
async def desk(service: Service) -> AsyncIterator[tuple[aiohttp.ClientSession, str]]:
    """A signed-in agent's browser, and the token of its session."""
    async with service.database.transaction() as tx:
        await staff.create_staff(tx, login="agent", name="a", role="agent", password=PASSWORD)
    url = str(service.server.make_url("")).rstrip("/")
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(url, headers={"Origin": url}, cookie_jar=jar) as browser:
        body = {"login": "agent", "password": PASSWORD}
        async with browser.post("/api/v1/session", json=body) as answer:
            assert answer.status == 201
        async with browser.get("/desk") as page:
            token = re.search(r'name="csrf_token" value="([^"]+)"', await page.text())
        assert token is not None
        yield browser, token[1]


def ring(token: str, key: str | None = None) -> dict[str, str]:
    return {"csrf_token": token, "idempotency_key": key or str(uuid4()), "caller": "13800138000"}


async def calls(service: Service) -> int:
    async with service.database.reading() as tx:
        return int(await tx.connection.fetchval("select count(*) from calls"))


async def test_our_own_form_acts_and_a_double_press_acts_once(
    service: Service, desk: tuple[aiohttp.ClientSession, str]
):
    browser, token = desk
    form = ring(token)
    for _ in range(2):
        async with browser.post("/desk/calls", data=form, allow_redirects=False) as answer:
            assert answer.status == 303
    assert await calls(service) == 1


@pytest.mark.parametrize(
    ("token", "origin"),
    [
        pytest.param("", None, id="no_token"),
        pytest.param("guessed", None, id="wrong_token"),
        pytest.param("right", "https://evil.example", id="another_site"),
        pytest.param("right", "null", id="no_site"),
    ],
)
async def test_what_does_not_come_from_our_page_does_nothing(
    service: Service, desk: tuple[aiohttp.ClientSession, str], token: str, origin: str | None
):
    browser, right = desk
    headers = {"Origin": origin} if origin else {}
    form = ring(right if token == "right" else token)
    async with browser.post("/desk/calls", data=form, headers=headers) as answer:
        assert answer.status == 403
    assert await calls(service) == 0


async def test_another_site_cannot_use_an_owners_link(service: Service):
    agent = await service.agent()
    ticket = await agent.post("/api/v1/tickets", {"kind": "rescue", "caller_phone": "13800138000"})
    link = await agent.post(f"/api/v1/tickets/{ticket['id']}/location-links")
    path = "/l/" + link["url"].rsplit("/", 1)[1]
    url = str(service.server.make_url(path))
    form = {"idempotency_key": str(uuid4()), "words": "G1 K20"}
    async with aiohttp.ClientSession() as stranger:
        headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
        async with stranger.post(url, data=form, headers=headers) as answer:
            assert answer.status == 403
        async with stranger.post(url, data=form) as answer:
            assert answer.status == 200
