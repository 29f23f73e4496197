"""Two agents in one ticket: each sees the other, nothing is overwritten, a hand-over is seen live;
and the search finds by pinyin, plate, number and VIN."""

import re
from typing import Any

from playwright.async_api import expect

from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console, grave_faults
from tests.portal.conftest import Office, Person
from tests.service import Client

VIN = "LSVAA4182E2184847"


async def a_complaint(client: Client) -> Any:
    """Of an owner with a car."""
    fields = {"name": "单小明", "phones": ["13800138000"]}
    owner = await client.post("/api/v1/owners", fields)
    car = await client.post("/api/v1/vehicles", {"plate": "辽A12345", "vin": VIN})
    await client.post(f"/api/v1/owners/{owner['id']}/vehicles", {"vehicle_id": car["id"]})
    named = {"owner_id": owner["id"], "vehicle_id": car["id"], "caller_name": "单小明"}
    return await client.post("/api/v1/tickets", {"kind": "complaint", "summary": "异响"} | named)


async def begins_to_edit(person: Person, summary: str) -> None:
    await expect(person.page.get_by_role("button", name="修改内容")).to_be_visible()
    await person.page.keyboard.press("e")
    await expect(person.page.get_by_label("摘要")).to_be_focused()
    await person.page.get_by_label("摘要").fill(summary)


async def test_two_agents_in_one_ticket(office: Office):
    ticket = await a_complaint(await office.service.agent())
    path = f"tickets/{ticket['id']}"
    agent = await at_the_console(office, "agent", path)
    expert = await at_the_console(office, "expert", path)
    page, other = agent.page, expert.page
    await begins_to_edit(expert, "刹车异响,上坡时更明显")
    await expect(page.get_by_text("expert 正在修改这张工单")).to_be_visible()
    await begins_to_edit(agent, "刹车异响,已约周五")
    await page.get_by_label("来电人").fill("单先生")
    # A draft outlives the page.
    await page.reload()
    await expect(page.get_by_label("摘要")).to_have_value("刹车异响,已约周五")
    await other.keyboard.press("Control+Enter")
    await expect(page.locator("header .summary")).to_have_text("刹车异响,上坡时更明显")
    await page.get_by_role("button", name="保存").click()
    conflict = page.get_by_role("group", name="同时被改动,请选择")
    await expect(conflict).to_contain_text("expert 也改了这张工单")
    await expect(conflict).to_contain_text("对方: 刹车异响,上坡时更明显")
    assert await grave_faults(page) == []
    await expect(page.get_by_role("button", name="按所选保存")).to_be_disabled()
    await conflict.get_by_label("我的").check()
    await page.get_by_role("button", name="按所选保存").click()
    await expect(other.locator("header .summary")).to_have_text("刹车异响,已约周五")
    history = other.get_by_role("region", name="经过")
    await expect(history).to_contain_text("来电人: 单小明 → 单先生")
    await page.get_by_role("combobox", name="同事").click()
    await page.get_by_role("option", name="expert · 专家").click()
    await page.get_by_role("button", name="交给他").click()
    await expect(history).to_contain_text("交给 expert")
    await agent.context.close()
    await expect(other.get_by_text(re.compile("agent.*这张工单"))).to_have_count(0)


async def test_a_ticket_is_worked_on_by_keyboard_in_both_languages(office: Office):
    ticket = await a_complaint(await office.service.agent())
    agent = await at_the_console(office, "agent", f"tickets/{ticket['id']}")
    page = agent.page
    await page.get_by_label("写备注").fill("已回电")
    await page.reload()
    await expect(page.get_by_label("写备注")).to_have_value("已回电")
    await page.get_by_label("写备注").press("Control+Enter")
    await expect(page.locator(".note")).to_have_text("已回电")
    await page.get_by_role("button", name="标为已解决").press("Enter")
    await page.get_by_label("写明结果").fill("已退款")
    await page.keyboard.press("Enter")
    await expect(page.locator("header .stage")).to_have_text("已解决")
    await page.get_by_role("button", name="English").click()
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    await expect(page.get_by_role("button", name="Reopen")).to_be_visible()
    await expect(page.get_by_role("region", name="What happened")).to_contain_text("Resolved")
    assert not await agent.is_too_wide()
    assert await grave_faults(page) == []


async def test_a_few_signs_find_the_owner_and_the_ticket(office: Office):
    ticket = await a_complaint(await office.service.agent())
    agent = await at_the_console(office, "agent")
    page = agent.page
    for typed in ("sxm", "A123", "8000", "4847", "单"):
        await page.keyboard.press("/")
        await page.get_by_role("search").get_by_role("textbox").fill(typed)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_contain_text(typed)
        await expect(page.get_by_role("link", name="单小明")).to_be_visible()
        await expect(page.get_by_role("link", name=ticket["number"])).to_be_visible()
    await expect(page.get_by_text("138****8000").first).to_be_visible()
    assert await grave_faults(page) == []
    await page.locator("#main").focus()
    for key in ("j", "j", "Enter"):
        await page.keyboard.press(key)
    await expect(page).to_have_url(re.compile(f"/console/tickets/{ticket['id']}$"))
    await page.keyboard.press("/")
    await page.keyboard.press("Control+a")
    await page.keyboard.type(ticket["number"])
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(f"/console/tickets/{ticket['id']}$"))
