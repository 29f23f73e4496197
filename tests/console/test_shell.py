"""The frame around every view: language, theme, keys, sign-in and what each role is shown."""

import re

from playwright.async_api import expect

from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console, grave_faults
from tests.portal.conftest import PASSWORD, Office
from tests.service import open_rescue


async def test_nobody_gets_in_without_the_sign_in_which_leads_back(office: Office):
    await office.colleague("agent")
    stranger = await office.person()
    await stranger.goes_to("/console/tickets?live=1")
    await expect(stranger.page).to_have_url(re.compile("/sign-in"))
    await stranger.page.fill("[name=login]", "agent")
    await stranger.page.fill("[name=password]", PASSWORD)
    await stranger.page.click("button.main")
    await expect(stranger.page).to_have_url(re.compile(r"/console/tickets\?live=1$"))


async def test_chinese_first_then_english_and_dark_which_stay(office: Office):
    agent = await at_the_console(office, "agent")
    page = agent.page
    await expect(page.get_by_role("heading", level=1)).to_have_text("工单")
    assert await page.get_attribute("html", "lang") == "zh-CN"
    assert await grave_faults(page) == []
    await page.get_by_role("button", name="English").click()
    await page.get_by_role("button", name="Dark").click()
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Tickets")
    await expect(page.locator("html.dark[lang=en]")).to_be_attached()
    assert await grave_faults(page) == []
    foreigner = await office.person(english=True)
    await foreigner.signs_in("agent")
    await foreigner.goes_to("/console/tickets")
    await expect(foreigner.page.get_by_role("heading", level=1)).to_have_text("Tickets")


async def test_fits_a_small_desk_screen(office: Office):
    agent = await at_the_console(office, "agent")
    await open_rescue(await office.service.agent(), summary="很长的摘要" * 40)
    await agent.page.set_viewport_size(DESK_AT_125_PERCENT)
    for language in ("English", "中文"):
        await expect(agent.page.locator("tbody tr")).to_have_count(1)
        assert not await agent.is_too_wide()
        await agent.page.get_by_role("button", name=language).click()


async def test_keys(office: Office):
    agent = await at_the_console(office, "agent")
    page = agent.page
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#main")).to_be_focused()
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
    assert await grave_faults(page) == []
    await page.keyboard.press("Escape")
    await page.keyboard.press("/")
    search = page.get_by_role("search").get_by_role("textbox")
    await expect(search).to_be_focused()
    # While somebody types, letters are letters.
    await page.keyboard.type("?j/k")
    await expect(search).to_have_value("?j/k")
    await expect(page.get_by_role("dialog")).to_have_count(0)


HOMES = {"agent": "desk", "supervisor": "board", "admin": "staff"}
MENUS = {
    "agent": [
        *("坐席", "工单", "新救援", "来电", "留言", "车主", "交接班", "电话模拟"),
        *("外呼活动", "人群", "到期保养", "问卷", "短信回复", "外呼规则包"),
        *("服务站", "密码"),
    ],
    "supervisor": [
        *("坐席", "工单", "新救援", "来电", "留言", "车主", "等级规则", "交接班", "看板", "热线"),
        *("热线流程", "热线提示音", "电话模拟", "外呼活动", "人群", "到期保养", "问卷"),
        *("短信回复", "外呼规则包"),
        *("服务站", "服务站导入", "收件箱", "密码"),
    ],
    "admin": [
        "等级规则",
        *("热线流程", "热线提示音", "电话模拟"),
        *("服务站", "服务站导入", "员工", "审计", "接口", "密码"),
    ],
}


async def test_each_role_is_shown_what_it_may_open(office: Office):
    for role, menu in MENUS.items():
        person = await at_the_console(office, role)
        links = person.page.get_by_role("navigation").get_by_role("link")
        await expect(links).to_have_text(menu)
        await person.goes_to("/")
        await expect(person.page).to_have_url(re.compile(f"/console/{HOMES[role]}$"))
        for link in await links.all():
            address = office.service.server.make_url(await link.get_attribute("href") or "")
            assert (await person.context.request.get(str(address))).status == 200
    await person.goes_to("/console/tickets")
    await expect(person.page.get_by_role("heading", level=1)).to_have_text("没有这个页面")


async def test_sign_out(office: Office):
    agent = await at_the_console(office, "agent")
    await agent.page.get_by_role("button", name="退出").click()
    await expect(agent.page).to_have_url(re.compile("/sign-in$"))
    await agent.goes_to("/console/")
    await expect(agent.page).to_have_url(re.compile("/sign-in"))
