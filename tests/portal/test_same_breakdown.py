"""The same breakdown twice at the desk: side by side, one click, and back again."""

from typing import Any

from playwright.async_api import expect

from tests.portal.conftest import Office
from tests.portal.test_by_hand import dispatches, rescue_at_desk
from tests.service import SHENYANG, Client, confirm_place, offer_for, open_rescue

RED = {"fault": "engine", "plate": "辽A12345"}


async def reported_again(client: Client, metres: float = 200, **told: Any) -> Any:
    """A passenger rings about it, too; his place counts."""
    ticket = await open_rescue(client, caller_phone="13900139000", particulars=RED, **told)
    await confirm_place(client, ticket["id"], (SHENYANG[0] + metres / 111_195, SHENYANG[1]))
    return ticket


async def test_a_pair_is_shown_merged_and_taken_apart_again(office: Office):
    agent, ticket_id = await rescue_at_desk(office, particulars=RED)
    client = await office.service.agent()
    await client.post(f"/api/v1/tickets/{ticket_id}/notes", {"words": "behind the guard rail"})
    mine = (await client.get(f"/api/v1/tickets/{ticket_id}"))["number"]
    other = await reported_again(client)
    await agent.sees(f"可能与 {other['number']} 是同一次救援")
    pair = agent.page.locator("#same .same")
    for words in ("同一车牌", "同一地点", "相距 200 米", mine, other["number"]):
        await expect(pair).to_contain_text(words)
    assert not await agent.is_too_wide()

    await agent.presses(f"是同一次:由 {other['number']} 继续")
    await agent.sees("与另一张工单是同一次救援,由它继续")
    await agent.page.get_by_role("link", name=other["number"]).first.click()
    await agent.sees("本单同时处理")
    await expect(agent.page.locator("#timeline")).to_contain_text("behind the guard rail")
    await agent.page.fill("#same [name=reason]", "two red cars")
    await agent.presses("不是同一次,撤销合并")
    await expect(agent.page.locator("#same")).not_to_contain_text(mine)
    await agent.goes_to(f"/desk/rescues/{ticket_id}")
    await agent.sees("派单中")
    await expect(agent.page.locator("#same .same")).to_have_count(0)


async def test_of_two_trucks_the_page_says_which_returns(office: Office):
    home, away = await office.service.station("HOME", 2), await office.service.station("AWAY", 4)
    agent, ticket_id = await rescue_at_desk(office, particulars=RED)
    client = await office.service.agent()
    other = await reported_again(client)
    for station, one in ((home, ticket_id), (away, other["id"])):
        offer = await offer_for(station, one)
        await station.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 20})
    await expect(agent.page.locator("#same")).to_contain_text("AWAY服务站")
    await agent.presses(f"是同一次:由 {other['number']} 继续 · HOME服务站 返回")
    await agent.sees("已合并")
    assert await dispatches(office) == [("cancelled", False), ("accepted", False)]


async def test_by_the_number_that_a_caller_tells(office: Office):
    agent, _ = await rescue_at_desk(office)
    client = await office.service.agent()
    other = await open_rescue(client, caller_phone="13900139000")
    await agent.page.click("summary:has-text('与另一张工单是同一次救援')")
    form = agent.page.locator("form:has(button:text('并入本单'))")
    await form.locator("[name=number]").fill(other["number"])
    await form.locator("[name=reason]").fill("she said so")
    await agent.presses("并入本单")
    await agent.sees("本单同时处理")
    assert (await client.get(f"/api/v1/tickets/{other['id']}"))["stage"] == "merged"


async def test_what_are_two_is_not_asked_again(office: Office):
    agent, _ = await rescue_at_desk(office, particulars=RED)
    other = await reported_again(await office.service.agent())
    await agent.sees(f"可能与 {other['number']} 是同一次救援")
    await agent.presses("不是同一次")
    await expect(agent.page.locator("#same .same")).to_have_count(0)
    await agent.goes_to(f"/desk/rescues/{other['id']}")
    await agent.sees("确认不是同一次")
    await expect(agent.page.locator("#same .same")).to_have_count(0)
