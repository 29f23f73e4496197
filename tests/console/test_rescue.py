"""A rescue by keyboard from the ring to the offer and the station's yes, all at the desk."""

import logging
import os
import re
import time
from dataclasses import dataclass, field

from playwright.async_api import Page, expect

from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console, grave_faults
from tests.portal.conftest import Office
from tests.service import SHENYANG, offer_for, open_rescue

LOG = logging.getLogger(__name__)
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
    waited: dict[str, float] = field(default_factory=dict)

    async def decides_on(self, key: str, selector: str) -> None:
        """One decision, its key, and the wait until what comes of it is there."""
        self.decisions += 1
        self.keys += len(key.split("+"))
        await self.page.keyboard.press(key)
        await self.wait_for(selector)

    async def wait_for(self, selector: str) -> None:
        began = time.perf_counter()
        await self.page.locator(selector).first.wait_for()
        self.waited[selector] = round(time.perf_counter() - began, 2)

    @property
    def seconds(self) -> float:
        return self.keys * KEY_S + self.decisions * DECISION_S + sum(self.waited.values())


def is_busy() -> bool:
    """Whether more wants to run on this machine than it has processors for."""
    return os.getloadavg()[0] > 1.5 * (os.cpu_count() or 1)


async def known_owner(office: Office) -> None:
    """An owner with a car."""
    client = await office.service.agent()
    owner = await client.post("/api/v1/owners", {"name": "王先生", "phones": ["13800138000"]})
    car = await client.post("/api/v1/vehicles", {"plate": "辽A12345", "model": "中华V7"})
    await client.post(f"/api/v1/owners/{owner['id']}/vehicles", {"vehicle_id": car["id"]})


async def test_from_the_ring_to_the_offer_by_keyboard(office: Office):
    station = await office.service.station("HOME", 2.0)
    await office.service.station("NIGHT", 1.0, rescue_hours="off")
    await known_owner(office)
    agent = await at_the_console(office, "agent", "desk")
    page, hands = agent.page, Hands(agent.page)
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    await expect(page.locator("header .line.live")).to_be_visible()
    # What the caller has sent lies on the clipboard.
    await agent.context.grant_permissions(["clipboard-read", "clipboard-write"])
    told = f"东望街口 https://uri.amap.com/marker?position={SHENYANG[1]},{SHENYANG[0]}"
    await page.evaluate("words => navigator.clipboard.writeText(words)", told)

    client = await office.service.agent()
    await client.post("/api/v1/calls", {"carrier_ref": "c-1", "caller": "13800138000"})
    await hands.wait_for("[data-test=car]")
    # He answers; it is a rescue; which fault; where; that place; those who would come: send.
    await hands.decides_on("F2", "[data-test=work] .answered")
    await hands.decides_on("1", ".faults")
    assert await grave_faults(page) == []
    await hands.decides_on("1", "[data-test=work] .entry input:focus")
    await hands.decides_on("Control+v", "[data-ranked]")
    await hands.decides_on("Enter", ".send button:focus")
    await expect(page.locator("[data-passed]")).to_contain_text("不在值班")
    await expect(page.get_by_role("button", name="派单")).to_be_in_viewport()
    assert not await agent.is_too_wide()
    assert await grave_faults(page) == []
    await hands.decides_on("Enter", "[data-offer].offered")
    LOG.info("from the ring to the offer: %s, %.1f s", hands, hands.seconds)

    (ticket,) = (await client.get("/api/v1/tickets"))["items"]
    offer = await offer_for(station, ticket["id"])
    await expect(page.locator("[data-offer] .clock")).to_have_text(re.compile(r"剩余 \d+:\d\d"))
    await station.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 25})
    await expect(page.locator("[data-offer]")).to_contain_text("已接单")
    await expect(page.locator("[data-dispatch]")).to_contain_text("约 25 分钟")
    assert await grave_faults(page) == []
    assert (hands.keys, hands.decisions) == (7, 6)
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
