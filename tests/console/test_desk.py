"""The agent's desk: a call rings, its owner is on the screen, and a key answers each question."""

import logging
import re
import time
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console, grave_faults
from tests.portal.conftest import Office
from tests.service import Client

LOG = logging.getLogger(__name__)
KNOWN, SHARED, UNKNOWN = "13900139001", "13900139002", "13900139003"

# When the name stands in the customer's pane and the frame with it has been painted.
PAINTED = """name => {
    const pane = document.querySelector('[data-test=customer]')
    window.painted = new Promise(done => new MutationObserver(() => {
        if (!pane.textContent.includes(name)) return
        requestAnimationFrame(() => setTimeout(() => done(Date.now())))
    }).observe(pane, { subtree: true, childList: true, characterData: true }))
}"""


async def owner(client: Client, name: str, phone: str, *plates: str) -> dict[str, Any]:
    """An owner with these cars; answers as the API does."""
    made = await client.post("/api/v1/owners", {"name": name, "phones": [phone], "tier": 2})
    for plate in plates:
        car = await client.post("/api/v1/vehicles", {"plate": plate, "model": "昀驰 S7"})
        path = f"/api/v1/owners/{made['id']}/vehicles"
        made = await client.post(path, {"vehicle_id": car["id"]})
    return dict(made)


async def rings(page: Page, number: str) -> None:
    """A call from this number, by the panel that stands in for the telephone."""
    panel = page.locator("[data-test=simulated]")
    if await panel.get_attribute("open") is None:
        await panel.locator("summary").click()
    await page.fill("[name=simulated-number]", number)
    await page.keyboard.press("Enter")


async def test_a_known_owner_is_on_the_screen_when_it_rings(office: Office):
    client = await office.service.agent()
    await owner(client, "王建国", KNOWN, "辽A12345")
    agent = await at_the_console(office, "agent", "desk")
    page, work = agent.page, agent.page.locator("[data-test=work]")
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    await expect(page.locator("header .line.live")).to_be_visible()
    await page.evaluate(PAINTED, "王建国")
    rang = time.time()
    await client.post("/api/v1/calls", {"carrier_ref": "c-1", "caller": KNOWN})
    painted_ms = await page.evaluate("window.painted") - rang * 1000
    LOG.info("from the ring to the customer painted: %.0f ms", painted_ms)
    assert painted_ms < 10_000
    await expect(page.locator("[data-test=car]")).to_contain_text("辽A12345")
    await expect(work).to_contain_text("昀驰 S7")
    await expect(page.get_by_text("13900139001")).to_have_count(0)
    await page.keyboard.press("F2")
    await expect(work).to_contain_text("通话中")
    await page.keyboard.press("F8")
    await page.keyboard.type("1号门旁,左前轮")
    await agent.context.set_offline(True)
    await page.keyboard.type("没气")
    await agent.context.set_offline(False)
    await page.reload()
    await expect(page.locator("[data-test=notes]")).to_have_value("1号门旁,左前轮没气")
    # A rescue without a place: what was chosen survives a reload, too, and Esc leads back.
    for key in ("1", "Escape", "1", "1", "Alt+w"):
        await page.keyboard.press(key)
    chosen = page.get_by_role("radio", name="爆胎")
    await expect(chosen).to_be_checked()
    await page.reload()
    await expect(chosen).to_be_checked()
    later = page.get_by_role("button", name="先受理")
    await expect(later).to_be_in_viewport()
    await later.press("Enter")
    await expect(work.get_by_role("heading", name="派单")).to_be_visible()
    (ticket,) = (await client.get("/api/v1/tickets"))["items"]
    assert ticket["summary"] == "1号门旁,左前轮没气"
    assert (ticket["particulars"]["fault"], ticket["expressway"]) == ("flat_tyre", True)
    await expect(page.locator("[data-test=open]")).to_contain_text(ticket["number"])
    # A second call is seen and taken meanwhile; one key leads back to the rescue.
    await rings(page, UNKNOWN)
    await expect(page.locator("[data-test=calls] .ringing")).to_be_visible()
    await expect(work.get_by_role("heading", name=ticket["number"])).to_be_visible()
    await page.keyboard.press("F2")
    await expect(page.locator("[name=caller-name]")).to_be_focused()
    await expect(page.locator("[data-test=aside]")).to_contain_text(ticket["number"])
    await page.keyboard.press("F7")
    await expect(work.get_by_role("heading", name=ticket["number"])).to_be_visible()
    assert not await agent.is_too_wide()
    await page.get_by_role("button", name="English").click()
    await expect(work).to_contain_text("Talking")
    assert not await agent.is_too_wide()
    assert await grave_faults(page) == []
    agent.complaints = [one for one in agent.complaints if "INTERNET_DISCONNECTED" not in one]


