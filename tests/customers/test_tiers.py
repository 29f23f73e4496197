"""Tiers by rules: previewed, made, applied to all at once, after a visit, and in the night."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from callcenter.web.permission import Permission
from tests.service import Client, Refused, Service

RULES: dict[str, Any] = {
    "rules": [
        {"tier": 1, "needs": "any", "least": {"visits": 2, "spend": 3000}},
        {"tier": 2, "needs": "all", "least": {"visits": 3, "years": 2}},
    ]
}


def ago(days: int) -> str:
    return str(date.today() - timedelta(days=days))


async def admin(service: Service) -> Client:
    return await service.client([Permission.CUSTOMERS_ADMIN])


async def an_owner(agent: Client, name: str, *visits: tuple[int, int], since: int = 100) -> str:
    """With a car delivered so many days ago, and visits so many days ago for so many CNY."""
    car = await agent.post("/api/v1/vehicles", {"plate": "辽A12345", "delivered_on": ago(since)})
    owner = await agent.post("/api/v1/owners", {"name": name})
    await agent.post(f"/api/v1/owners/{owner['id']}/vehicles", {"vehicle_id": car["id"]})
    for days, amount in visits:
        body = {"visited_on": ago(days), "kind": "maintenance", "amount": amount}
        await agent.post(f"/api/v1/vehicles/{car['id']}/visits", body)
    return str(owner["id"])


async def tier_of(agent: Client, owner_id: str) -> int:
    return int((await agent.get(f"/api/v1/owners/{owner_id}"))["tier"])


async def test_rules_are_previewed_then_made_and_every_owner_has_his_tier(service: Service):
    agent, boss = await service.agent(), await admin(service)
    faithful = await an_owner(agent, "王", (10, 500), (100, 500), (200, 500), since=800)
    generous = await an_owner(agent, "李", (10, 3_200))
    gone_cold = await an_owner(agent, "张", (400, 9_000), (500, 9_000))
    invited = await an_owner(agent, "赵")
    version = (await agent.get(f"/api/v1/owners/{invited}"))["version"]
    await agent.patch(f"/api/v1/owners/{invited}", {"tier": 3}, version=version)

    assert (await boss.get("/api/v1/tier-rules"))["version"] == 0
    told = await boss.post("/api/v1/tier-rules/preview", RULES)
    assert told["moves"] == [
        {"was": 0, "tier": 1, "owners": 1},
        {"was": 0, "tier": 2, "owners": 1},
    ]
    assert (told["owners"], told["changed"], told["by_person"]) == (4, 2, 1)
    assert (told["now"], told["then"]) == ([3, 0, 0, 1], [1, 1, 1, 1])
    assert await tier_of(agent, faithful) == 0, "a preview changes nothing"

    made = await put(boss, RULES, 0)
    assert (made["version"], made["changed"], made["rules"]) == (1, 2, told_again(RULES))
    tiers_now = [await tier_of(agent, one) for one in (faithful, generous, gone_cold, invited)]
    assert tiers_now == [2, 1, 0, 3]

    why = await agent.get(f"/api/v1/owners/{faithful}/tier")
    assert (why["set_by"], why["by_rules"], why["because"]) == ("rule", 2, ["visits", "years"])
    assert (why["cars"], why["visits"], why["spend"], why["years"]) == (1, 3, 1500, 2)
    assert (await agent.get(f"/api/v1/owners/{invited}/tier"))["by_rules"] == 0


async def test_what_a_person_has_set_is_handed_back_to_the_rules(service: Service):
    agent, boss = await service.agent(), await admin(service)
    await put(boss, RULES, 0)
    owner = await an_owner(agent, "王", (10, 5_000))
    assert await tier_of(agent, owner) == 1, "after the visit, at once"
    path = f"/api/v1/owners/{owner}"
    read = await agent.get(path)
    set_by_hand = await agent.patch(path, {"tier": 0}, version=read["version"])
    assert (set_by_hand["tier"], set_by_hand["tier_set_by"]) == (0, "person")
    back = await agent.patch(path, {"tier_set_by": "rule"}, version=set_by_hand["version"])
    assert (back["tier"], back["tier_set_by"]) == (1, "rule")


@pytest.mark.parametrize(
    "rules",
    [
        [{"tier": 1, "needs": "any", "least": {}}],
        [{"tier": 0, "needs": "any", "least": {"cars": 1}}],
        [{"tier": 1, "needs": "any", "least": {"cars": 1}}] * 2,
        [{"tier": 1, "needs": "any", "least": {"cars": 0}}],
    ],
)
async def test_rules_that_say_nothing_are_refused(service: Service, rules: list[Any]):
    boss = await admin(service)
    with pytest.raises(Refused) as no:
        await boss.post("/api/v1/tier-rules/preview", {"rules": rules})
    assert no.value.status == 422


async def test_of_two_who_make_rules_at_once_one_is_told(service: Service):
    boss = await admin(service)
    answers = await asyncio.gather(*(put(boss, RULES, 0) for _ in range(4)), return_exceptions=True)
    refused = [one for one in answers if isinstance(one, Refused)]
    assert [one.code for one in refused] == ["version_stale"] * 3
    assert (await boss.get("/api/v1/tier-rules"))["version"] == 1


async def put(boss: Client, rules: Any, version: int) -> Any:
    headers = {"If-Match": f'"{version}"'}
    return await boss._send("PUT", "/api/v1/tier-rules", json=rules, headers=headers)


def told_again(rules: dict[str, Any]) -> list[Any]:
    """As they are answered: what has no threshold is null."""
    nothing = dict.fromkeys(("cars", "visits", "spend", "years"))
    return [rule | {"least": nothing | rule["least"]} for rule in rules["rules"]]
