"""The desk takes a call: who and which car, what is open already, what must not be lost."""

import re
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import aiohttp
import pytest
from playwright.async_api import expect

from callcenter.db.transaction import Tx
from callcenter.staff import alarms
from callcenter.staff import service as staff
from callcenter.tickets import service as tickets
from callcenter.tickets.model import Kind, ticket_number
from tests.portal.conftest import PASSWORD, Office, Person
from tests.portal.test_stories import opens_rescue
from tests.service import Service, confirm_place, offer_for, open_rescue

SHARED = "13800138000"


async def owner_with_cars(service: Service, name: str, *cars: dict[str, str]) -> str:
    """An owner who shares the phone; his id."""
    agent = await service.agent()
    owner = await agent.post("/api/v1/owners", {"name": name, "phones": [SHARED]})
    for car in cars:
        vehicle = await agent.post("/api/v1/vehicles", car)
        path = f"/api/v1/owners/{owner['id']}/vehicles"
        await agent.post(path, {"vehicle_id": vehicle["id"]})
    return str(owner["id"])


async def takes_call(agent: Person, caller: str = SHARED) -> None:
    await agent.goes_to("/desk")
    await agent.page.fill("form[action='/desk/calls'] [name=caller]", caller)
    await agent.presses("来电")


async def the_ticket(service: Service) -> Any:
    async with service.database.reading() as tx:
        return await tx.connection.fetchrow("select * from tickets order by opened_at desc limit 1")


async def test_a_shared_phone_is_one_pick_list_of_owners_and_cars(office: Office):
    service = office.service
    await owner_with_cars(service, "王芳", {"model": "S7", "plate": "辽A11111"})
    li = await owner_with_cars(
        service, "李强", {"model": "E3", "plate": "辽A22222"}, {"model": "T9", "plate": "辽A33333"}
    )
    agent = await office.colleague("agent")
    await takes_call(agent)
    assert await agent.page.locator("[name=who]").count() == 6
    assert await agent.page.locator("[name=who]:checked").count() == 0
    await agent.page.get_by_label("辽A33333").check()
    assert await agent.page.locator("[name=who]:checked").count() == 1
    await agent.presses("开救援工单")
    await agent.sees("辽A33333")
    ticket = await the_ticket(service)
    assert (str(ticket["owner_id"]), ticket["caller_name"]) == (li, "李强")
    async with service.database.reading() as tx:
        plate = "select plate from vehicles where id = $1"
        assert await tx.connection.fetchval(plate, ticket["vehicle_id"]) == "辽A33333"


async def test_one_owner_with_one_car_is_chosen_and_another_car_can_be_told(office: Office):
    wang = await owner_with_cars(office.service, "王芳", {"model": "S7", "plate": "辽A11111"})
    agent = await office.colleague("agent")
    await takes_call(agent)
    await expect(agent.page.get_by_label("辽A11111")).to_be_checked()
    await agent.page.get_by_label("另一辆车", exact=False).first.check()
    await agent.page.fill("[name=plate]", "辽A99999")
    await agent.presses("开救援工单")
    await agent.sees("辽A99999")
    ticket = await the_ticket(office.service)
    assert (str(ticket["owner_id"]), ticket["vehicle_id"]) == (wang, None)


async def test_none_of_these_with_an_electric_car_is_fetched_by_a_flatbed(office: Office):
    service = office.service
    await owner_with_cars(service, "王芳", {"model": "S7", "plate": "辽A11111", "energy": "petrol"})
    await service.station("LIFT", 1, trucks=[["wheel_lift"]])
    flatbed = await service.station("FLATBED", 9)
    agent = await office.colleague("agent")
    await takes_call(agent)
    await agent.page.get_by_label("都不是").check()
    await agent.page.fill("[name=caller_name]", "赵先生")
    await agent.page.select_option("[name=fault]", "engine")
    await agent.page.click("summary:has-text('车辆情况')")
    await agent.page.select_option("[name=energy]", "electric")
    await agent.page.fill("[name=passengers]", "4")
    await agent.presses("开救援工单")
    await agent.sees("纯电")
    ticket = await the_ticket(service)
    assert (ticket["owner_id"], ticket["vehicle_id"]) == (None, None)
    await agent.page.fill("[name=place]", "41.80570, 123.43150")
    await agent.presses("写入位置")
    offer = await offer_for(flatbed, str(ticket["id"]))
    assert offer["distance_m"] > 8000
    await agent.page.click("summary:has-text('跳过了')")
    await agent.sees("缺少设备")


