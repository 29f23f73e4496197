"""A maintenance campaign from its audience over a text, keys, an agent and a web survey to its
results: real telephones, a message centre, a mail server, browsers."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
from playwright.async_api import Browser, expect

from callcenter.db.database import Database
from callcenter.places.intake import Intake
from tests.messages.smpp_centre import centre
from tests.messages.test_smpp import by as by_smpp
from tests.messages.test_smtp import by as by_smtp
from tests.messages.test_smtp import mail_server
from tests.outbound.whole.cast import LINK, PLANNER
from tests.outbound.whole.season import Owner, Season
from tests.portal.conftest import Person, quick_hashes
from tests.telephony.agent_console import AtTheConsole, opened
from tests.telephony.browser import MICROPHONE_HZ
from tests.telephony.conftest import asterisk, exchange, installation
from tests.telephony.exchange import Exchange
from tests.telephony.scene import CALLER_HZ, hearing
from tests.telephony.sip.call import SipCall
from tests.telephony.sip.sound import tone
from tests.telephony.test_agent_console import pytestmark, speaking
from tests.telephony.test_mandarin import SPEAKS

__all__ = ["asterisk", "exchange", "installation", "pytestmark", "quick_hashes", "speaking"]

CAME_OF = re.compile("短信: 已预约 1; .*自动外呼: .*无人接听 1; .*人工外呼: 已预约 1; .*问卷完成 1")
HELLO = np.concatenate([np.zeros(2000), tone(450.0, seconds=0.4), np.zeros(160_000)])
"""A short word and then nothing, as a person says it and no machine does."""


@pytest.fixture
async def season(
    database: Database, intake: Intake, exchange: Exchange, speaking: Browser, tmp_path: Path
) -> AsyncIterator[Season]:
    async with centre() as texts, mail_server() as mail:
        both = {"email": "smtp", "smtp": by_smtp(mail).smtp}
        senders = by_smpp(texts).model_copy(update=both)
        given = (database, intake, exchange, speaking, tmp_path / "data")
        async with opened(*given, senders=senders, outbound=True) as house:
            carrier = await exchange.carrier()
            planner = await house.office.service.client(PLANNER)
            yield Season(house, texts, mail, carrier, planner)


async def goes_on(owner: Person) -> None:
    async with owner.page.expect_navigation():
        await owner.page.click("button.main")


async def he_books_on_the_web(season: Season, owner: Owner) -> None:
    person = await season.house.office.person(phone=True)
    await person.goes_to(owner.link)
    async with person.page.expect_navigation():
        await person.page.click("a.button[href*='station=']")
    await person.page.locator("input[name=starts_at]").first.check()
    await goes_on(person)
    await person.sees("已预约")
    await season.comes_to(owner, (0, "sent", "booked"), (1, "withdrawn", None))


async def he_asks_for_a_person_by_key(season: Season, owner: Owner) -> None:
    await season.days_pass(owner)
    call = await season.rings(owner)
    call.answer()
    await call.until("up")
    call.say(HELLO)
    async with asyncio.timeout(30):
        while (await call.hear(0.3)).is_silent:
            pass
    call.press("2")
    await call.until("over")
    promised = ((1, "sent", "call_back"), (1, "ready", None))
    await season.comes_to(owner, (0, "sent", None), *promised)


async def is_called(season: Season, agent: AtTheConsole, owner: Owner) -> SipCall:
    """The agent sees whom he calls, and why, and what to say; he dials, and both are heard."""
    page, panel = agent.page, agent.page.locator("[data-test=owner-call]")
    await page.keyboard.press("Alt+n")
    await expect(panel).to_contain_text(owner.name)
    await expect(panel.locator("[data-test=why-you] li").first).to_be_visible()
    await expect(panel.locator("[data-test=script]")).to_contain_text(f"{owner.name}您好")
    await page.keyboard.press("F2")
    call = await season.rings(owner)
    call.answer()
    call.say(tone(CALLER_HZ))
    await expect(panel.locator(".stage")).to_have_text("通话中")
    await hearing({call: {MICROPHONE_HZ}, agent: {CALLER_HZ}})
    return call


async def an_agent_books_for_him(season: Season, agent: AtTheConsole, owner: Owner) -> None:
    call = await is_called(season, agent, owner)
    panel = agent.page.locator("[data-test=owner-call]")
    await panel.get_by_text("已预约").click()
    call.hang_up()
    await expect(panel.locator(".stage")).to_have_text("请记录结果")
    await agent.page.keyboard.press("Alt+Enter")
    called = ((1, "sent", "call_back"), (1, "sent", "booked"))
    await season.comes_to(owner, (0, "sent", None), *called)


async def an_agent_asks_him(season: Season, agent: AtTheConsole, owner: Owner) -> None:
    """Nobody answers the machine's call; the agent's he answers, and has no time for all of it."""
    await season.days_pass(owner)
    (await season.rings(owner)).refuse(480)
    said = ((0, "sent", None), (1, "sent", "no_answer"))
    await season.comes_to(owner, *said, (2, "ready", None))
    call = await is_called(season, agent, owner)
    panel = agent.page.locator("[data-test=owner-call]")
    await expect(panel).to_contain_text("您对服务站满意吗?")
    await panel.get_by_role("radio", name="4", exact=True).check(force=True)
    await panel.get_by_role("button", name="记下,下一题").click()
    await expect(panel).to_contain_text("您会推荐我们吗?")
    call.hang_up()
    await expect(panel.locator(".stage")).to_have_text("请记录结果")
    await agent.page.keyboard.press("Alt+Enter")
    await season.comes_to(owner, *said, (2, "sent", "survey_begun"), (3, "sent", None))


async def he_rings_back(season: Season, agent: AtTheConsole, owner: Owner) -> None:
    """The agent who picks up sees what was said to him, and may go on with his survey."""
    caller = await season.house.caller(owner.phone)
    await expect(agent.page.locator("[data-test=phone-ringing]")).to_be_visible()
    await agent.page.keyboard.press("F2")
    await hearing({caller: {MICROPHONE_HZ}, agent: {CALLER_HZ}})
    said = agent.page.locator("[data-test=last-words]")
    await expect(said).to_contain_text("年终保养")
    await expect(said).to_contain_text("帮您约最近的服务站好吗?")
    await said.get_by_role("button", name="接着问").first.click()
    await expect(said).to_contain_text("您会推荐我们吗?")
    caller.hang_up()
    await caller.until("over")


async def he_ends_it_on_the_web(season: Season, owner: Owner) -> None:
    """Where the agent has stopped."""
    (letter,) = season.mail.letters
    found = LINK.search(letter.get_content())
    assert found is not None, letter.get_content()
    person = await season.house.office.person(phone=True)
    await person.goes_to(found[1])
    await person.sees("您会推荐我们吗?")
    await person.page.check("input[name=score][value='9']")
    await goes_on(person)
    await person.sees("感谢")


@SPEAKS
async def test_from_the_audience_to_the_results(season: Season):
    path = await season.begins()
    web, keys, quiet = await season.texted()
    await he_books_on_the_web(season, web)
    await he_asks_for_a_person_by_key(season, keys)
    agent = await season.house.agent()
    await agent.is_ready()
    await an_agent_books_for_him(season, agent, keys)
    await an_agent_asks_him(season, agent, quiet)
    await he_rings_back(season, agent, quiet)
    await he_ends_it_on_the_web(season, quiet)
    boss = await season.house.agent("supervisor", f"outbound/campaigns/{path.rsplit('/', 1)[1]}")
    await expect(boss.page.get_by_role("img", name=CAME_OF)).to_be_visible()
    results = boss.page.get_by_role("region", name="有没有用")
    await results.get_by_text("用表格看").click()
    await expect(results.get_by_role("row", name=re.compile("^预约 1 ."))).to_be_visible()
