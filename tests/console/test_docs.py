"""The API's contract to look things up in: from this machine alone, for all who are signed in."""

import re

from playwright.async_api import expect

from tests.console.conftest import DESK_AT_125_PERCENT, grave_faults
from tests.portal.conftest import Office


async def test_an_operation_is_found_by_keyboard_and_read_in_the_dark_too(office: Office):
    stranger = await office.person()
    await stranger.goes_to("/docs")
    await expect(stranger.page).to_have_url(re.compile(r"/sign-in\?next="))
    agent = await office.colleague("agent")
    page = agent.page
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    await agent.goes_to("/docs")
    await expect(page).to_have_url(re.compile("/console/docs$"))
    assert await grave_faults(page) == []
    await page.get_by_role("textbox", name="路径、权限、英文说明").fill("post tickets_write notes")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("op=tickets_write_note"))
    card = page.get_by_role("article")
    await expect(card).to_contain_text("tickets_write")
    await expect(card.get_by_role("row", name="Idempotency-Key")).to_contain_text("必填")
    await page.get_by_role("button", name="English").click()
    await page.get_by_role("button", name="Dark").click()
    await expect(card).to_contain_text("Example of a body")
    assert not await agent.is_too_wide()
    assert await grave_faults(page) == []
