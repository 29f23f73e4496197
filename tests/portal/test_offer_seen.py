"""An offer is seen when its page is opened: then its station's duty phone keeps silent."""

from typing import Any
from uuid import UUID

import pytest

from callcenter.web import installation
from callcenter.web.links import SignedLinks
from tests.service import Client, Service, confirm_place, offer_for, open_rescue


async def an_offer(service: Service) -> tuple[Client, Any, str]:
    """The station, its offer, and the path of the link in its text message."""
    station = await service.station("A", 1)
    agent = await service.agent()
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(station, ticket["id"])
    installed = await service.database.run(installation.ensure)
    return station, offer, f"/s/{SignedLinks(installed.link_key).make('offer', UUID(offer['id']))}"


async def opened(station: Client, path: str, **headers: str) -> None:
    async with station.session.get(path, headers=headers | {"Accept": "text/html"}) as answer:
        assert answer.status == 200


async def is_seen(station: Client, offer: Any) -> bool:
    told = await station.get(f"/api/v1/offers/{offer['id']}")
    return told["offer"]["seen_at"] is not None


async def test_the_page_of_the_link_is_seen(service: Service):
    station, offer, link = await an_offer(service)
    assert not await is_seen(station, offer)
    await opened(station, link)
    assert await is_seen(station, offer)


@pytest.mark.parametrize(
    "header",
    [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"}],
)
async def test_what_a_browser_loads_ahead_is_seen_by_nobody(
    service: Service, header: dict[str, str]
):
    station, offer, link = await an_offer(service)
    await opened(station, link, **header)
    assert not await is_seen(station, offer)
