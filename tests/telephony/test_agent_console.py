"""The agent's phone is his console: JsSIP in Chromium, a real Asterisk, measured audio."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from callcenter.calls.reactions import lose_silent
from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.web.console import BUILT
from tests.console.conftest import AXE, grave_faults
from tests.portal.conftest import quick_hashes
from tests.service import eventually
from tests.telephony.agent_console import NUMBER, AtTheConsole, House, opened
from tests.telephony.browser import MICROPHONE_HZ, microphone
from tests.telephony.exchange import Exchange
from tests.telephony.scene import AGENT_HZ, CALLER_HZ, MUSIC, hearing, picked_up
from tests.telephony.sip.sound import tone

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: no browser phone"),
    pytest.mark.skipif(
        not (BUILT / "index.html").is_file() or not AXE.is_file(), reason="the console is not built"
    ),
]
__all__ = ["quick_hashes"]


@pytest.fixture(scope="module")
async def speaking(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Browser]:
    """A browser with a microphone."""
    assert CHROMIUM is not None
    async with microphone(CHROMIUM, tmp_path_factory.mktemp("microphone")) as it:
        yield it


@pytest.fixture
async def house(
    database: Database, intake: Intake, exchange: Exchange, speaking: Browser, tmp_path: Path
) -> AsyncIterator[House]:
    async with opened(database, intake, exchange, speaking, tmp_path / "data") as it:
        yield it


async def test_f2_picks_up_and_the_bar_drives_the_call(house: House):
    agent = await house.agent()
    await agent.is_ready()
    caller = await house.caller()
    await expect(agent.page.locator("[data-test=phone-ringing]")).to_be_visible()
    await agent.page.keyboard.press("F2")
    await agent.page.keyboard.press("F2")
    await agent.stands("通话中")
    await hearing({caller: {MICROPHONE_HZ}, agent: {CALLER_HZ}})
    await agent.page.keyboard.press("Alt+p")
    await agent.stands("保持中")
    await hearing({caller: {MUSIC}, agent: set()})
    await agent.page.keyboard.press("Alt+p")
    await agent.stands("通话中")
    await agent.page.keyboard.press("Alt+m")
    await hearing({caller: set(), agent: {CALLER_HZ}})
    await agent.page.keyboard.press("Alt+m")
    await agent.page.keyboard.press("Alt+k")
    await agent.page.keyboard.press("5")
    assert await grave_faults(agent.page) == []
    async with asyncio.timeout(10):
        while caller.voice.keys_heard != "5":
            await asyncio.sleep(0.02)
    await agent.page.keyboard.press("Escape")
    await agent.page.keyboard.press("F4")
    await caller.until("over")
    await expect(agent.bar).to_have_count(0)
    await expect(agent.page.locator("[data-test=wrap-up]")).to_be_visible()


async def test_a_colleague_at_a_desk_phone_is_asked_and_gets_the_call_and_no_number_is_seen(
    house: House, exchange: Exchange
):
    agent = await house.agent()
    expert = await house.agent("expert")
    await expert.sits("ArrowDown")
    await expert.chooses_desk_phone("101")
    phone = await exchange.desk("101")
    await agent.is_ready()
    caller = await house.caller()
    await expect(agent.page.locator("[data-test=phone-ringing]")).to_be_visible()
    await agent.page.keyboard.press("F2")
    await agent.stands("通话中")
    await agent.page.keyboard.press("Alt+c")
    await expect(agent.page.locator("[data-test=reach] li")).to_have_count(1)
    assert await grave_faults(agent.page) == []
    await agent.page.locator("[data-test=reach]").get_by_role("button", name="咨询").click()
    await agent.stands("正在呼叫第三方")
    colleague = await picked_up(phone, AGENT_HZ)
    await agent.stands("咨询中,来电人等待")
    await hearing({caller: {MUSIC}, agent: {AGENT_HZ}, colleague: {MICROPHONE_HZ}})
    await agent.page.keyboard.press("Alt+j")
    await agent.stands("三方通话")
    await hearing({caller: {MICROPHONE_HZ, AGENT_HZ}, agent: {CALLER_HZ, AGENT_HZ}})
    await agent.page.keyboard.press("Alt+h")
    await expect(agent.page.locator("[data-test=wrap-up]")).to_be_visible()
    await hearing({caller: {AGENT_HZ}, colleague: {CALLER_HZ}})
    await expect(expert.page.locator("[data-test=seat]")).to_contain_text("通话中")
    caller.hang_up()
    await colleague.until("over")
    assert [one for one in house.told if "INVITE" in one], "the phone's signalling was seen"
    assert [one for one in house.told if NUMBER in one or NUMBER[2:] in one] == []


async def test_click_to_dial_rings_here_and_then_out_there(house: House, exchange: Exchange):
    agent = await house.agent()
    owner = {"name": "王建国", "phones": [NUMBER]}
    owner_id = (await house.client.post("/api/v1/owners", owner))["id"]
    carrier = await exchange.carrier()
    await agent.opens(f"owners/{owner_id}")
    dial = agent.page.get_by_role("button", name="拨打 王建国")
    await expect(dial).to_have_attribute("aria-disabled", "true")
    await agent.is_ready()
    await dial.click()
    other = await carrier.next_call()
    assert NUMBER in other.invitation["to"]
    await agent.stands("呼叫中")
    other.answer()
    other.say(tone(CALLER_HZ))
    await agent.stands("通话中")
    await hearing({other: {MICROPHONE_HZ}, agent: {CALLER_HZ}})
    await agent.bar.get_by_role("button", name="挂断").click()
    await other.until("over")
    assert [one for one in house.told if NUMBER in one] == []


async def test_a_supervisor_listens_whispers_barges_in_and_each_is_logged(house: House):
    agent = await house.agent()
    await agent.is_ready()
    boss = await house.agent("supervisor", "board?hotline=talking")
    caller = await house.caller()
    await agent.page.locator("[data-test=phone-ringing]").wait_for()
    await agent.page.keyboard.press("F2")
    await agent.stands("通话中")
    buttons = boss.page.get_by_role("group", name="监听 agent")
    await buttons.get_by_role("button", name="监听").click()
    await boss.stands("旁听中")
    # Both browsers say the same tone: what he hears is both, what they hear is not his.
    await hearing({boss: {CALLER_HZ, MICROPHONE_HZ}, agent: {CALLER_HZ}})
    await buttons.get_by_role("button", name="耳语").click()
    await hearing({agent: {CALLER_HZ, MICROPHONE_HZ}})
    await buttons.get_by_role("button", name="停止监听").click()
    await expect(boss.bar).to_have_count(0)
    me, him = await house.staff("supervisor"), await house.staff("agent")
    logged = await house.rows(
        "select actor, facts from events where kind = 'call.ordered' order by seq"
    )
    assert {one["actor"] for one in logged} == {f"staff:{me}"}
    told = [json.loads(one["facts"]) for one in logged]
    assert [one["verb"] for one in told] == ["listen", "whisper", "stop_listening"]
    assert {one["agent_id"] for one in told} == {str(him)}
    auditor = await house.agent("admin", "audit?kind=call.ordered")
    await expect(auditor.page.get_by_role("table")).to_contain_text("做什么: 监听")
    caller.hang_up()


MUTE = """
const asked = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = (what) =>
  window.isAllowed ? asked(what) : Promise.reject(new DOMException("", "NotAllowedError"));
