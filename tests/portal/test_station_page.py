"""The station's page while a job runs: it follows what changes, and loses nothing."""

from uuid import UUID, uuid4

import aiohttp
from playwright.async_api import expect

from callcenter.web import installation
from callcenter.web.links import SignedLinks
from tests.portal.conftest import Office, Person
from tests.service import (
    SHENYANG,
    Client,
    Service,
    confirm_place,
    eventually,
    offer_for,
    open_rescue,
)

NORTH = (SHENYANG[0] + 0.02, SHENYANG[1])


async def signed(service: Service, purpose: str, subject: str) -> str:
    """The path of the signed link that opens this ("offer", "owner") for who has it."""
    installed = await service.database.run(installation.ensure)
    token = SignedLinks(installed.link_key).make(purpose, UUID(subject))
    return f"/{purpose[0] if purpose == 'owner' else 's'}/{token}"


async def running_job(office: Office, station: Client) -> tuple[Client, str, str]:
    """A rescue that this station has accepted and set out for: the desk, the ticket, the offer."""
    agent = await office.service.agent()
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(station, ticket["id"])
    path = f"/api/v1/offers/{offer['id']}/acceptance"
    dispatch = await station.post(path, {"eta_minutes": 20})
    await station.post(f"/api/v1/dispatches/{dispatch['id']}/departure")
    return agent, ticket["id"], offer["id"]


async def technician(office: Office, offer_id: str, **window: object) -> Person:
    """Somebody with the signed link of the dispatch on his phone."""
    person = await office.person(phone=True, **window)
    await person.goes_to(await signed(office.service, "offer", offer_id))
    return person


LATER = """
const real = performance.now.bind(performance);
window.later = 0;
performance.now = () => real() + window.later;
"""
COUNT_FIXES = """
window.fixes = 0;
navigator.geolocation.watchPosition(() => { setTimeout(() => { window.fixes += 1; }, 300); },
  () => {}, { maximumAge: 0 });
"""


async def test_under_way_the_page_follows_the_place_and_says_where_the_truck_is(office: Office):
    home = await office.service.station("HOME", 2)
    agent, ticket_id, offer_id = await running_job(office, home)
    here = {"latitude": SHENYANG[0] + 0.01, "longitude": SHENYANG[1], "accuracy": 9}
    person = await office.person(phone=True, geolocation=here, permissions=["geolocation"])
    page, link = person.page, await signed(office.service, "offer", offer_id)
    await page.add_init_script(LATER)
    await person.goes_to(link)
    await person.sees("约20分钟后")
    job = page.locator("#job")

    # The place is corrected: nothing that somebody is writing is lost.
    await expect(job).to_contain_text("41.80570, 123.43150")
    await expect(job).not_to_contain_text("位置已更正")
    await page.click("summary:has-text('退单')")
    await page.fill("[name=words]", "half a wor")
    await confirm_place(agent, ticket_id, at=NORTH)
    await expect(job).to_contain_text("位置已更正")
    await expect(job).to_contain_text("41.82570, 123.43150")
    assert await page.input_value("[name=words]") == "half a wor"
    address = await page.get_attribute("#job .map-link", "href") or ""
    assert address.startswith("https://uri.amap.com/marker?position=123.437")
    await page.fill("[name=words]", "")

    async def positions() -> int:
        async with office.service.database.reading() as tx:
            return int(await tx.connection.fetchval("select count(*) from truck_positions"))

    # From one press on a position at most every half minute, and none after the arrival.
    await page.evaluate("window.sameLoad = true")
    await page.get_by_role("button", name="发送救援车位置").click()
    await person.sees("正在发送救援车位置")
    assert await positions() == 1
    await expect(job).to_contain_text("救援车距离 1.1 公里")
    await page.evaluate(COUNT_FIXES)
    await person.context.set_geolocation(here | {"latitude": SHENYANG[0] + 0.008})
    await eventually(lambda: page.evaluate("window.fixes > 0"))
    assert await positions() == 1, "not twice in half a minute"
    await page.evaluate("window.later = 31000")
    await person.context.set_geolocation(here | {"latitude": SHENYANG[0] + 0.005})
    await expect(job).to_contain_text("救援车距离 1.7 公里")
    assert await positions() == 2
    assert await page.evaluate("window.sameLoad") is True
    await page.reload()
    await expect(page.locator("[data-shared]")).to_be_visible()

    # Without a line what was seen does not look fresh.
    waits = await person.context.new_page()
    await waits.clock.install()
    await waits.goto(page.url)
    seen = waits.locator("#job .ago").last
    await expect(seen).to_contain_text("秒前")
    await person.context.set_offline(True)
    await waits.clock.run_for(130_000)
    await expect(seen).to_have_text("2 分钟前")
    await expect(waits.locator(".offline")).to_contain_text("以下是")
    await person.context.set_offline(False)
    await waits.close()
    await page.reload()
    await expect(page.locator("[data-shared]")).to_be_visible()

    told = await positions()
    await person.presses("已到达")
    await person.sees("到场后不再发送救援车位置")
    await page.evaluate(COUNT_FIXES)
    await person.context.set_geolocation(here | {"latitude": SHENYANG[0] + 0.001})
    await eventually(lambda: page.evaluate("window.fixes > 0"))
    assert await positions() == told, "not after the arrival"
    person.complaints.clear()


