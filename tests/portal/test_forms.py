"""The pages' forms are closed to other sites, and a double press acts once."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import uuid4

import aiohttp
import pytest

from callcenter.staff.model import Role
from tests.contract.browser import browser
from tests.service import Service, confirm_place, offer_for, open_rescue


@dataclass
class Asked:
    """A signed-in station's browser before an offer: its address, and the token of the session."""

    browser: aiohttp.ClientSession
    path: str
    token: str

    def accepts(self, token: str) -> dict[str, str]:
        return {"csrf_token": token, "idempotency_key": str(uuid4()), "action": "accept"}


@pytest.fixture
async def asked(service: Service) -> AsyncIterator[Asked]:
    home, agent = await service.station("HOME", 1), await service.agent()
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(home, ticket["id"])
    async with browser(service, Role.STATION, home.station_id) as session:
        path = f"/station/offers/{offer['id']}"
        async with session.get(path) as page:
            token = re.search(r'name="csrf_token" value="([^"]+)"', await page.text())
        assert token is not None
        # The form's own token counts here.
        session.headers.pop("X-CSRF-Token")
        yield Asked(session, path, token[1])


async def dispatches(service: Service) -> int:
    async with service.database.reading() as tx:
        return int(await tx.connection.fetchval("select count(*) from dispatches"))


async def test_our_own_form_acts_and_a_double_press_acts_once(service: Service, asked: Asked):
    form = asked.accepts(asked.token)
    for _ in range(2):
        async with asked.browser.post(asked.path, data=form, allow_redirects=False) as answer:
            assert answer.status == 303
    assert await dispatches(service) == 1


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
    service: Service, asked: Asked, token: str, origin: str | None
):
    headers = {"Origin": origin} if origin else {}
    form = asked.accepts(asked.token if token == "right" else token)
    async with asked.browser.post(asked.path, data=form, headers=headers) as answer:
        assert answer.status == 403
    assert await dispatches(service) == 0


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