async def test_a_shared_phone_is_a_key_and_nothing_comes_over_what_is_being_read(office: Office):
    client = await office.service.agent()
    await owner(client, "李敏", SHARED, "辽A22221")
    wife = await owner(client, "刘芳", SHARED, "辽A22222", "辽A33333")
    agent = await at_the_console(office, "agent", "desk")
    page, work = agent.page, agent.page.locator("[data-test=work]")
    customer = page.locator("[data-test=customer]")
    await rings(page, SHARED)
    await expect(work).to_contain_text("2 位车主共用")
    await page.keyboard.press("F2")
    await expect(work.get_by_role("button", name="刘芳")).to_be_visible()
    await expect(work).to_contain_text("通话中")
    await page.keyboard.press("2")
    await expect(customer).to_contain_text("刘芳")
    await page.keyboard.press("2")
    await expect(work.get_by_text("辽A33333")).to_be_visible()
    # Another call: it is at the left, the work and the customer stay.
    await client.post("/api/v1/calls", {"carrier_ref": "c-2", "caller": SHARED})
    await expect(page.locator("[data-test=calls] .ringing")).to_be_visible()
    await expect(customer).to_contain_text("刘芳")
    await page.keyboard.press("3")
    await expect(work).to_contain_text("投诉 已受理")
    (ticket,) = (await client.get("/api/v1/tickets", owner_id=wife["id"]))["items"]
    assert ticket["kind"] == "complaint"
    await page.keyboard.press("F8")
    await page.keyboard.type("要求回电")
    await page.keyboard.press("Control+Enter")
    await expect(work).to_contain_text("已写入工单")
    # The second call is taken by a key, though somebody is typing, and is about the same ticket.
    await page.keyboard.press("F4")
    await page.keyboard.press("F2")
    await page.keyboard.press("2")
    await page.keyboard.press("1")
    again = work.get_by_role("button", name=f"询问已有工单 {ticket['number']}")
    await expect(again).to_be_visible()
    await page.keyboard.press("5")
    await expect(work.get_by_label(ticket["number"])).to_be_visible()
    attached = await client.get("/api/v1/calls", owner_id=wife["id"])
    assert [one["ticket_id"] for one in attached["items"]] == [ticket["id"]] * 2
    await page.keyboard.press("F4")
    # Done with the second, the first is there again; then nothing is left.
    await page.keyboard.press("F9")
    await expect(page.locator("[data-test=aside]")).to_have_count(0)
    await page.keyboard.press("F9")
    await expect(work).to_contain_text("空闲")


async def test_an_unknown_caller_is_two_fields_and_known_the_next_time(office: Office):
    agent = await at_the_console(office, "agent", "desk")
    page, work = agent.page, agent.page.locator("[data-test=work]")
    await rings(page, UNKNOWN)
    await expect(work).to_contain_text("未登记来电")
    await page.keyboard.press("F2")
    await expect(page.locator("[name=caller-name]")).to_be_focused()
    for words in ("赵六", "辽A·66666"):
        await page.keyboard.type(words)
        await page.keyboard.press("Enter")
    await page.keyboard.press("4")
    await expect(work).to_contain_text("咨询 已受理")
    await expect(page.locator("[data-test=customer]")).to_contain_text("赵六")
    await page.keyboard.press("F4")
    await page.keyboard.press("F9")
    await rings(page, UNKNOWN)
    await expect(work).to_contain_text(re.compile("振铃.*赵六.*辽A66666"))
    assert await grave_faults(page) == []


async def test_a_call_that_a_colleague_takes_goes_by_itself(office: Office):
    client = await office.service.agent()
    agent = await at_the_console(office, "agent", "desk")
    work = agent.page.locator("[data-test=work]")
    call = (await client.post("/api/v1/calls", {"carrier_ref": "c", "caller": KNOWN}))["call"]
    await expect(work).to_contain_text("未登记来电")
    await client.post(f"/api/v1/calls/{call['id']}/answer")
    await expect(work).to_contain_text("空闲")


@pytest.mark.parametrize("page_of", ["console", "server"])
async def test_drafts_are_gone_after_the_sign_out(office: Office, page_of: str):
    client = await office.service.agent()
    ticket = await client.post("/api/v1/tickets", {"kind": "enquiry", "caller_name": "李女士"})
    agent = await at_the_console(office, "agent", f"desk?ticket={ticket['id']}")
    await agent.page.fill("[data-test=notes]", "下午三点后再联系")
    drafts = "Object.keys(localStorage).filter(key => key.startsWith('draft:')).length"
    assert await agent.page.evaluate(drafts) == 1
    if page_of == "server":
        await agent.goes_to("/password")
    await agent.page.get_by_role("button", name="退出").click()
    await expect(agent.page).to_have_url(re.compile("/sign-in$"))
    assert await agent.page.evaluate(drafts) == 0


async def test_sound_and_notices_are_switched_and_stay_as_they_were_left(desktop_office: Office):
    agent = await at_the_console(desktop_office, "agent", "desk", permissions=["notifications"])
    page = agent.page
    for switch in ("sound", "notices"):
        button = page.locator(f"[data-test={switch}]")
        await expect(button).to_have_attribute("aria-pressed", "false")
        await button.click()
        await expect(button).to_have_attribute("aria-pressed", "true")
    await page.reload()
    for switch in ("sound", "notices"):
        await expect(page.locator(f"[data-test={switch}]")).to_have_attribute(
            "aria-pressed", "true"
        )
