"""A rescue by keyboard: four actions, the offer at the station, its yes live at the desk."""

import os
import re
import time
from dataclasses import dataclass

from playwright.async_api import Page, expect

from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console, grave_faults
from tests.portal.conftest import Office
from tests.service import SHENYANG, offer_for, open_rescue

KEY_S = 0.28
DECISION_S = 1.35
AIM_S = 15.0
"""Keystroke-level model: a key, a decision, and what is waited for."""


@dataclass
class Hands:
    """Presses keys, and counts them, the decisions between them and the waiting."""

    page: Page
    keys: int = 0
    decisions: int = 0
    waited_s: float = 0.0

    async def press(self, key: str) -> None:
        self.keys += len(key.split("+"))
        await self.page.keyboard.press(key)

    def decide(self) -> None:
        self.decisions += 1

    async def wait_for(self, selector: str) -> None:
        began = time.perf_counter()
        await self.page.locator(selector).first.wait_for()
        self.waited_s += time.perf_counter() - began

    @property
    def seconds(self) -> float:
        return self.keys * KEY_S + self.decisions * DECISION_S + self.waited_s


def is_busy() -> bool:
    """Whether more wants to run on this machine than it has processors for."""
    return os.getloadavg()[0] > 1.5 * (os.cpu_count() or 1)


async def known_owner(office: Office) -> tuple[str, str]:
    """An owner with a car, whose phone rings; the call and the owner."""
    client = await office.service.agent()
    owner = await client.post("/api/v1/owners", {"name": "王先生", "phones": ["13800138000"]})
    car = await client.post("/api/v1/vehicles", {"plate": "辽A12345", "model": "中华V7"})
    await client.post(f"/api/v1/owners/{owner['id']}/vehicles", {"vehicle_id": car["id"]})
    ringing = {"carrier_ref": "c-1", "caller": "13800138000"}
    call = await client.post("/api/v1/calls", ringing)
    return call["call"]["id"], owner["id"]


async def test_four_actions_of_the_keyboard_and_the_station_is_asked(office: Office):
    station = await office.service.station("HOME", 2.0)
    await office.service.station("NIGHT", 1.0, rescue_hours="off")
    call_id, _ = await known_owner(office)
    agent = await at_the_console(office, "agent", f"rescues/new?call={call_id}")
    page, hands = agent.page, Hands(agent.page)
    await expect(page.get_by_text("王先生")).to_be_visible()
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    assert not await agent.is_too_wide()
    await expect(page.get_by_role("button", name="先受理")).to_be_in_viewport()
    assert await grave_faults(page) == []
    # What the caller has sent lies on the clipboard.
    await agent.context.grant_permissions(["clipboard-read", "clipboard-write"])
    told = f"东望街口 https://uri.amap.com/marker?position={SHENYANG[1]},{SHENYANG[0]}"
    await page.evaluate("words => navigator.clipboard.writeText(words)", told)

    hands.decide()
    await hands.press("1")
    await hands.press("Control+v")
    await hands.wait_for("[data-ranked]")
    hands.decide()
    await hands.press("Enter")
    hands.decide()
    await expect(page.locator("[data-passed]")).to_contain_text("不在值班")
    await expect(page.get_by_role("button", name="派单")).to_be_in_viewport()
    assert await grave_faults(page) == []
    hands.decide()
    await hands.press("Enter")
    await hands.wait_for("[data-offer].offered")

    await expect(page).to_have_url(re.compile("/console/rescues/[0-9a-f-]{36}$"))
    ticket_id = page.url.rsplit("/", 1)[1]
    offer = await offer_for(station, ticket_id)
    await expect(page.locator("[data-offer] .clock")).to_have_text(re.compile(r"剩余 \d+:\d\d"))
    await station.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 25})
    await expect(page.locator("[data-offer]")).to_contain_text("已接单")
    await expect(page.locator("[data-dispatch]")).to_contain_text("约 25 分钟")
    assert await grave_faults(page) == []
    assert (hands.keys, hands.decisions) == (5, 4)
    # On a machine that is busy with something else the waiting tells of that.
    assert hands.seconds <= AIM_S or is_busy(), hands


async def test_a_danger_comes_first_and_the_fix_of_the_link_arrives_live(office: Office):
    await office.service.station("HOME", 2.0)
    client = await office.service.agent()
    ticket = await open_rescue(client, danger=True)
    agent = await at_the_console(office, "agent", f"rescues/{ticket['id']}")
    page = agent.page
    await page.get_by_role("button", name="English").press("Enter")
    await expect(page.locator(".safety")).to_contain_text("call 120 or 119 first")
    await page.get_by_role("button", name="Record that 120").press("Enter")
    await expect(page.get_by_text("120 was told")).to_be_visible()
    await page.get_by_role("button", name="Send location link").press("Enter")
    link = await page.locator("code").inner_text()
    here = {"latitude": SHENYANG[0], "longitude": SHENYANG[1], "accuracy": 40}
    owner = await office.person(phone=True, geolocation=here, permissions=["geolocation"])
    await owner.goes_to(link)
    await owner.presses("同意并发送位置")
    place = page.locator("[data-place]")
    await expect(place).to_contain_text("Confirmed place")
    await expect(place).to_contain_text(re.compile(r"within 40 m.* s ago"))
    await expect(page.locator("canvas").first).to_be_visible()
    assert await grave_faults(page) == []
