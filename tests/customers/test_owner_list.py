"""The list of owners: page by page, and by what somebody types."""

from typing import Any

import pytest

from callcenter.customers import listing
from tests.service import Client, Service

NAMES = ("王建国", "李敏", "王芳", "刘芳", "王伟")


@pytest.fixture
async def client(service: Service) -> Client:
    agent = await service.agent()
    for number, name in enumerate(NAMES):
        await agent.post("/api/v1/owners", {"name": name, "phones": [f"1390013900{number}"]})
    return agent


async def names(client: Client, **query: Any) -> list[str]:
    """On all pages of two."""
    page = await client.get("/api/v1/owners", limit=2, **query)
    found = page["items"]
    while page["next_cursor"]:
        page = await client.get("/api/v1/owners", limit=2, cursor=page["next_cursor"], **query)
        found += page["items"]
    return [one["name"] for one in found]


async def test_newest_first_on_every_page_with_and_without_words(client: Client):
    assert await names(client) == list(reversed(NAMES))
    assert await names(client, search="wang") == ["王伟", "王芳", "王建国"]
    assert await names(client, search="9003") == ["刘芳"]
    assert await names(client, phone="13900139001") == ["李敏"]
    assert await names(client, search="赵") == []


async def test_of_too_many_that_fit_it_is_said_that_there_are_more(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(listing, "MOST_FOUND", 2)
    page = await client.get("/api/v1/owners", search="王")
    assert (len(page["items"]), page["more"], page["next_cursor"]) == (2, True, None)
    assert not (await client.get("/api/v1/owners", search="李"))["more"]
