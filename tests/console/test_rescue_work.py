"""A rescue to its end in the console: by telephone, towed at night, reported twice, proved and
judged."""

import re
from typing import Any

from playwright.async_api import Page, expect

from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console, grave_faults
from tests.contract.world import PNG
from tests.flows.test_second_leg import CLOSED_NOW
from tests.portal.conftest import Office
from tests.portal.test_station_page import signed
from tests.service import SHENYANG, Client, confirm_place, offer_for, open_rescue

PARTNER = {"kind": "tow_partner", "duty_phone": "+862411112222", "rescue_hours": "off"}
RED = {"fault": "engine", "plate": "辽A12345"}


async def located(client: Client, metres: float = 0, **told: Any) -> Any:
    """A rescue whose place counts."""
    ticket = await open_rescue(client, **told)
    await confirm_place(client, ticket["id"], (SHENYANG[0] + metres / 111_195, SHENYANG[1]))
    return ticket


async def reasons(page: Page, words: str) -> None:
    """Answers the line that asks why."""
    await page.locator("form.reason").get_by_label("理由").fill(words)
    await page.keyboard.press("Enter")


async def test_a_partner_is_worked_by_telephone_until_the_car_is_in_a_yard(office: Office):
    service = office.service
    await service.station("DEALER", 1, workshop_hours=CLOSED_NOW)
    trucks = [["flatbed"], ["wheel_lift"]]
    await service.station("TOW", 2, **PARTNER, trucks=trucks, workshop_hours=CLOSED_NOW)
    await service.station("FIRST", 4, trucks=[], workshop_hours="24/7")
    client = await service.agent()
    ticket = await located(client, particulars=RED | {"passengers": 3, "wheels_locked": True})
    agent = await at_the_console(office, "agent", f"rescues/{ticket['id']}")
    page = agent.page
    await expect(page.locator("[data-car-fact]")).to_have_text(["3 人", "车轮锁死"])
    await page.get_by_text("按名指定服务站").press("Enter")
    await page.get_by_label("按名称、编号筛选").fill("tow")
    await expect(page.locator("[data-by-hand] li")).to_contain_text("不在值班")
    await page.get_by_role("button", name="TOW服务站").press("Enter")
    await page.get_by_label("理由,或与谁通话").fill("周师傅")
    await page.get_by_role("button", name="电话已接单").press("Enter")
    await expect(page.locator(".problem")).to_contain_text("不在值班")
    await page.get_by_label("不在值班").check()
    await page.get_by_role("spinbutton", name="预计分钟").fill("25")
    truck = page.get_by_role("combobox", name="救援车")
    await expect(truck).to_contain_text("TOW1 · 托举 · 缺少设备")
    await truck.select_option(label="TOW0 · 平板")
    await page.get_by_role("button", name="电话已接单").press("Enter")
    held = page.locator("[data-dispatch]")
    await expect(held).to_contain_text("约 25 分钟")
    await expect(held).to_contain_text("电话接单")

    told = page.get_by_role("region", name="服务站来电告知")
    await told.get_by_role("button", name="已出发").press("Enter")
    await expect(held).to_contain_text("已出发")
    await told.get_by_label("还要几分钟").fill("50")
    await page.keyboard.press("Enter")
    await expect(held).to_contain_text("约 50 分钟")
    await told.get_by_role("button", name="已到达").press("Enter")

    await page.get_by_role("button", name="现场修不好,拖走").press("Enter")
    tow = page.get_by_role("region", name="拖车")
    await expect(tow).to_contain_text("FIRST服务站")
    passed_by = tow.locator("[data-passed-by]")
    await expect(passed_by).to_contain_text(["DEALER服务站", "TOW服务站"])
    await expect(passed_by.first).to_contain_text("到达时已关门")
    assert await grave_faults(page) == []
    await tow.get_by_role("button", name="对方不接车").press("Enter")
    await reasons(page, "没有举升机")
    await expect(tow).to_contain_text("还没有去处")
    await expect(tow.locator("[data-refused]")).to_contain_text("FIRST服务站 · 没有举升机")
    await tow.get_by_role("textbox", name="另一地址").fill("林师傅修理厂")
    await tow.get_by_label("理由").fill("车主要求")
    await page.keyboard.press("Enter")
    await expect(tow).to_contain_text("林师傅修理厂")
    await page.locator("[data-onward] summary").press("Enter")
    await page.get_by_label("怎么走").select_option("hotel")
    await page.get_by_role("button", name="登记", exact=True).press("Enter")
    await expect(page.locator("[data-onward]")).to_contain_text("酒店 · 3 人")

    # Both languages, the small desk, the dark: nothing is cut off, nothing grave.
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    assert not await agent.is_too_wide()
    await page.get_by_role("button", name="English").click()
    await page.get_by_role("button", name="Dark").click()
    await expect(page.get_by_role("region", name="Tow")).to_contain_text("Another address")
    assert not await agent.is_too_wide()
    assert await grave_faults(page) == []
    await page.get_by_role("button", name="Delivered here").press("Enter")
    await expect(page.locator("[data-tow-stage]")).to_have_text("delivered")
    await expect(page.locator("h1 .stage")).to_have_text("Resolved")
    async with office.service.database.transaction() as tx:
        await tx.connection.execute(
            "update messages set delivery = 'delivered', delivered_at = now() where state = 'sent'"
        )
    await page.locator("[data-said] summary").press("Enter")
    first = page.locator("[data-said] li").last
    await expect(first).to_contain_text("sent")
    await expect(first).to_contain_text("delivered")
    before = await page.locator("[data-said] li").count()
    await first.get_by_role("button", name="Send again").press("Enter")
    await expect(page.locator("[data-said] li")).to_have_count(before + 1)
    await expect(page.locator("[data-said]")).not_to_contain_text("http")
    await page.get_by_role("button", name="Close").press("Enter")
    await expect(page.locator("h1 .stage")).to_have_text("Closed")


