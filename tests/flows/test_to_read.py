"""What came through the location link is told to the desk: the caller waits to be asked."""

import re

import aiohttp

from tests.flows.desk import alarm, no_alarm
from tests.service import Client, Service, confirm_place, open_rescue

TO_READ = "rescue_place_to_read"


async def link_of(agent: Client, ticket_id: str) -> str:
    link = await agent.post(f"/api/v1/tickets/{ticket_id}/location-links")
    return "/l/" + str(link["url"]).rsplit("/", 1)[1]


async def answers(service: Service, path: str, form: dict[str, str]) -> None:
    url = str(service.server.make_url(path))
    async with aiohttp.ClientSession() as phone:
        async with phone.get(url) as page:
            key = re.search(r'name="idempotency_key" value="([^"]+)"', await page.text())
        assert key is not None
        async with phone.post(url, data=form | {"idempotency_key": key[1]}) as answer:
            assert answer.status == 200


async def test_words_are_told_to_the_desk_until_a_place_is_confirmed(service: Service):
    agent = await service.agent()
    ticket = await open_rescue(agent)
    path = await link_of(agent, ticket["id"])
    await answers(service, path, {"words": "G1京哈高速往北,刚过一个服务区"})
    first = await alarm(agent, ticket["id"], TO_READ)
    await agent.post(f"/api/v1/alarms/{first['id']}/acceptance")
    await answers(service, path, {"words": "K657 的牌子旁边"})
    again = await alarm(agent, ticket["id"], TO_READ)
    assert again["id"] == first["id"], "taken, and there is something new to read"
    await confirm_place(agent, ticket["id"])
    await no_alarm(agent, ticket["id"], TO_READ)


async def test_a_coarse_fix_is_told_to_the_desk(service: Service):
    agent = await service.agent()
    ticket = await open_rescue(agent)
    fix = {"lat": "41.8057", "lon": "123.4315", "accuracy_m": "900"}
    await answers(service, await link_of(agent, ticket["id"]), fix)
    await alarm(agent, ticket["id"], TO_READ)
    await agent.post(f"/api/v1/rescues/{ticket['id']}/cancellation", {"reason": "it starts"})
    await no_alarm(agent, ticket["id"], TO_READ)
