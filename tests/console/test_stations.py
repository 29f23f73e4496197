"""Stations at the desk: hours over a holiday week, a truck, a suspension; and two at one time."""

import re

from playwright.async_api import expect

from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console, grave_faults
from tests.portal.conftest import Office


async def test_a_station_is_found_looked_at_changed_and_suspended(office: Office):
    station_id = await office.station()
    await office.service.station("FAR", 5, city_zh="大连", city_en="Dalian")
    supervisor = await at_the_console(office, "supervisor", "stations")
    page = supervisor.page
    await expect(page.locator("tbody tr")).to_have_count(2)
    assert await grave_faults(page) == []
    await page.get_by_role("textbox", name="编号、名称或城市").press_sequentially("home")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(r"/console/stations\?search=home$"))
    await expect(page.locator("tbody tr")).to_have_count(1)
    await page.get_by_role("link", name="HOME").press("Enter")
    await expect(page).to_have_url(re.compile(f"/console/stations/{station_id}$"))
    await expect(page.get_by_text("可以派单")).to_be_visible()

    hours = page.get_by_label("营业时间")
    await page.get_by_label("从", exact=True).first.fill("2026-10-01")
    await hours.fill("Mo-Fr 08:00-17:00; PH off")
    preview = page.get_by_role("table", name="接下来 14 天何时营业")
    await expect(preview.get_by_role("row", name="2026-10-01 周四")).to_contain_text("节假日休息")
    made_up = preview.get_by_role("row", name="2026-10-10 周六")
    await expect(made_up).to_contain_text("调休上班08:00–17:00")
    await hours.fill("Mo-Fr 8 to 5")
    await expect(page.get_by_role("alert").filter(has_text="看不懂")).to_be_visible()

    # A colleague is quicker with the same hours: nothing is overwritten unseen.
    agent = await office.service.agent()
    path = f"/api/v1/stations/{station_id}"
    version = (await agent.get(path))["version"]
    await hours.fill("Mo-Fr 08:00-17:00; PH off")
    await agent.patch(path, {"workshop_hours": "24/7"}, version=version)
    await expect(page.get_by_text("对方改为“24/7”")).to_be_visible()
    await (
        page.get_by_role("region", name="时间", exact=True)
        .get_by_role("button", name="保存")
        .click()
    )
    await expect(page.get_by_text("已保存")).to_be_visible()
    assert (await agent.get(path))["workshop_hours"] == "Mo-Fr 08:00-17:00; PH off"

    await page.get_by_role("button", name="添加救援车").click()
    await page.get_by_label("车牌").fill("辽A12345")
    await page.get_by_label("承重(公斤)").fill("3500")
    await page.get_by_text("托举").click()
    await page.get_by_role("region", name="救援车").get_by_role("button", name="保存").click()
    await expect(page.get_by_text("3500 kg")).to_be_visible()

    await page.get_by_role("region", name="暂停接单").get_by_label("原因").fill("年检")
    await page.get_by_role("button", name="暂停", exact=True).press("Enter")
    await expect(page.get_by_text("现在不会被选中")).to_contain_text("已暂停")
    assert await grave_faults(page) == []
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_text("Suspended without an end")).to_be_visible()
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    assert not await supervisor.is_too_wide()
    assert await grave_faults(page) == []


async def test_a_station_is_added_by_a_pasted_place_and_an_agent_only_reads(office: Office):
    admin = await at_the_console(office, "admin", "stations/new")
    page = admin.page
    await page.get_by_label("编号").fill("SY9")
    await page.get_by_label("中文名称").fill("东望站")
    await page.get_by_label("英文名称").fill("Dongwang")
    await page.get_by_label("坐标、地图链接或地址").fill("41.8057,123.4315")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="用作服务站的位置").click()
    await page.get_by_role("button", name="新增服务站").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("SY9 东望站")
    await expect(page.get_by_text("41.80570, 123.43150 · 辽宁")).to_be_visible()
    agent = await office.colleague("agent")
    await agent.page.goto(page.url)
    await expect(agent.page.get_by_text("41.80570")).to_be_visible()
    await expect(agent.page.get_by_role("button", name="保存")).to_have_count(0)
    await expect(agent.page.get_by_role("button", name="添加救援车")).to_have_count(0)
