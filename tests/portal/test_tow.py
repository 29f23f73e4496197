"""A night with an electric car that cannot be mended: the driver, the desk and the owner see it."""

from playwright.async_api import expect

from tests.flows.test_second_leg import CLOSED_NOW, EV, OPENS_SOON
from tests.portal.conftest import Office
from tests.portal.test_station_page import signed, technician
from tests.service import confirm_place, offer_for, open_rescue

YARD = {
    "kind": "tow_partner",
    "trucks": [],
    "keeps_overnight": True,
    "workshop_hours": "24/7",
    "skills": [],
    "address": "No. 9, Yard Road",
    "duty_phone": "+8624000000006",
}


async def test_to_the_yard_at_night_and_to_the_workshop_in_the_morning(office: Office):
    service = office.service
    holder = await service.station(
        "HOLDER", 3, trucks=[["flatbed", "dollies"]], workshop_hours=CLOSED_NOW, skills=["ev"]
    )
    await service.station("OTHER", 5, trucks=[], workshop_hours="24/7", brands=["Else"])
    await service.station("YARD", 6, **YARD)
    agent = await service.agent()
    ticket = await open_rescue(agent, particulars=EV, language="en")
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(holder, ticket["id"])
    path = f"/api/v1/offers/{offer['id']}/acceptance"
    dispatch = await holder.post(path, {"eta_minutes": 20})
    await holder.post(f"/api/v1/dispatches/{dispatch['id']}/arrival")

    driver = await technician(office, offer["id"])
    await driver.presses("现场修不好,拖走")
    await driver.sees("YARD服务站")
    tow = driver.page.locator("#tow")
    await expect(tow).to_contain_text("HOLDER服务站 · 3.0 km · 到达时已关门")
    await expect(tow).to_contain_text("OTHER服务站 · 5.0 km · 没有该品牌授权")
    assert not await driver.is_too_wide()

    owner = await office.person(english=True, phone=True)
    await owner.goes_to(await signed(service, "owner", ticket["id"]))
    car = owner.page.locator("#your-car")
    await expect(car).to_contain_text("Station YARD")
    await expect(car).to_contain_text("No. 9, Yard Road")
    await expect(car).to_contain_text("In the morning to")
    await expect(car).to_contain_text("Station HOLDER")
    assert not await owner.is_too_wide()

    desk = await office.colleague("agent")
    await desk.goes_to(f"/desk/rescues/{ticket['id']}")
    await expect(desk.page.locator("#tow")).to_contain_text("没有该品牌授权")
    await desk.page.click("summary:has-text('登记后续出行')")
    await desk.page.select_option("#onward [name=travel]", "hotel")
    await desk.page.click("#onward button")
    await expect(desk.page.locator("#onward")).to_contain_text("酒店")

    await driver.presses("车已装上")
    await driver.presses("已送到")
    await expect(driver.page.locator("#tow")).to_contain_text("停场过夜")
    await owner.goes_to(await signed(service, "owner", ticket["id"]))
    await expect(car).to_contain_text("in a yard for the night")
    await expect(owner.page.locator("main")).to_contain_text("hotel")
    await driver.presses("已送到维修站")
    await owner.goes_to(await signed(service, "owner", ticket["id"]))
    await expect(car).to_contain_text("delivered")


async def test_who_refuses_is_passed_by_and_the_desk_takes_it_where_the_owner_wishes(
    office: Office,
):
    service = office.service
    holder = await service.station("HOLDER", 3, workshop_hours=CLOSED_NOW)
    await service.station("FIRST", 4, trucks=[], workshop_hours="24/7")
    agent = await service.agent()
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(holder, ticket["id"])
    path = f"/api/v1/offers/{offer['id']}/acceptance"
    dispatch = await holder.post(path, {"eta_minutes": 20})
    await holder.post(f"/api/v1/dispatches/{dispatch['id']}/arrival")
    desk = await office.colleague("agent")
    await desk.goes_to(f"/desk/rescues/{ticket['id']}")
    await desk.presses("现场修不好,拖走")
    await desk.sees("FIRST服务站")
    await desk.page.click("#tow-steps summary:has-text('对方不接车')")
    await desk.page.fill("#tow-steps form:has([value=tow_refused]) [name=words]", "no lift free")
    await desk.page.click("#tow-steps form:has([value=tow_refused]) button")
    await desk.sees("还没有去处")
    await expect(desk.page.locator("#tow")).to_contain_text("不接车: FIRST服务站 · no lift free")
    chosen = desk.page.locator("#tow-steps form:has([value=tow_chosen])")
    await chosen.locator("[name=place]").fill("林师傅修理厂")
    await chosen.locator("[name=words]").fill("车主要求")
    await chosen.locator("button").click()
    await expect(desk.page.locator("#tow")).to_contain_text("林师傅修理厂")
    driver = await technician(office, offer["id"])
    await driver.presses("已送到")
    # The page loads itself anew: opening it by hand at the same moment is sometimes cut short.
    await expect(desk.page.locator("#tow")).to_contain_text("已送达")


async def test_the_driver_and_the_desk_read_that_he_waits_at_the_gate(office: Office):
    service = office.service
    holder = await service.station("HOLDER", 3, workshop_hours=CLOSED_NOW)
    await service.station("NEAR", 9, trucks=[], workshop_hours=OPENS_SOON)
    await service.station("FAR", 75, trucks=[], workshop_hours="24/7")
    agent = await service.agent()
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(holder, ticket["id"])
    path = f"/api/v1/offers/{offer['id']}/acceptance"
    dispatch = await holder.post(path, {"eta_minutes": 20})
    await holder.post(f"/api/v1/dispatches/{dispatch['id']}/arrival")
    driver = await technician(office, offer["id"])
    await driver.presses("现场修不好,拖走")
    await driver.sees("NEAR服务站")
    told = f"{OPENS_SOON.partition('-')[0]} 开门,请在门口等候"
    await expect(driver.page.locator("#tow")).to_contain_text(told)
    desk = await office.colleague("agent")
    await desk.goes_to(f"/desk/rescues/{ticket['id']}")
    await expect(desk.page.locator("#tow")).to_contain_text(told)