async def test_a_withheld_number_can_be_called_back(office: Office):
    agent = await office.colleague("agent")
    await takes_call(agent, "")
    await agent.sees("号码未显示")
    await agent.page.fill("[name=caller_phone]", "not a number")
    await agent.page.fill("[name=plate]", "辽A12345")
    await agent.presses("开救援工单")
    await expect(agent.page.locator(".problem")).to_have_text(re.compile("电话号码看不懂"))
    assert await agent.page.input_value("[name=plate]") == "辽A12345"
    await agent.page.fill("[name=caller_phone]", "139 1234 5678")
    await agent.presses("开救援工单")
    await agent.sees("139****5678")


async def test_a_caller_whose_rescue_is_open_is_not_sent_a_second_truck(office: Office):
    agent = await office.colleague("agent")
    address = await opens_rescue(agent)
    await takes_call(agent)
    await agent.sees("已有工单")
    await agent.presses("就是这一单")
    assert agent.page.url == address
    async with office.service.database.reading() as tx:
        assert await tx.connection.fetchval("select count(*) from tickets") == 1
        attached = "select count(*) from calls where ticket_id is not null"
        assert await tx.connection.fetchval(attached) == 2


async def test_a_rescue_is_found_by_its_number_and_a_misheard_one_is_told(office: Office):
    agent = await office.colleague("agent")
    address = await opens_rescue(agent)
    number = str((await the_ticket(office.service))["number"])
    await agent.goes_to("/desk")
    await agent.page.fill("[name=number]", f"{number[:3]} {number[3:]}")
    await agent.presses("查找")
    assert agent.page.url == address
    await agent.goes_to(f"/desk?number={number[:-2]}{number[-1]}{number[-2]}")
    await agent.sees("号码听错了")
    await agent.goes_to(f"/desk?number={ticket_number(987654)}")
    await agent.sees("没有这张工单")


async def alarm_of_new_rescue(tx: Tx, *, drill: bool = False) -> UUID:
    ticket = await tickets.open_ticket(tx, "test", kind=Kind.RESCUE, particulars={}, drill=drill)
    return await alarms.raise_alarm(
        tx, kind="rescue_not_located", reason="test", ticket_id=ticket.id, drill=drill
    )


async def test_an_old_alarm_that_nobody_has_taken_stays_in_sight(office: Office):
    agent = await office.colleague("agent")
    async with office.service.database.transaction() as tx:
        await alarm_of_new_rescue(tx)
    async with office.service.database.transaction() as tx:
        for _ in range(60):
            await alarms.take_alarm(tx, "staff:x", await alarm_of_new_rescue(tx))
        for _ in range(60):
            await alarm_of_new_rescue(tx, drill=True)
    await agent.goes_to("/desk")
    lines = agent.page.locator("#alarms .line")
    assert await lines.first.get_by_role("button", name="接手").count() == 1
    assert await agent.page.locator("#alarms").get_by_role("button", name="接手").count() == 1
    assert await agent.page.get_by_text("演练").count() == 0
    await agent.presses("接手")
    assert "/desk/rescues/" in agent.page.url
    await agent.sees("已接手 · agent")


async def test_the_list_tells_one_rescue_from_another(office: Office):
    agent = await office.colleague("agent")
    client = await office.service.agent()
    ticket = await open_rescue(client)
    await confirm_place(client, ticket["id"])
    await agent.goes_to("/desk")
    line = agent.page.locator(f"#rescues a[href$='{ticket['id']}']")
    for words in ("爆胎", "东望街口", "近沈阳", "前"):
        await expect(line).to_contain_text(words)


