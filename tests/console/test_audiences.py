"""A supervisor builds an audience: the count follows, and each member and owner is explained."""

import os
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console, grave_faults
from tests.portal.conftest import Office

OWNERS = (("王金", 2, "138"), ("李银", 1, "139"), ("赵平", 0, "137"))


async def pictured(page: Page, name: str) -> None:
    """Kept where somebody wants to look at it."""
    if folder := os.environ.get("PICTURES"):
        await page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


async def people(office: Office) -> None:
    client = await office.service.agent()
    for name, tier, number in OWNERS:
        body = {"name": name, "tier": tier, "phones": [f"{number}00138000"]}
        owner = await client.post("/api/v1/owners", body)
        car = await client.post("/api/v1/vehicles", {"plate": f"辽A{number}01", "model": "骏捷"})
        await client.post(f"/api/v1/owners/{owner['id']}/vehicles", {"vehicle_id": car["id"]})


async def test_from_everybody_to_a_kept_audience_with_reasons(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    # One in ten times one of the two would be held out of everything.
    monkeypatch.setattr(office.service.settings.outbound, "held_out_of_all", 0.0)
    await people(office)
    supervisor = await at_the_console(office, "supervisor", "audiences")
    page = supervisor.page
    await page.get_by_role("link", name="新建人群").click()
    count, sample = page.locator("[data-test=count]"), page.locator("[data-test=sample]")
    await expect(count.get_by_role("status").first).to_contain_text("3 位车主")

    await page.get_by_label("添加条件", exact=True).select_option("tier")
    await expect(count.get_by_role("status").first).to_contain_text("2 位车主")
    await expect(sample.get_by_text("等级:银牌、金牌 金牌")).to_be_visible()
    await page.get_by_role("button", name="添加条件组").click()
    inner = page.locator("[data-test=group]").nth(1)
    await expect(page.get_by_text("请把空着的条件填完整")).to_be_visible()
    await inner.get_by_label("组内条件的关系").select_option("none")
    await inner.get_by_label("添加条件").select_option("last_visit")
    await inner.get_by_label("添加条件").select_option("due")
    await expect(count.get_by_text("按每辆车判断")).to_be_visible()
    await expect(count.get_by_role("status").first).to_contain_text("2 位车主")
    await page.locator("[name=purpose]").select_option("marketing")
    await expect(count.get_by_text("没有同意")).to_be_visible()
    # A greeting by text is fine in China until he refuses; in Europe he has to have agreed.
    await page.locator("[name=purpose]").select_option("greeting")
    await expect(count.get_by_text("其中 2 位可以联系")).to_be_visible()
    await page.locator("[name=policy]").select_option("eu")
    await expect(count.get_by_text("其中 0 位可以联系")).to_be_visible()
    await expect(count.get_by_text("没有同意")).to_be_visible()
    explain = page.locator("[data-test=explain]")
    await explain.get_by_role("searchbox").fill("赵平")
    await explain.get_by_role("button", name="查找").click()
    await expect(explain.get_by_text("赵平 不在人群中")).to_be_visible()
    await expect(explain.locator(".out")).to_contain_text("等级:银牌、金牌 普通")
    await page.locator("input[name=name]").fill("金银牌")
    await page.get_by_role("button", name="保存").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("金银牌")
    assert await grave_faults(page) == []
    await pictured(page, "builder-zh")

    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_text("Asked of each car")).to_be_visible()
    await pictured(page, "builder-en")
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    assert not await supervisor.is_too_wide()
    await pictured(page, "builder-narrow")
    await page.get_by_role("link", name="← Audiences").click()
    # Of the list: the sample's rows stand there until the page has changed.
    kept = page.get_by_role("row", name="金银牌")
    await expect(kept).to_contain_text("tier: silver or gold")
    await pictured(page, "list-en")
    await page.get_by_role("button", name="Delete the audience “金银牌”").click()
    await expect(page.get_by_text("No audiences yet")).to_be_visible()


async def test_an_agent_reads_what_he_cannot_change(office: Office):
    await people(office)
    client = await office.service.agent()
    rule = {"kind": "all", "of": [{"kind": "tier", "any_of": [2]}]}
    await client.post("/api/v1/audiences", {"name": "金牌", "rule": rule})
    agent = await at_the_console(office, "agent", "audiences")
    await agent.page.get_by_role("link", name="金牌").click()
    await expect(
        agent.page.locator("[data-test=count]").get_by_role("status").first
    ).to_contain_text("1 位车主")
    await expect(agent.page.get_by_role("button", name="保存")).to_have_count(0)
    await expect(agent.page.get_by_label("等级", exact=True).first).to_be_visible()


async def test_who_was_promised_a_call_is_asked_in_the_builder(office: Office):
    await people(office)
    supervisor = await at_the_console(office, "supervisor", "audiences/new")
    page = supervisor.page
    count = page.locator("[data-test=count]")
    await page.get_by_label("添加条件", exact=True).select_option("promise")
    await expect(count.get_by_role("status").first).to_contain_text("0 位车主")
    await page.get_by_label("组内条件的关系").select_option("none")
    await expect(count.get_by_role("status").first).to_contain_text("3 位车主")
    await page.get_by_label("是否打成").select_option("kept")
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_label("What came of it")).to_contain_text("still to be made")
    await page.locator("input[name=name]").fill("no promise kept")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("no promise kept")
    assert await grave_faults(page) == []
    await page.get_by_role("link", name="← Audiences").click()
    kept = page.get_by_role("row", name="no promise kept")
    await expect(kept).to_contain_text("a promised call kept within 30 days")
