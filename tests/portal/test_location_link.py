"""The location link itself: what it opens, for how long, and what is kept of it."""

import hashlib

import aiohttp

from tests.service import Service, open_rescue


async def test_a_link_serves_one_ticket_for_half_an_hour_and_is_stored_hashed(service: Service):
    agent = await service.agent()
    ticket = await open_rescue(agent)
    link = await agent.post(f"/api/v1/tickets/{ticket['id']}/location-links")
    token = link["url"].rsplit("/", 1)[1]
    async with aiohttp.ClientSession(service.server.make_url("/")) as phone:

        async def opened(path: str) -> tuple[int, str]:
            async with phone.get(f"/l/{path}", headers={"Accept-Language": "en"}) as page:
                return page.status, await page.text()

        assert (await opened(token))[0] == 200
        async with service.database.transaction() as tx:
            stored = await tx.connection.fetchval("select token_hash from location_links")
            assert stored == hashlib.sha256(token.encode()).digest()
            whole = await tx.connection.fetchval("select location_links::text from location_links")
            assert token not in whole
            lives = await tx.connection.fetchval(
                "select extract(epoch from expires_at - now()) from location_links"
            )
            assert 1700 < lives <= 1800
            await tx.connection.execute(
                "update location_links set made_at = made_at - interval '31 minutes',"
                " expires_at = expires_at - interval '31 minutes'"
            )
        # Late, or no link at all: the page says what to do.
        for one in (token, "x" * 27, "..%2f..%2fetc", "0"):
            status, words = await opened(one)
            assert (status // 100, "Call the hotline" in words) == (4, True), one