@pytest.fixture
async def browser_of_agent(
    service: Service,
) -> AsyncIterator[tuple[aiohttp.ClientSession, dict[str, str]]]:
    """A signed-in agent who may send whatever he likes, and the fields of the frame."""
    async with service.database.transaction() as tx:
        await staff.create_staff(tx, login="agent", name="a", role="agent", password=PASSWORD)
    url = str(service.server.make_url("")).rstrip("/")
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(url, headers={"Origin": url}, cookie_jar=jar) as browser:
        body = {"login": "agent", "password": PASSWORD}
        async with browser.post("/api/v1/session", json=body) as answer:
            token = (await answer.json())["csrf_token"]
        yield browser, {"csrf_token": token}


RESCUE = "/desk/rescues/{ticket}"
NOBODY = "01890000-0000-7000-8000-00000000000a"
GARBAGE = [
    ("/desk/rescues", {"call_id": "x"}),
    ("/desk/rescues", {"call_id": "{call}", "who": "garbage"}),
    ("/desk/rescues", {"call_id": "{call}", "who": f"{NOBODY}|{NOBODY}"}),
    ("/desk/rescues", {"call_id": "{call}", "who": "|", "passengers": "-1"}),
    ("/desk/alarms", {"alarm_id": "x"}),
    ("/desk/attached-calls", {"call_id": "{call}", "ticket_id": "x"}),
    ("/desk/attached-calls", {"call_id": "{call}", "ticket_id": NOBODY}),
    (RESCUE, {"action": "confirm_place", "place_id": "x"}),
    (RESCUE, {"action": "confirm_place"}),
    (RESCUE, {"action": "assign", "station_id": "x", "reason": "r"}),
    (RESCUE, {"action": "assign", "station_id": "", "reason": "r"}),
    (RESCUE, {"action": "assign", "station_id": NOBODY, "reason": "r"}),
    (RESCUE, {"action": "accept_by_phone", "station_id": NOBODY, "truck_id": "x"}),
    (RESCUE, {"action": "by_phone_depart"}),
    (RESCUE, {"action": "reassign"}),
    (RESCUE, {"action": "add_phone", "phone": "x"}),
    (RESCUE, {"action": "name_place", "place": "41.80570, 123.43150", "accuracy_m": "nan"}),
    (RESCUE, {"action": "name_place"}),
    ("/desk/rescues/x", {"action": "hold"}),
]


async def test_what_no_form_of_ours_sends_is_refused_and_not_a_fault(
    service: Service, browser_of_agent: tuple[aiohttp.ClientSession, dict[str, str]]
):
    await owner_with_cars(service, "王芳")
    client = await service.agent()
    call = await client.post("/api/v1/calls", {"carrier_ref": "c", "caller": SHARED})
    known = {"call": call["call"]["id"], "ticket": (await open_rescue(client))["id"]}
    browser, frame = browser_of_agent
    wrong = []
    for path, fields in GARBAGE:
        form = {name: value.format(**known) for name, value in fields.items()}
        form |= frame | {"idempotency_key": str(uuid4())}
        address = path.format(**known)
        async with browser.post(address, data=form, allow_redirects=False) as answer:
            if not 400 <= answer.status < 500:
                wrong.append((path, fields, answer.status))
    assert wrong == []


@pytest.mark.parametrize(
    "path",
    [
        "/desk?call_id=x",
        "/desk?number=%00",
        f"/desk?call_id={NOBODY}",
        f"{RESCUE}?station_id=x",
        f"{RESCUE}?which=-1",
    ],
)
async def test_an_address_made_up_is_refused_and_not_a_fault(
    service: Service,
    browser_of_agent: tuple[aiohttp.ClientSession, dict[str, str]],
    path: str,
):
    ticket = await open_rescue(await service.agent())
    async with browser_of_agent[0].get(path.format(ticket=ticket["id"])) as answer:
        assert 400 <= answer.status < 500


async def test_a_complaint_has_no_page_of_a_rescue(
    service: Service, browser_of_agent: tuple[aiohttp.ClientSession, dict[str, str]]
):
    client = await service.agent()
    ticket = await client.post("/api/v1/tickets", {"kind": "complaint"})
    for path in (f"/desk/rescues/{ticket['id']}", f"/desk?number={ticket['number']}"):
        async with browser_of_agent[0].get(path) as answer:
            assert answer.status == 409
