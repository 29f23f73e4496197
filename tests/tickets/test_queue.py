"""The queue: danger, then the expressway, then the rest; the tier breaks ties and never more."""

from typing import Any

from tests.service import Client, Service, open_rescue


async def owner_of_tier(agent: Client, tier: int) -> str:
    made = await agent.post("/api/v1/owners", {"name": f"客户{tier}", "phones": [], "tier": tier})
    return str(made["id"])


async def queue(agent: Client, **filters: Any) -> list[str]:
    page = await agent.get("/api/v1/queue", **filters)
    return [ticket["id"] for ticket in page["items"]]


async def test_urgency_first_tier_only_among_equals_then_who_waited_longest(service: Service):
    agent = await service.agent()
    valued = await owner_of_tier(agent, 3)
    first = await open_rescue(agent)
    second = await open_rescue(agent)
    rich = await open_rescue(agent, owner_id=valued)
    motorway = await open_rescue(agent, expressway=True)
    danger = await open_rescue(agent, danger=True)
    done = await open_rescue(agent)
    await agent.post(f"/api/v1/tickets/{done['id']}/cancellation", {"outcome": "started again"})
    expected = [t["id"] for t in (danger, motorway, rich, first, second)]
    assert await queue(agent) == expected

    await agent.patch(f"/api/v1/tickets/{second['id']}", {"danger": True}, version=1)
    assert (await queue(agent))[:2] == [second["id"], danger["id"]], "who waited longer"


async def test_pages_of_the_queue_meet_without_gap(service: Service):
    agent = await service.agent()
    owners = [await owner_of_tier(agent, tier) for tier in range(4)]
    for number in range(9):
        await open_rescue(
            agent, owner_id=owners[number % 4], danger=number % 3 == 0, expressway=number % 2 == 0
        )
    whole = await queue(agent, limit=50)
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = await agent.get("/api/v1/queue", limit=2, **cursor)
        seen += [ticket["id"] for ticket in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert seen == whole
    assert len(seen) == 9


async def test_a_changed_owner_brings_his_tier(service: Service):
    agent = await service.agent()
    ticket = await open_rescue(agent)
    assert ticket["tier"] == 0
    changed = await agent.patch(
        f"/api/v1/tickets/{ticket['id']}", {"owner_id": await owner_of_tier(agent, 2)}, version=1
    )
    assert changed["tier"] == 2
