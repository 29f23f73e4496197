"""The hotline without a telephone: the caller's page and the agent's console side by side."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from callcenter.calls import samples
from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.telephony.prompts import wav
from callcenter.telephony.prompts.voice import Voice
from tests.conftest import CHROMIUM
from tests.console.conftest import at_the_console, grave_faults
from tests.console.test_desk import owner
from tests.console.test_seat import offers
from tests.portal.conftest import Office, opened
from tests.service import eventually, running
from tests.telephony.browser import MICROPHONE_HZ, microphone
from tests.telephony.test_prompts import loudest

NIGHT = "callcenter.telephony.flow.walk.is_open"


@pytest.fixture
async def demo(
    database: Database, intake: Intake, browser: Browser, tmp_path: Path
) -> AsyncIterator[Office]:
    """The demo, with windows."""
    async with (
        running(database, intake, data_dir=tmp_path, demo=True) as service,
        opened(service, browser) as office,
    ):
        yield office


async def looks(page: Page, name: str) -> None:
    """A picture for who asked for pictures by SIMULATOR_PICTURES, a folder."""
    if folder := os.environ.get("SIMULATOR_PICTURES"):
        await page.screenshot(path=f"{folder}/{name}.png")


async def dials(page: Page) -> None:
    await page.locator("[data-test=call]").click()
    await expect(page.locator("[data-test=subtitles]")).to_contain_text("English, press 9")


async def test_the_caller_presses_3_and_waits_the_agent_picks_up_and_either_hangs_up(demo: Office):
    client = await demo.service.agent()
    await owner(client, "李秀英", samples.SAMPLE_CALLER, "辽A12345")
    caller = (await at_the_console(demo, "supervisor", "simulator")).page
    agent = (await at_the_console(demo, "agent", "desk")).page
    state, said = caller.locator("[data-test=line-state]"), caller.locator("[data-test=subtitles]")
    await looks(caller, "idle.zh")
    await dials(caller)
    # Typed ahead: it is heard when nobody speaks over it any more.
    await caller.keyboard.press("3")
    await expect(said).to_contain_text("您按了 3")
    await expect(state).to_contain_text("您排在第 1 位")
    await expect(state).to_contain_text("现在无人在线")
    await looks(caller, "waiting.zh")
    assert await grave_faults(caller) == []

    await offers(agent)
    await expect(agent.locator("[data-test=offer]")).to_contain_text("轮到您的来电")
    await expect(agent.locator("[data-test=work]")).to_contain_text("李秀英")
    await expect(state).to_contain_text("正在坐席处振铃")
    await agent.keyboard.press("F2")
    await expect(state).to_contain_text("agent 已接听")
    await expect(caller.locator("[data-step=rescue_queue]")).to_have_attribute(
        "aria-current", "step"
    )
    await looks(caller, "talking.zh")
    await agent.keyboard.press("F4")
    await expect(state).to_contain_text("通话结束")
    await expect(state).to_contain_text("坐席挂断")
    await agent.keyboard.press("Alt+2")
    await agent.keyboard.press("Alt+Enter")
    await expect(agent.locator("[data-test=seat]")).to_contain_text("就绪")

    await dials(caller)
    await caller.locator("[data-key='0']").click()
    await expect(agent.locator("[data-test=offer]")).to_be_visible()
    await agent.keyboard.press("F2")
    await expect(state).to_contain_text("已接听")
    await caller.locator("[data-test=hang-up]").click()
    await expect(agent.locator("[data-test=wrap-up]")).to_be_visible()
    await expect(state).to_contain_text("通话结束")


async def test_english_by_9_and_a_message_at_night_without_a_microphone(
    demo: Office, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(NIGHT, lambda *_: False)
    page = (await at_the_console(demo, "admin", "simulator", english=True)).page
    await page.get_by_role("button", name="Dark").click()
    said, state = page.locator("[data-test=subtitles]"), page.locator("[data-test=line-state]")
    await dials(page)
    await page.keyboard.press("9")
    await expect(said).to_contain_text("For roadside rescue press 3")
    await looks(page, "menu.dark.en")
    assert await grave_faults(page) == []
    await page.keyboard.press("1")
    await expect(said).to_contain_text("We are closed now")
    await page.keyboard.press("1")
    await expect(said).to_contain_text("Leave your message after the tone")
    await expect(said).to_contain_text("We have your message")
    await expect(state).to_contain_text("silence was left")
    await expect(state).to_contain_text("The call is over")
    async with demo.service.database.reading() as tx:
        (left,) = await tx.connection.fetch("select * from left_messages")
    assert (demo.service.settings.data_dir / left["recording"]).stat().st_size > 8000


async def test_a_message_is_what_the_microphone_heard(
    database: Database, intake: Intake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: nobody speaks")
    monkeypatch.setattr(NIGHT, lambda *_: False)
    async with (
        microphone(CHROMIUM, tmp_path) as browser,
        running(database, intake, data_dir=tmp_path, demo=True) as service,
        opened(service, browser) as office,
    ):
        page = (await at_the_console(office, "agent", "simulator")).page
        state = page.locator("[data-test=line-state]")
        await dials(page)
        await page.keyboard.press("1")
        await expect(page.locator("[data-test=subtitles]")).to_contain_text("现在是非工作时间")
        await page.keyboard.press("1")
        await expect(state).to_contain_text("正在录音")
        await asyncio.sleep(2)
        await page.keyboard.press("#")
        await expect(state).to_contain_text("通话结束")
        await expect(state).not_to_contain_text("静音")
    (file,) = (tmp_path / "left_messages").iterdir()
    heard = file.read_bytes()
    assert 1.5 < wav.seconds(heard) < 4
    assert loudest(heard)[0] == pytest.approx(MICROPHONE_HZ, abs=8)


async def test_a_closed_tab_is_a_caller_who_has_hung_up(demo: Office):
    person = await at_the_console(demo, "agent", "simulator")
    await dials(person.page)
    await person.page.keyboard.press("3")
    await expect(person.page.locator("[data-test=line-state]")).to_contain_text("您排在第 1 位")
    await person.page.goto(str(demo.service.server.make_url("/password")))

    async def end() -> str | None:
        async with demo.service.database.reading() as tx:
            reason: str | None = await tx.connection.fetchval("select end_reason from calls")
            return reason

    assert await eventually(end, within_s=10) == "abandoned"


async def test_without_a_voice_the_page_says_so_in_both_languages(
    database: Database,
    intake: Intake,
    browser: Browser,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(Voice, "of_this_machine", lambda: Voice(None))
    async with (
        running(database, intake, data_dir=tmp_path, demo=True) as service,
        opened(service, browser) as office,
    ):
        page = (await at_the_console(office, "agent", "simulator")).page
        notice = page.locator("[data-test=voice-notice]")
        await expect(notice).to_contain_text("由您的浏览器朗读")
        await expect(notice).to_contain_text("your browser speaks")
        assert await grave_faults(page) == []
        await page.locator("[data-test=call]").click()
        await expect(page.locator("[data-test=subtitles]")).to_contain_text("欢迎致电")
        await looks(page, "mute.zh")


async def test_the_desk_s_panel_leads_to_the_telephone(demo: Office):
    agent = (await at_the_console(demo, "agent", "desk")).page
    async with agent.expect_popup() as opening:
        await agent.get_by_role("link", name="用电话模拟拨打热线").click()
    phone = await opening.value
    await expect(phone.get_by_role("heading", level=1)).to_have_text("电话模拟")
