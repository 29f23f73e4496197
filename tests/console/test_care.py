"""An owner's consents, visits, days and tier at the console, and the rules of the tiers."""

from datetime import date, timedelta
from typing import Any

from playwright.async_api import expect

from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console, grave_faults
from tests.console.test_desk import owner as add_owner
from tests.portal.conftest import Office
from tests.service import Client

PHONE = "13900139001"


async def visited(client: Client, car: str, days: int, km: int, **more: Any) -> None:
    on = str(date.today() - timedelta(days=days))
    body = {"visited_on": on, "kind": "maintenance", "odometer_km": km, "amount": 1280} | more
    await client.post(f"/api/v1/vehicles/{car}/visits", body)


async def test_the_desk_writes_down_what_an_owner_says_and_what_was_done_to_his_car(
    office: Office,
):
    client = await office.service.agent()
    wang = await add_owner(client, "王建国", PHONE, "辽A12345")
    car = wang["vehicles"][0]["id"]
    await visited(client, car, 400, 9_800, kind="first_service")
    await visited(client, car, 200, 98_000)
    agent = await at_the_console(office, "agent", f"owners/{wang['id']}")
    page = agent.page
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    consents = page.locator("[data-test=consents]")
    form = consents.get_by_role("form", name="登记一次表态")
    await form.get_by_text("短信", exact=True).click()
    await form.get_by_text("营销活动", exact=True).click()
    await form.locator("[name=evidence]").select_option("recording")
    await form.get_by_label("凭据编号").fill("R-17")
    await form.get_by_role("button", name="同意", exact=True).click()
    marketing = consents.get_by_role("row", name="营销活动")
    await expect(marketing.get_by_role("cell").nth(2)).to_contain_text("通话录音")
    await form.get_by_text("短信", exact=True).click()
    await form.get_by_role("button", name="此渠道完全不联系").click()
    await expect(marketing.get_by_role("cell").nth(2)).to_contain_text("不同意")
    await expect(consents.get_by_role("columnheader", name="短信")).to_contain_text("完全不联系")
    assert await grave_faults(page) == []

    visits = page.locator("[data-test=visits]")
    await expect(visits.locator("ol > li")).to_have_count(2)
    await visits.get_by_role("button", name="登记到店").click()
    await visits.get_by_label("里程(km)").fill("15020")
    await visits.get_by_role("button", name="保存").click()
    rows = visits.locator("ol > li")
    await expect(rows).to_have_count(3)
    await expect(rows.nth(0)).to_contain_text("比更早的里程少")
    await rows.nth(1).get_by_role("button", name="更正").click()
    assert await grave_faults(page) == []
    await rows.nth(1).get_by_label("里程(km)").fill("9900")
    await rows.nth(1).get_by_label("项目").select_option("repair")
    await rows.nth(1).get_by_role("button", name="保存").click()
    await expect(rows.nth(0)).not_to_contain_text("请核对")
    await expect(rows.nth(1)).to_contain_text("维修")
    await rows.nth(2).get_by_role("button", name="登记有误").click()
    assert await grave_faults(page) == []
    await rows.nth(2).get_by_role("button", name="确认撤销").click()
    await expect(rows).to_have_count(2)
    await expect(visits).not_to_contain_text("首保")

    care = page.locator("[data-test=care]")
    await care.get_by_label("生日").select_option("lunar")
    await care.get_by_label("月", exact=True).select_option("8")
    await care.get_by_label("日", exact=True).select_option("15")
    await care.locator("[name=province]").select_option("LN")
    await care.get_by_role("button", name="保存").click()
    await expect(care.locator("[data-test=days] li")).to_have_count(1)
    assert not await agent.is_too_wide()


async def test_a_sold_car_is_taken_off_its_seller_after_what_follows_was_read(office: Office):
    client = await office.service.agent()
    wang = await add_owner(client, "王建国", PHONE, "辽A12345", "辽A54321")
    agent = await at_the_console(office, "agent", f"owners/{wang['id']}")
    page = agent.page
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    cars = page.locator("[data-test=customer] [data-test=car]")
    sold = cars.filter(has_text="辽A12345")
    await sold.get_by_role("button", name="不再是他的车").click()
    await expect(sold).to_contain_text("不再就 辽A12345 昀驰 S7 联系王建国")
    assert await grave_faults(page) == []
    await page.keyboard.press("Escape")
    await expect(sold.get_by_role("form")).to_have_count(0)
    await sold.get_by_role("button", name="不再是他的车").click()
    await sold.get_by_role("form").get_by_role("button", name="不再是他的车").click()
    await expect(cars).to_have_count(1)
    await expect(cars).to_contain_text("辽A54321")
    await expect(page.locator("[data-test=visits]")).to_have_count(1)
    assert not await agent.is_too_wide()
    kept = (await client.get(f"/api/v1/owners/{wang['id']}"))["vehicles"]
    assert [car["plate"] for car in kept] == ["辽A54321"]


async def test_rules_of_tiers_are_seen_before_they_are_kept(office: Office):
    client = await office.service.agent()
    wang = await add_owner(client, "王建国", PHONE, "辽A12345")
    car = wang["vehicles"][0]["id"]
    path = f"/api/v1/owners/{wang['id']}"
    await client.patch(path, {"tier": 0, "tier_set_by": "rule"}, version=wang["version"])
    for days in (10, 90, 300):
        await visited(client, car, days, 20_000 - 10 * days)
    admin = await at_the_console(office, "admin", "tiers")
    page = admin.page
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    gold = page.get_by_role("region", name="金牌")
    await gold.get_by_text("启用").click()
    await gold.get_by_label("至少 12 个月内到店(次)").fill("3")
    await expect(page.get_by_role("button", name="保存并立即评定")).to_be_disabled()
    await page.get_by_role("button", name="预览").click()
    await expect(page.locator("[data-test=preview]")).to_contain_text("普通 → 金牌:1 位")
    assert await grave_faults(page) == []
    await page.get_by_role("button", name="保存并立即评定").click()
    await expect(page.get_by_text("已保存并评定")).to_be_visible()
    await expect(page.get_by_text("第 1 版")).to_be_visible()
    assert (await client.get(path))["tier"] == 2
    assert not await admin.is_too_wide()
