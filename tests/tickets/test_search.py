"""One search for the desk: a few signs find the owner, the car and the ticket, masked by role."""

from typing import Any

import pytest

from callcenter.names import name_keys
from callcenter.staff import service as staff
from callcenter.staff.model import Role
from callcenter.staff.roles import ROLES
from tests.service import Client, Service, open_rescue

VIN = "LSVAA4182E2184847"


async def found(client: Client, typed: str) -> tuple[set[str], set[str]]:
    """Names of the owners, numbers of the tickets."""
    answer = await client.get("/api/v1/search", q=typed)
    owners = {owner["name"] for owner in answer["owners"]}
    return owners, {ticket["number"] for ticket in answer["tickets"]}


async def an_owner(client: Client, name: str, phone: str, plate: str, vin: str | None) -> Any:
    """With a car and a ticket about it."""
    owner = await client.post("/api/v1/owners", {"name": name, "phones": [phone]})
    car = await client.post("/api/v1/vehicles", {"plate": plate, "vin": vin})
    await client.post(f"/api/v1/owners/{owner['id']}/vehicles", {"vehicle_id": car["id"]})
    named = {"owner_id": owner["id"], "vehicle_id": car["id"]}
    return await client.post("/api/v1/tickets", {"kind": "complaint"} | named)


async def test_every_way_to_name_an_owner_finds_him_and_his_ticket(service: Service):
    agent = await service.agent()
    ticket = await an_owner(agent, "单小明", "024-8888 1234", "辽A·D12345", VIN)
    await an_owner(agent, "王伟", "13900139000", "粤B12345", None)
    ways = ["单", "单小明", "shanxiao", "danxiaoming", "sxm", "SX", "Shan Xiaoming"]
    ways += ["1234", "024-88881234", "8888 1234", "辽A·D1", "ad123", "E2184847", "4847", VIN]
    for way in [*ways, ticket["number"]]:
        owners, numbers = await found(agent, way)
        assert ticket["number"] in numbers, way
        assert way == ticket["number"] or owners == {"单小明"}, way
    for nothing in ("明", "123", "D12345", "48470", "xm", "%", "_", "'", "\u200b", "9999"):
        assert await found(agent, nothing) == (set(), set()), nothing


async def test_callers_and_cars_that_nobody_has_registered_are_found(service: Service):
    agent = await service.agent()
    particulars = {"plate": "京N·8Q7X6", "fault": "flat_tyre"}
    ticket = await open_rescue(agent, caller_name="欧阳娜", particulars=particulars)
    for way in ("欧阳", "ouyangna", "oyn", "8000", "13800138000", "京N8Q", "N8Q7X6"):
        assert await found(agent, way) == (set(), {ticket["number"]}), way


async def test_a_new_name_is_found_and_the_old_one_no_longer(service: Service):
    agent = await service.agent()
    owner = await agent.post("/api/v1/owners", {"name": "王伟"})
    await agent.patch(f"/api/v1/owners/{owner['id']}", {"name": "李娜"}, version=owner["version"])
    ticket = await open_rescue(agent, caller_name="赵敏")
    path = f"/api/v1/tickets/{ticket['id']}"
    await agent.patch(path, {"caller_name": "孙悦"}, version=ticket["version"])
    assert [await found(agent, way) for way in ("ww", "zm")] == [(set(), set())] * 2
    assert await found(agent, "ln") == ({"李娜"}, set())
    assert await found(agent, "sy") == (set(), {ticket["number"]})


async def test_numbers_are_masked_and_who_may_not_read_owners_gets_none(service: Service):
    agent = await service.agent()
    await an_owner(agent, "王伟", "13800138000", "辽A12345", None)
    (owner,) = (await agent.get("/api/v1/search", q="8000"))["owners"]
    assert owner["phones"] == ["138****8000"]
    supervisor = await service.client(sorted(ROLES[Role.SUPERVISOR]))
    (owner,) = (await supervisor.get("/api/v1/search", q="8000"))["owners"]
    assert owner["phones"] == ["+8613800138000"]
    tickets_only = await service.client([p for p in ROLES[Role.AGENT] if "customers" not in p])
    answer = await tickets_only.get("/api/v1/search", q="8000")
    assert (answer["owners"], answer["vehicles"], len(answer["tickets"])) == ([], [], 1)


async def test_many_who_fit_are_cut_short_and_said(service: Service):
    agent = await service.agent()
    for number in range(25):
        await agent.post("/api/v1/owners", {"name": f"王{number}"})
    answer = await agent.get("/api/v1/search", q="w")
    assert (len(answer["owners"]), answer["more"]) == (0, False), "one letter says too little"
    answer = await agent.get("/api/v1/search", q="王")
    assert (len(answer["owners"]), answer["more"]) == (20, True)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("曾国藩", {"曾国藩", "zengguofan", "zgf", "cgf"}),
        ("吕布", {"lvbu", "lb"}),
        ("Wang Wei", {"wangwei", "wei"}),
        ("张A三", {"zhangasan", "zas"}),
        (" · ", set()),
    ],
)
def test_what_a_name_is_found_by(name: str, keys: set[str]):
    assert keys <= set(name_keys(name))
    assert len(name_keys(name)) <= 12


async def test_the_filters_of_the_list_meet(service: Service):
    agent = await service.agent()
    mine, other = await open_rescue(agent), await open_rescue(agent)
    async with service.database.transaction() as tx:
        user = await staff.create_staff(
            tx, login="li.wei", name="李伟", role="expert", password="a long night"
        )
    person = str(user.id)
    (colleague,) = (await agent.get("/api/v1/colleagues"))["items"]
    assert colleague == {"id": person, "name": "李伟", "role": "expert"}
    await agent.post(f"/api/v1/tickets/{mine['id']}/assignment", {"assignee_id": person})
    for filters in (
        {"assignee_id": person},
        {"assignee_id": person, "kind": "rescue", "live": "true", "stage": "opened"},
        {"number": mine["number"], "assignee_id": person},
    ):
        page = await agent.get("/api/v1/tickets", **filters)
        assert [ticket["id"] for ticket in page["items"]] == [mine["id"]], filters
    for filters in ({"kind": "rescue"}, {"stage": "opened"}, {"live": "true"}):
        page = await agent.get("/api/v1/tickets", limit="1", **filters)
        again = await agent.get("/api/v1/tickets", cursor=page["next_cursor"], **filters)
        assert [t["id"] for t in (*page["items"], *again["items"])] == [other["id"], mine["id"]]
    assert (await agent.get("/api/v1/tickets", number=mine["number"], kind="enquiry"))[
        "items"
    ] == []
