"""The hotline's flow in the console: changed, checked, published, and heard by the next caller."""

import os

from playwright.async_api import Page, expect

from callcenter.telephony.flow.default import default_flow
from tests.console.conftest import at_the_console, grave_faults
from tests.console.test_simulator import demo, dials
from tests.portal.conftest import Office

__all__ = ["demo"]


async def looks(page: Page, name: str) -> None:
    """A picture for who asked for pictures by FLOW_PICTURES, a folder."""
    if folder := os.environ.get("FLOW_PICTURES"):
        await page.screenshot(path=f"{folder}/{name}.png")


async def chooses(page: Page, step: str) -> None:
    await page.locator(f"[data-step={step}]").click()
    await expect(page.locator("[data-test=step-form] code")).to_have_text(step)


async def types(page: Page, label: str, text: str) -> None:
    await page.locator("[data-test=step-form]").get_by_label(label).fill(text)


async def test_an_administrator_changes_the_greeting_adds_a_key_and_the_next_caller_hears_it(
    demo: Office,
):
    page = (await at_the_console(demo, "admin", "call-flow")).page
    check, form = page.locator("[data-test=check]"), page.locator("[data-test=step-form]")
    await page.locator("[data-step=recorded]").wait_for()
    await looks(page, "flow.zh")
    assert await grave_faults(page) == []
    await chooses(page, "greeting")
    await types(page, "中文文字", "这里是新的欢迎词。")
    await expect(check).to_contain_text("检查通过")

    await chooses(page, "menu")
    await page.locator("[data-test=add-key]").select_option("4")
    await form.get_by_label("按键 4 的去向").select_option("+say")
    await expect(form.locator("code")).to_have_text("say_1")
    await expect(check).to_contain_text("3 处问题")
    await expect(page.locator("[data-test=step-faults] li")).to_have_count(3)
    await expect(page.locator("[data-test=publish]")).to_be_disabled()
    await looks(page, "faults.zh")
    assert await grave_faults(page) == []
    await types(page, "中文文字", "充电服务,马上为您转接。")
    await types(page, "英文文字", "Charging. We are connecting you.")
    await form.get_by_label("下一步").select_option("person_wait")
    await expect(check).to_contain_text("检查通过")
    await page.fill("[name=note]", "充电")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("已发布:下一个来电就会听到")).to_be_visible()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("现行版本 1")
    await looks(page, "published.zh")

    await page.get_by_role("link", name="用电话模拟试听").click()
    await dials(page)
    said = page.locator("[data-test=subtitles]")
    await expect(said).to_contain_text("这里是新的欢迎词")
    await page.keyboard.press("4")
    await expect(said).to_contain_text("充电服务,马上为您转接")
    await expect(page.locator("[data-test=line-state]")).to_contain_text("您排在第 1 位")


async def test_of_two_who_change_it_the_second_is_told_and_decides(demo: Office):
    page = (await at_the_console(demo, "supervisor", "call-flow", english=True)).page
    await chooses(page, "greeting")
    await types(page, "Text in English", "Good morning.")
    await page.locator("[data-test=publish]:enabled").wait_for()
    colleague = await at_the_console(demo, "admin", "call-flow")
    await chooses(colleague.page, "message_thanks")
    await types(colleague.page, "中文文字", "再见。")
    await colleague.page.locator("[data-test=publish]:enabled").click()
    await expect(colleague.page.get_by_text("版本 1 已发布")).to_be_visible()

    conflict = page.locator("[data-test=conflict]")
    await expect(conflict).to_contain_text("admin published version 1")
    await expect(conflict).to_contain_text("message_thanks")
    await page.get_by_role("button", name="Dark").click()
    await looks(page, "conflict.dark.en")
    assert await grave_faults(page) == []
    # What was not published is still there when the page is opened again.
    await page.reload()
    await expect(conflict).to_contain_text("admin published version 1")
    await page.get_by_role("button", name="Put my changes onto it").click()
    await expect(conflict).to_have_count(0)
    await page.locator("[data-test=publish]:enabled").click()
    await expect(page.get_by_text("Version 2 is published")).to_be_visible()
    async with demo.service.database.reading() as tx:
        flow = await tx.connection.fetchval("select flow from call_flows where version = 2")
    assert "Good morning." in flow
    assert '"再见。"' in flow
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Current version 2")
    await expect(page.locator("[data-test=publish]")).to_have_count(0)


async def test_what_is_typed_stays_while_it_is_checked_and_is_one_change(demo: Office):
    page = (await at_the_console(demo, "admin", "call-flow", english=True)).page
    await chooses(page, "greeting")
    field = page.locator("[data-test=step-form]").get_by_label("Text in English")
    before = await field.input_value()
    await field.fill("")
    text = "A text that is typed slowly."
    await field.press_sequentially(text, delay=40)
    await expect(page.locator("[data-test=check]")).to_contain_text("Checked")
    await expect(field).to_have_value(text)
    await page.get_by_role("button", name="Undo").click()
    await expect(field).to_have_value(before)
    await expect(page.get_by_role("button", name="Undo")).to_be_disabled()


async def test_undo_removing_a_step_and_a_version_that_is_taken_back(demo: Office):
    page = (await at_the_console(demo, "admin", "call-flow", english=True)).page
    check, form = page.locator("[data-test=check]"), page.locator("[data-test=step-form]")
    await chooses(page, "chinese")
    await form.get_by_role("button", name="Remove this step").click()
    await expect(page.locator("[data-step=chinese]")).to_have_count(0)
    await expect(check).to_contain_text("Checked")
    await page.locator("body").press("Control+z")
    await expect(page.locator("[data-step=chinese]")).to_be_visible()
    await page.get_by_role("button", name="Redo").click()
    await expect(page.locator("[data-step=chinese]")).to_have_count(0)
    await page.locator("[data-test=publish]:enabled").click()
    await expect(page.get_by_text("Version 1 is published")).to_be_visible()

    # By keyboard: from the greeting down, along, and into the form.
    await page.locator("[data-step=recorded]").focus()
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("[data-step=greeting]")).to_be_focused()
    await page.keyboard.press("Enter")
    await types(page, "Text in English", "Hello again.")
    await page.locator("[data-test=publish]:enabled").click()
    await expect(page.get_by_text("Version 2 is published")).to_be_visible()
    versions = page.locator("[data-test=versions]")
    await expect(versions.locator("li")).to_have_count(2)
    await versions.get_by_role("button", name="Look 1").click()
    await expect(page.get_by_text("This is version 1")).to_be_visible()
    await looks(page, "version.en")
    await page.get_by_role("button", name="Back to the editor").click()
    await versions.get_by_role("button", name="Take this version back 1").click()
    await expect(page.locator("[name=note]")).to_have_value("Version 1 taken back")
    await page.locator("[data-test=publish]:enabled").click()
    await expect(page.get_by_text("Version 3 is published")).to_be_visible()
    async with demo.service.database.reading() as tx:
        greetings = await tx.connection.fetch(
            "select (flow -> 'steps' -> 0 -> 'words' ->> 'en') as said from call_flows"
            " order by version"
        )
    welcome = default_flow().steps[0].words.en  # type: ignore[union-attr]
    assert [row["said"] for row in greetings] == [welcome, "Hello again.", welcome]
