"""Agents at the hotline: a waiting call rings at the one whose turn it is, and nowhere else."""

import asyncio
import os
from typing import Any

from playwright.async_api import Page, expect

from callcenter.calls.reactions import lose_silent
from tests.console.conftest import at_the_console, grave_faults
from tests.console.test_desk import KNOWN, SHARED, UNKNOWN, owner
from tests.portal.conftest import Office
from tests.service import Client, eventually


async def offers(page: Page, *keys: str) -> None:
    """What the agent is from now on, by the menu of the header."""
    await page.keyboard.press("Alt+s")
    await expect(page.locator("#seat-menu button:focus")).to_be_visible()
    for key in ("Home", *keys, "Enter"):
        await page.keyboard.press(key)


async def waits(client: Client, number: str, **how: Any) -> str:
    """A caller who waits for a rescue; the call."""
    ringing = {"carrier_ref": f"ref-{number}", "caller": number}
    call_id: str = (await client.post("/api/v1/calls", ringing))["call"]["id"]
    await client.post(f"/api/v1/calls/{call_id}/queue", {"group": "rescue", **how})
    return call_id


async def hotline(client: Client) -> dict[str, Any]:
    """Everybody at the hotline by name."""
    return {one["name"]: one for one in (await client.get("/api/v1/agents"))["items"]}


async def looks(page: Page, name: str) -> None:
    """A picture for who asked for pictures by SEAT_PICTURES, a folder."""
    if folder := os.environ.get("SEAT_PICTURES"):
        await page.screenshot(path=f"{folder}/{name}.png")


async def test_a_call_rings_at_the_ready_one_is_written_up_and_the_next_is_passed_on(
    office: Office,
):
    client = await office.service.agent()
    await owner(client, "王建国", KNOWN, "辽A12345")
    away = (await at_the_console(office, "agent", "desk")).page
    ready = (await at_the_console(office, "supervisor", "desk")).page
    at_away, at_ready = (one.locator("[data-test=seat]") for one in (away, ready))
    await expect(at_ready).to_contain_text("上线接听")
    await offers(away, "ArrowDown", "ArrowDown")
    await expect(at_away).to_contain_text("离开:用餐")
    await offers(ready)
    await expect(at_ready).to_contain_text("就绪")

    call_id = await waits(client, KNOWN, urgency="danger")
    offer, work = ready.locator("[data-test=offer]"), ready.locator("[data-test=work]")
    await expect(offer).to_contain_text("轮到您的来电")
    await expect(offer).to_contain_text("有生命危险")
    await expect(work).to_contain_text("王建国")
    await looks(ready, "offered.zh")
    await expect(away.locator("[data-test=calls] li")).to_have_count(0)
    await expect(away.locator("[data-test=work]")).to_contain_text("空闲")
    # The control: what waits in no queue rings at everybody.
    direct = await client.post("/api/v1/calls", {"carrier_ref": "direct", "caller": UNKNOWN})
    await expect(away.locator("[data-test=calls] .ringing")).to_have_count(1)
    await client.post(f"/api/v1/calls/{direct['call']['id']}/end", {"reason": "caller_hung_up"})
    await expect(away.locator("[data-test=calls] li")).to_have_count(0)

    await ready.keyboard.press("F2")
    await expect(at_ready).to_contain_text("通话中")
    await expect(offer).to_have_count(0)
    assert await grave_faults(ready) == []
    await ready.keyboard.press("F4")
    panel = ready.locator("[data-test=wrap-up]")
    await expect(panel.get_by_role("button", name="完成整理")).to_be_disabled()
    await ready.keyboard.press("Alt+2")
    await panel.locator("textarea").fill("问保养")
    await looks(ready, "wrap-up.zh")
    assert await grave_faults(ready) == []
    await ready.keyboard.press("Alt+Enter")
    await expect(panel).to_have_count(0)
    await expect(at_ready).to_contain_text("就绪")
    call = (await client.get(f"/api/v1/calls/{call_id}"))["call"]
    assert (call["disposition"], call["disposition_note"]) == ("information", "问保养")

    second = await waits(client, SHARED)
    await expect(offer).to_be_visible()
    await offers(away)
    await expect(at_away).to_contain_text("就绪")
    await ready.keyboard.press("F6")
    await expect(offer.get_by_role("button", name="休息")).to_be_focused()
    await ready.keyboard.press("Enter")
    await expect(at_ready).to_contain_text("离开:休息")
    await expect(ready.locator("[data-test=calls] li")).to_have_count(0)
    await expect(away.locator("[data-test=offer]")).to_be_visible()
    await away.keyboard.press("F2")
    await expect(at_away).to_contain_text("通话中")
    # The wish for after the call, and a ticket that is opened in it is what came of it.
    await offers(away, "ArrowDown", "ArrowDown")
    await expect(at_away).to_contain_text("之后:离开:用餐")
    ticket = {"kind": "enquiry", "summary": "问保养"}
    await client.post(f"/api/v1/calls/{second}/tickets", ticket)
    await client.post(f"/api/v1/calls/{second}/end", {"reason": "caller_hung_up"})
    await expect(away.get_by_role("radio", name="已开工单")).to_be_checked()
    await away.keyboard.press("Alt+Enter")
    await expect(at_away).to_contain_text("离开:用餐")


