"""The audit at the desk: who did what, narrowed down by a click, kept in the address."""

import re

from playwright.async_api import expect

from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console, grave_faults
from tests.portal.conftest import Office


async def test_the_log_is_narrowed_down(office: Office):
    station_id = await office.station()
    supervisor = await office.service.agent()
    await supervisor.post(f"/api/v1/stations/{station_id}/suspension", {"reason": "audit"})
    await supervisor.post("/api/v1/tickets", {"kind": "complaint", "caller_name": "李女士"})
    admin = await at_the_console(office, "admin", "audit")
    page, rows = admin.page, admin.page.locator("tbody tr")
    await expect(rows.filter(has_text="受理工单")).to_have_count(1)
    assert await grave_faults(page) == []
    await rows.filter(has_text="暂停服务站").get_by_role("button", name="服务站 …").click()
    await expect(page).to_have_url(re.compile(f"station={station_id}$"))
    await expect(rows).to_have_count(3)
    await rows.first.get_by_role("button", name="暂停服务站").click()
    await expect(page).to_have_url(re.compile(r"kind=station\.suspended"))
    await expect(rows).to_have_count(1)
    await page.get_by_label("到", exact=True).fill("2020-01-01")
    await page.keyboard.press("Tab")
    await expect(page.get_by_text("没有符合条件的记录")).to_be_visible()
    await page.get_by_role("button", name="清除筛选").click()
    await expect(rows.filter(has_text="受理工单")).to_have_count(1)
    await page.get_by_role("button", name="English").click()
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    assert not await admin.is_too_wide()
    assert await grave_faults(page) == []
