"""A night with an electric car that cannot be mended: the driver and the owner see it."""

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

    travel = {"kind": "hotel", "persons": 2, "note": ""}
    await agent.post(f"/api/v1/rescues/{ticket['id']}/onward-travel", travel)
    await driver.presses("车已装上")
    await driver.presses("已送到")
    await expect(driver.page.locator("#tow")).to_contain_text("停场过夜")
    await owner.goes_to(await signed(service, "owner", ticket["id"]))
    await expect(car).to_contain_text("in a yard for the night")
    await expect(owner.page.locator("main")).to_contain_text("hotel")
    await driver.presses("已送到维修站")
    await owner.goes_to(await signed(service, "owner", ticket["id"]))
    await expect(car).to_contain_text("delivered")


async def test_the_driver_reads_that_he_waits_at_the_gate(office: Office):
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