async def test_a_breakdown_reported_twice_is_merged_and_taken_apart(office: Office):
    client = await office.service.agent()
    mine = await located(client, particulars=RED)
    await client.post(f"/api/v1/tickets/{mine['id']}/notes", {"words": "behind the guard rail"})
    other = await located(client, 200, caller_phone="13900139000", particulars=RED)
    agent = await at_the_console(office, "agent", f"rescues/{mine['id']}")
    page = agent.page
    pair = page.locator("[data-pair]")
    for words in ("同一车牌", "同一地点", "相距 200 米", mine["number"], other["number"]):
        await expect(pair).to_contain_text(words)
    assert await grave_faults(page) == []
    await pair.get_by_role("button", name=f"由 {other['number']} 继续").press("Enter")
    await expect(page.locator("h1 .stage")).to_have_text("已合并")
    await page.locator("[data-goes-on]").get_by_role("link", name=other["number"]).press("Enter")
    await expect(page.locator("[data-goes-on-for]")).to_contain_text(mine["number"])
    await expect(page.get_by_role("region", name="经过与备注")).to_contain_text("behind the guard")
    await page.get_by_role("button", name="不是同一次,撤销合并").press("Enter")
    await reasons(page, "两辆红车")
    await expect(page.locator("[data-goes-on-for]")).to_have_count(0)
    await expect(page.locator("[data-pair]")).to_have_count(0)

    # From the ticket's page, by the number that the caller tells.
    await agent.goes_to(f"/console/tickets/{mine['id']}")
    await page.locator("[data-by-number] summary").press("Enter")
    await page.get_by_label("工单号").fill(other["number"])
    await page.keyboard.press("Enter")
    await expect(pair).to_contain_text(other["number"])
    await pair.get_by_role("button", name=f"由 {mine['number']} 继续").press("Enter")
    await expect(page.locator("[data-goes-on-for]")).to_contain_text(other["number"])
    assert await grave_faults(page) == []


async def test_what_proves_a_job_and_how_the_owner_found_it_stand_at_the_rescue(office: Office):
    client = await office.service.agent()
    home = await office.service.station("HOME", 1)
    ticket = await located(client)
    offer = await offer_for(home, ticket["id"])
    path = f"/api/v1/offers/{offer['id']}/acceptance"
    dispatch = await home.post(path, {"eta_minutes": 20})
    await home.post(f"/api/v1/dispatches/{dispatch['id']}/arrival")
    agent = await at_the_console(office, "agent", f"rescues/{ticket['id']}")
    page = agent.page
    await expect(page.get_by_role("region", name="服务站来电告知")).to_be_visible()
    owner = await office.person(phone=True)
    await owner.goes_to(await signed(office.service, "owner", ticket["id"]))
    await owner.page.click("summary:has-text('给客服留言')")
    await owner.page.fill("#message textarea", "我在隧道口,有小孩")
    await owner.presses("发送留言")
    await expect(page.get_by_role("region", name="经过与备注")).to_contain_text("隧道口,有小孩")
    alarm = page.locator("[data-alarm]")
    await expect(alarm).to_contain_text("车主留言,请查看")
    await alarm.get_by_role("button", name="由我处理").press("Enter")
    await expect(alarm).to_contain_text("agent 已接手")

    photo = {"name": "work.png", "mimeType": "image/png", "buffer": PNG}
    gone = page.get_by_text("车不在现场", exact=True)
    await gone.press("Enter")
    await page.get_by_label("现场照片").set_input_files(photo)  # type: ignore[arg-type]
    await page.get_by_label("已打电话给车主").check()
    await page.get_by_role("button", name="登记车不在现场").press("Enter")
    await expect(page.locator("[data-proofs] img")).to_have_count(1)
    await expect(page.locator("h1 .stage")).to_have_text("已解决")
    await owner.page.locator(".chip:has([value='2'])").click()
    await owner.page.fill("#rating textarea", "没有等到")
    await owner.presses("提交评价")
    await expect(page.locator("[data-rating]")).to_contain_text("2 分(满分 5 分) 没有等到")
    await page.get_by_role("link", name="回访工单").press("Enter")
    await expect(page).to_have_url(re.compile("/console/tickets/"))

    expert = await at_the_console(office, "expert", f"rescues/{ticket['id']}")
    await expect(expert.page.locator("[data-proofs] img")).to_have_count(1)
    await expect(expert.page.get_by_role("button", name="重新打开")).to_be_visible()
    await expect(expert.page.get_by_role("button", name="取消救援")).to_have_count(0)