async def test_who_hung_up_in_the_queue_is_called_back_from_the_desk(office: Office):
    client = await office.service.agent()
    agent = (await at_the_console(office, "agent", "desk")).page
    seat = agent.locator("[data-test=seat]")
    call_id = await waits(client, UNKNOWN)
    await client.post(f"/api/v1/calls/{call_id}/end", {"reason": "caller_hung_up"})
    await offers(agent)
    offer = agent.locator("[data-test=offer]")
    await expect(offer).to_contain_text("请回拨")
    await expect(offer).to_contain_text("139****9003")
    await expect(offer).to_contain_text("挂断")
    await looks(agent, "call-back.zh")
    await agent.keyboard.press("F2")
    await expect(offer).to_contain_text("正在呼叫")
    await offer.get_by_role("button", name="已接通").click()
    await expect(offer).to_have_count(0)
    await expect(agent.locator("[data-test=work]")).to_contain_text("通话中")
    await agent.keyboard.press("F4")
    await agent.keyboard.press("Alt+2")
    await agent.keyboard.press("Alt+Enter")
    await expect(seat).to_contain_text("就绪")


async def test_one_tab_of_a_browser_beats_and_a_lost_line_comes_back_by_itself(office: Office):
    client = await office.service.agent()
    agent = await at_the_console(office, "agent", "desk")
    beats: list[Page] = []

    def watch(page: Page) -> None:
        page.on("request", lambda asked: asked.url.endswith("/beat") and beats.append(page))

    watch(agent.page)
    await asyncio.sleep(3)
    assert beats == [], "nobody sits here"
    await offers(agent.page)
    other = await agent.context.new_page()
    watch(other)
    await other.goto(str(office.service.server.make_url("/console/tickets")))
    await expect(other.locator("[data-test=seat]")).to_contain_text("就绪")
    await asyncio.sleep(5)
    assert set(beats) == {agent.page}
    await agent.page.close()
    await eventually(lambda: asyncio.sleep(0, other in beats))

    await agent.context.set_offline(True)

    async def is_lost() -> bool:
        await lose_silent(office.service.database, office.service.settings.queue)
        return bool((await hotline(client))["agent"]["lost"])

    await eventually(is_lost)
    await agent.context.set_offline(False)

    async def is_back() -> bool:
        return not (await hotline(client))["agent"]["lost"]

    await eventually(is_back)
    await expect(other.locator("[data-test=seat]")).to_contain_text("就绪")
    agent.complaints = [one for one in agent.complaints if "INTERNET_DISCONNECTED" not in one]