"""


async def test_without_a_microphone_he_is_told_and_one_window_has_the_phone(house: House):
    agent = await house.agent()
    await agent.page.add_init_script(MUTE)
    await agent.opens("desk")
    await agent.sits()
    trouble = agent.page.locator("[data-test=phone-trouble]")
    await expect(trouble).to_contain_text("浏览器未允许使用麦克风")
    other = AtTheConsole(replace(agent.person, page=await agent.person.context.new_page()))
    await other.opens("tickets")
    await expect(other.page.locator("[data-test=phone-trouble]")).to_contain_text("另一个窗口")
    await agent.page.evaluate("isAllowed = true; dispatchEvent(new Event('focus'))")
    await agent.is_registered()
    await agent.page.close()
    await other.is_registered()


async def test_a_switch_that_was_restarted_finds_the_phone_again(house: House, exchange: Exchange):
    agent = await house.agent()
    await agent.is_ready()
    await exchange.asterisk.stop()
    await expect(agent.page.locator("[data-test=phone-trouble]")).to_contain_text("电话连接中")
    await exchange.asterisk.start()
    await agent.is_registered()
    caller = await house.caller()
    await agent.page.locator("[data-test=phone-ringing]").wait_for()
    await agent.page.keyboard.press("F2")
    await hearing({caller: {MICROPHONE_HZ}, agent: {CALLER_HZ}})


async def test_a_browser_that_dies_loses_its_seat_and_the_caller_is_next_again(
    house: House, exchange: Exchange
):
    agent = await house.agent()
    await agent.is_ready()
    caller = await house.caller()
    await agent.page.locator("[data-test=phone-ringing]").wait_for()
    await agent.page.keyboard.press("F2")
    await hearing({caller: {MICROPHONE_HZ}, agent: {CALLER_HZ}})
    await agent.person.context.close()
    await hearing({caller: {MUSIC}})
    rules = house.office.service.settings.queue

    async def is_lost() -> bool:
        await lose_silent(house.office.service.database, rules)
        (seat,) = await house.rows("select lost from seats")
        return bool(seat["lost"])

    await eventually(is_lost)

    async def is_next() -> bool:
        places = await house.rows("select state from queue_entries order by entered_at")
        return [one["state"] for one in places] == ["answered", "waiting"]

    await eventually(is_next)
    assert caller.state == "up"
    await hearing({caller: {MUSIC}})
    phone = await exchange.desk("101")
    other = await house.agent("expert")
    await other.chooses_desk_phone("101")
    await other.sits()
    colleague = await picked_up(phone, AGENT_HZ)
    await hearing({caller: {AGENT_HZ}, colleague: {CALLER_HZ}})
    colleague.hang_up()
    await caller.until("over")