async def test_a_station_is_told_why_it_need_not_set_out_and_an_overruled_one_has_all_its_trucks(
    office: Office,
):
    slow, quick = await office.service.station("SLOW", 1), await office.service.station("QUICK", 2)
    agent = await office.service.agent()
    ticket = await open_rescue(agent, danger=True)
    await confirm_place(agent, ticket["id"])
    waits = await offer_for(slow, ticket["id"])
    wins = await offer_for(quick, ticket["id"])
    person = await technician(office, waits["id"])
    await person.sees("等待应答")
    await quick.post(f"/api/v1/offers/{wins['id']}/acceptance", {"eta_minutes": 20})
    await person.sees("另一家服务站先接单了")

    lift = await office.service.station("LIFT", 1, trucks=[["wheel_lift"]])
    ticket = await open_rescue(agent, particulars={"fault": "stuck"}, caller_phone="13900139000")
    await confirm_place(agent, ticket["id"])

    async def asking() -> bool:
        rescue = await agent.get(f"/api/v1/rescues/{ticket['id']}")
        return rescue["ladder"] is not None

    await eventually(asking)
    body = {"station_id": str(lift.station_id), "overruled": ["equipment_missing"], "reason": "r"}
    await agent.post(f"/api/v1/rescues/{ticket['id']}/hand-assignment", body)
    offer = await offer_for(lift, ticket["id"])
    await person.goes_to(await signed(office.service, "offer", offer["id"]))
    assert await person.page.locator("[name=truck_id] option").count() == 1
    await person.presses("接单")
    await person.sees("约30分钟后")


GARBAGE = [
    {"action": "accept", "truck_id": "x"},
    {"action": "accept", "truck_id": "01890000-0000-7000-8000-00000000000a"},
    {"action": "position"},
    {"action": "position", "lat": "", "lon": ""},
    {"action": "position", "lat": "nan", "lon": "123"},
    {"action": "position", "lat": "41.8", "lon": "123.4", "age_ms": "-1"},
    {"action": "depart"},
    {"action": "fly"},
]


async def test_what_no_form_of_ours_sends_is_refused_and_not_a_fault(service: Service):
    home = await service.station("HOME", 2)
    agent = await service.agent()
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(home, ticket["id"])
    path = await signed(service, "offer", offer["id"])
    wrong = []
    async with aiohttp.ClientSession(service.server.make_url("/")) as stranger:
        for fields in GARBAGE:
            form = fields | {"idempotency_key": str(uuid4())}
            async with stranger.post(path, data=form, allow_redirects=False) as answer:
                if not 400 <= answer.status < 500:
                    wrong.append((fields, answer.status))
    assert wrong == []
