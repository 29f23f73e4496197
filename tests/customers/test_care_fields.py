"""Where an owner lives and which days are his: kept, corrected, masked, and handed back."""

from datetime import date
from typing import Any

import pytest

from callcenter.customers.days.model import Birthday, Calendar, next_birthday
from callcenter.web.permission import Permission
from tests.service import Client, Refused, Service


async def an_owner(agent: Client) -> tuple[str, int]:
    owner = await agent.post("/api/v1/owners", {"name": "王伟"})
    return f"/api/v1/owners/{owner['id']}", owner["version"]


async def test_what_care_needs_is_kept_and_can_be_taken_out_again(service: Service):
    agent = await service.agent()
    path, version = await an_owner(agent)
    said: dict[str, Any] = {
        "province": "LN",
        "city": "沈阳",
        "email": "wang.wei@example.com",
        "zone": "Asia/Urumqi",
        "birthday": {"calendar": "lunar", "month": 8, "day": 15},
        "wedding_on": "2012-05-20",
        "profiling_refused": True,
    }
    now = await agent.patch(path, said, version=version)
    assert {name: now[name] for name in said} == said | {"email": "w***@example.com"}
    supervisor = await service.client([Permission.CUSTOMERS_READ, Permission.PHONES_READ])
    assert (await supervisor.get(path))["email"] == said["email"]
    nothing = {"email": None, "birthday": None, "wedding_on": None}
    now = await agent.patch(path, nothing, version=now["version"])
    assert {name: now[name] for name in nothing} == nothing
    assert now["city"] == "沈阳"
    async with service.database.reading() as tx:
        facts = await tx.connection.fetchval(
            "select string_agg(facts::text, '') from events where kind = 'owner.edited'"
        )
    assert '"birthday"' in facts
    assert not any(word in facts for word in ("wang", "沈阳", "lunar", "2012"))


@pytest.mark.parametrize(
    "said",
    [
        {"province": "XX"},
        {"zone": "China/Shenyang"},
        {"email": "nobody"},
        {"birthday": {"calendar": "lunar", "month": 8, "day": 31}},
        {"birthday": {"calendar": "solar", "month": 2, "day": 30}},
        {"birthday": {"calendar": "solar", "month": 2}},
        {"tier_set_by": "person"},
        {"profiling_refused": None},
    ],
)
async def test_what_cannot_be_is_refused(service: Service, said: dict[str, Any]):
    agent = await service.agent()
    path, version = await an_owner(agent)
    with pytest.raises(Refused) as no:
        await agent.patch(path, said, version=version)
    assert no.value.status == 422


async def test_the_next_days_of_an_owner_and_his_cars(service: Service):
    agent = await service.agent()
    path, version = await an_owner(agent)
    for delivered, gone in (("2021-06-01", None), ("2015-06-01", "2022-01-01"), (None, None)):
        car = await agent.post("/api/v1/vehicles", {"delivered_on": delivered})
        if gone:
            await agent.patch(f"/api/v1/vehicles/{car['id']}", {"gone_on": gone}, version=1)
        version = (await agent.post(f"{path}/vehicles", {"vehicle_id": car["id"]}))["version"]
    born = {"calendar": "lunar", "month": 12, "day": 30}
    said = {"birthday": born, "wedding_on": "2012-02-29"}
    await agent.patch(path, said, version=version)
    days = await agent.get(f"{path}/days")
    falls = next_birthday(Birthday(Calendar.LUNAR, 12, 30), date.today())
    assert days["birthday"] == {"on": str(falls.on), "is_moved": falls.is_moved}
    assert days["wedding"]["on"][5:] in ("02-28", "02-29")
    assert days["wedding"]["years"] == int(days["wedding"]["on"][:4]) - 2012
    (delivery,) = days["deliveries"]
    assert (delivery["on"][5:], delivery["is_moved"]) == ("06-01", False)


async def test_a_car_is_corrected_over_the_version_that_was_read(service: Service):
    agent = await service.agent()
    car = await agent.post("/api/v1/vehicles", {"plate": "辽A12345", "vin": "LSVAA4182E2184847"})
    other = await agent.post("/api/v1/vehicles", {"plate": "辽A54321"})
    path = f"/api/v1/vehicles/{car['id']}"
    said = {"plate": "辽A·54321", "delivered_on": "2024-03-01", "colour": "白"}
    now = await agent.patch(path, said, version=1)
    assert (now["plate"], now["vin"], now["version"]) == ("辽A54321", car["vin"], 2)
    with pytest.raises(Refused) as stale:
        await agent.patch(path, {"colour": "黑"}, version=1)
    assert stale.value.code == "version_stale"
    theirs = f"/api/v1/vehicles/{other['id']}"
    with pytest.raises(Refused) as taken:
        await agent.patch(theirs, {"vin": car["vin"]}, version=1)
    assert taken.value.code == "vin_taken"
