"""Colleagues at the desk: taken on with a password shown once, given another role, locked."""

import re

from playwright.async_api import expect

from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console, grave_faults
from tests.portal.conftest import Office


async def test_a_colleague_is_taken_on_changed_and_locked(office: Office):
    admin = await at_the_console(office, "admin", "staff")
    page = admin.page
    await page.get_by_role("button", name="新增员工").click()
    await page.get_by_label("登录名", exact=True).fill("wei")
    await page.get_by_label("姓名", exact=True).fill("魏")
    assert await grave_faults(page) == []
    await page.keyboard.press("Enter")
    given = page.get_by_role("status").filter(has_text="wei 的初始密码")
    password = await given.locator("code").inner_text()
    await given.get_by_role("button", name="已记下").click()
    await expect(page.get_by_text(password)).to_have_count(0)

    wei = await office.person()
    await wei.goes_to("/sign-in")
    await wei.page.fill("[name=login]", "wei")
    await wei.page.fill("[name=password]", password)
    await wei.page.click("button.main")
    await expect(wei.page).to_have_url(re.compile("/password"))

    form = page.get_by_role("region", name="wei")
    await form.get_by_role("combobox", name="角色").press("Enter")
    await page.get_by_role("option", name="专家").click()
    await form.get_by_role("button", name="保存").click()
    row = page.get_by_role("row", name="wei")
    await expect(row).to_contain_text("专家")
    await form.get_by_role("button", name="停用账号").click()
    await expect(row).to_contain_text("已停用")

    await page.get_by_role("textbox", name="登录名或姓名").press_sequentially("wei")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(r"/console/staff\?search=wei$"))
    await expect(page.locator("tbody tr")).to_have_count(1)
    async with page.expect_download() as started:
        await page.get_by_role("button", name="导出 CSV").click()
    assert (await started.value).suggested_filename == "staff.csv"
    await page.get_by_role("button", name="English").click()
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    assert not await admin.is_too_wide()
    assert await grave_faults(page) == []