async def test_the_panel_puts_a_caller_into_the_queue(office: Office):
    agent = (await at_the_console(office, "agent", "desk", english=True)).page
    await offers(agent)
    panel = agent.locator("[data-test=simulated]")
    await panel.locator("summary").click()
    await panel.locator("[name=simulated-group]").select_option("rescue")
    await panel.locator("[name=simulated-urgency]").select_option("expressway")
    await agent.fill("[name=simulated-number]", KNOWN)
    await agent.keyboard.press("Enter")
    await expect(agent.locator("[data-test=offer]")).to_contain_text("Rescue on an expressway")
    await looks(agent, "offered.en")
    await agent.get_by_role("button", name="Dark").click()
    await looks(agent, "offered.dark")
    assert await grave_faults(agent) == []
    await panel.get_by_role("button", name="Caller hangs up").click()
    await expect(agent.locator("[data-test=offer]")).to_contain_text("Call back")


async def test_the_board_counts_the_floor_and_each_number_opens(office: Office):
    client = await office.service.agent()
    agent = (await at_the_console(office, "agent", "desk")).page
    await offers(agent, "ArrowDown")
    await expect(agent.locator("[data-test=seat]")).to_contain_text("离开:休息")
    await waits(client, KNOWN, urgency="danger")
    dropped = await waits(client, UNKNOWN)
    await client.post(f"/api/v1/calls/{dropped}/end", {"reason": "caller_hung_up"})
    board = (await at_the_console(office, "supervisor", "board")).page
    floor = board.locator("[data-test=hotline]")
    counts = {
        name: floor.locator(f'[data-count="{name}"] strong')
        for name in ("group:rescue", "group:desk", "call_backs", "ready", "away")
    }
    shown = {"group:rescue": 1, "group:desk": 0, "call_backs": 1, "ready": 0, "away": 1}
    for name, count in shown.items():
        await expect(counts[name]).to_have_text(str(count))
    await expect(floor.locator('[data-count="group:rescue"]')).to_contain_text("最久")
    await looks(board, "board.zh")
    await counts["group:rescue"].click()
    await expect(floor.get_by_role("table")).to_contain_text("有生命危险")
    await counts["away"].click()
    await expect(floor.get_by_role("table")).to_contain_text("离开:休息")
    assert await grave_faults(board) == []
    await offers(agent)
    await expect(counts["away"]).to_have_text("0")
    # Who rings waits still, and the list says at whom, and why it is his.
    await counts["group:rescue"].click()
    await expect(floor.get_by_role("table")).to_contain_text("正在 agent 处振铃,已等")
    await floor.locator("[data-outcome=abandoned]").click()
    await expect(floor.get_by_role("table")).to_contain_text("13900139003")
    await board.get_by_role("button", name="English").click()
    await floor.locator('[data-count="offered"]').click()
    await expect(floor.get_by_role("table")).to_contain_text("Ringing")
    await board.get_by_role("button", name="Dark").click()
    await looks(board, "board.dark.en")


async def test_a_supervisor_says_who_takes_what_and_where_it_goes_on(office: Office):
    client = await office.service.agent()
    await office.colleague("agent")
    page = (await at_the_console(office, "supervisor", "hotline")).page
    card = page.locator("[data-test=group-rescue]")
    await card.locator("[name=second-after]").fill("")
    await card.get_by_role("button", name="保存").click()
    await expect(card.get_by_role("alert")).to_be_visible()
    await card.locator("[name=second-after]").fill("60")
    await card.get_by_role("button", name="保存").click()
    await expect(card.get_by_role("alert")).to_have_count(0)
    groups = {one["name"]: one for one in (await client.get("/api/v1/hotline-groups"))["items"]}
    assert (groups["rescue"]["second_group"], groups["rescue"]["second_after_s"]) == ("desk", 60)

    profile = page.locator("[data-test=profile]")
    await profile.locator("[name=colleague]").select_option(label="agent · 坐席")
    await profile.get_by_role("checkbox", name="英文").check()
    await profile.locator("[name=skills]").fill("ev, trailer")
    await looks(page, "groups.zh")
    assert await grave_faults(page) == []
    await profile.get_by_role("button", name="保存").click()
    await expect(profile.get_by_role("status")).to_contain_text("已保存")
    await page.reload()
    await profile.locator("[name=colleague]").select_option(label="agent · 坐席")
    await expect(profile.locator("[name=skills]")).to_have_value("ev, trailer")
    await expect(profile.get_by_role("checkbox", name="英文")).to_be_checked()
