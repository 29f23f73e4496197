"""The lists of owners and of calls: found, followed, corrected, taken home as a file."""

import re

from playwright.async_api import expect

from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console, grave_faults
from tests.console.test_desk import owner as add_owner
from tests.portal.conftest import Office

PHONE = "13900139001"


async def test_an_owner_is_found_corrected_and_his_calls_are_listed(office: Office):
    client = await office.service.agent()
    wang = await add_owner(client, "王建国", PHONE, "辽A12345")
    await add_owner(client, "李敏", "13900139002")
    call = (await client.post("/api/v1/calls", {"carrier_ref": "c-1", "caller": PHONE}))["call"]
    about = {"kind": "complaint", "owner_id": wang["id"]}
    await client.post(f"/api/v1/calls/{call['id']}/tickets", about)
    agent = await at_the_console(office, "agent", "owners")
    page = agent.page
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    rows = page.get_by_role("table", name="车主").locator("tbody tr")
    await expect(rows).to_have_count(2)
    assert await grave_faults(page) == []
    async with page.expect_download() as file:
        await page.get_by_role("button", name="导出 CSV").click()
    text = (await (await file.value).path()).read_text("utf-8-sig")
    assert "王建国" in text
    assert PHONE not in text
    await page.get_by_role("textbox", name=re.compile("姓名、拼音")).fill("wang")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("search=wang$"))
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text(re.compile(r"\*{4}9001.*辽A12345"))

    await page.keyboard.press("Escape")
    await page.get_by_role("link", name="王建国").press("Enter")
    await expect(page).to_have_url(re.compile(f"/console/owners/{wang['id']}$"))
    remark = page.get_by_role("textbox", name="备注")
    await remark.fill("请打座机")
    await client.patch(f"/api/v1/owners/{wang['id']}", {"remark": "要发票"}, version=2)
    await expect(page.get_by_role("alert")).to_contain_text(re.compile("要发票.*请打座机"))
    assert await grave_faults(page) == []
    await page.get_by_role("region", name="资料").get_by_role("button", name="保存").click()
    await expect(page.locator("[data-test=customer]")).to_contain_text("请打座机")

    await page.get_by_role("link", name="全部来电").press("Enter")
    calls = page.get_by_role("table", name="来电").locator("tbody tr")
    await expect(calls).to_have_count(1)
    await expect(calls.get_by_role("link", name="王建国")).to_be_visible()
    await expect(calls.get_by_role("link", name="打开工单")).to_be_visible()
    assert not await agent.is_too_wide()
    assert await grave_faults(page) == []
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_role("table", name="Calls")).to_contain_text("Ringing")
