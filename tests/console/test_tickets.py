"""The list of tickets: filters in the address bar, by keyboard, masked, and always current."""

import re

from playwright.async_api import expect

from tests.console.conftest import at_the_console
from tests.portal.conftest import Office
from tests.service import open_rescue


async def test_filters_live_in_the_address_bar(office: Office):
    client = await office.service.agent()
    rescue = await open_rescue(client)
    await client.post("/api/v1/tickets", {"kind": "complaint", "caller_name": "李女士"})
    agent = await at_the_console(office, "agent", "tickets?kind=rescue")
    page, rows = agent.page, agent.page.locator("tbody tr")
    await expect(rows).to_have_count(1)
    await expect(rows.first).to_contain_text(rescue["number"])
    await page.get_by_role("button", name="清除筛选").click()
    await expect(rows).to_have_count(2)
    await page.get_by_role("combobox", name="类别").press("Enter")
    await page.get_by_role("option", name="投诉").click()
    await expect(page).to_have_url(re.compile(r"/console/tickets\?kind=complaint$"))
    await expect(rows).to_have_count(1)
    await page.get_by_text("只看我的").click()
    await expect(page).to_have_url(re.compile("assignee=me"))
    await expect(page.get_by_text("没有符合条件的工单")).to_be_visible()
    await page.get_by_role("button", name="清除筛选").click()
    await expect(page).to_have_url(re.compile(r"/console/tickets$"))
    await expect(rows).to_have_count(2)
    await page.get_by_role("textbox", name="工单号", exact=True).fill(rescue["number"])
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(r"tickets\?number="))
    await expect(rows.first).to_contain_text(rescue["number"])


async def test_a_row_is_chosen_and_opened_by_keyboard(office: Office):
    client = await office.service.agent()
    tickets = [await open_rescue(client, caller_name=name) for name in ("甲", "乙", "丙")]
    agent = await at_the_console(office, "agent")
    await expect(agent.page.locator("tbody tr")).to_have_count(3)
    for key in ("j", "j", "ArrowDown", "k"):
        await agent.page.keyboard.press(key)
    await expect(agent.page.get_by_role("link", name=tickets[1]["number"])).to_be_focused()
    # The choice stays with its ticket when a newer one comes in above it.
    await open_rescue(client, caller_name="丁")
    await expect(agent.page.locator("tbody tr")).to_have_count(4)
    await expect(agent.page.get_by_role("link", name=tickets[1]["number"])).to_be_focused()
    await agent.page.keyboard.press("Enter")
    await expect(agent.page).to_have_url(re.compile(f"/console/tickets/{tickets[1]['id']}$"))


async def test_who_may_not_read_numbers_does_not_get_them(office: Office):
    await open_rescue(await office.service.agent())
    agent = await at_the_console(office, "agent")
    supervisor = await at_the_console(office, "supervisor")
    await expect(agent.page.locator("tbody .digits")).to_have_text(re.compile(r"\*+"))
    await expect(supervisor.page.locator("tbody .digits")).to_have_text(re.compile("13800138000"))
