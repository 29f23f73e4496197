"""A night's call from the first ring to the recording: one owner, one agent in his browser, a
station that sleeps beside its duty phone, an expert at his desk."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.settings import RoutingSettings
from callcenter.telephony.prompts.voice import Voice
from tests.console.test_story import TOLD
from tests.service import eventually
from tests.telephony.agent_console import NUMBER, AtTheConsole, House, opened
from tests.telephony.browser import MICROPHONE_HZ
from tests.telephony.exchange import Exchange
from tests.telephony.recorded import heard_in
from tests.telephony.scene import AGENT_HZ, CALLER_HZ, EVERYBODY, MUSIC, hearing, picked_up
from tests.telephony.test_agent_console import pytestmark, quick_hashes, speaking

__all__ = ["pytestmark", "quick_hashes", "speaking"]
DUTY_PHONE = "+8613900000001"
LONG_ENOUGH_TO_BE_MEASURED_S = 2
ROUTING = RoutingSettings(offer_lifetime_s=120, duty_phone_after_s=2)


@pytest.fixture
async def house(
    database: Database, intake: Intake, exchange: Exchange, speaking: Browser, tmp_path: Path
) -> AsyncIterator[House]:
    if Voice.of_this_machine().program is None:
        pytest.skip("no espeak-ng: no duty phone is rung, nobody is told of a recording")
    folder = tmp_path / "data"
    async with opened(database, intake, exchange, speaking, folder, routing=ROUTING) as it:
        yield it


async def test_from_key_3_to_the_recording(house: House, exchange: Exchange):
    service = house.office.service
    await service.station("A", 1, duty_phone=DUTY_PHONE)
    await house.client.post("/api/v1/owners", {"name": "王建国", "phones": [NUMBER]})
    carrier = await exchange.carrier()
    expert = await house.agent("expert")
    await expert.sits("ArrowDown")
    await expert.chooses_desk_phone("101")
    desk_phone = await exchange.desk("101")
    agent = await house.agent()
    await agent.is_ready()

    caller = await house.caller()
    await agent.page.locator("[data-test=phone-ringing]").wait_for()
    links = (await house.client.get("/api/v1/messages"))["items"]
    assert [one["purpose"] for one in links] == ["first_words", "location_link"]
    await agent.page.keyboard.press("F2")
    await agent.stands("通话中")
    await hearing({caller: {MICROPHONE_HZ}, agent: {CALLER_HZ}})

    await confirms_the_place(agent)
    station = await carrier.next_call()
    station.answer()
    await station.until("up")
    assert not (await station.hear(3)).is_silent
    station.press("1")
    (ticket,) = (await house.client.get("/api/v1/tickets"))["items"]

    async def is_taken() -> bool:
        now = await house.client.get(f"/api/v1/tickets/{ticket['id']}")
        return bool(now["stage"] == "assigned")

    await eventually(is_taken)
    await station.until("over")
    await hearing({caller: {MICROPHONE_HZ}, agent: {CALLER_HZ}})

    await agent.page.keyboard.press("Alt+c")
    await agent.page.locator("[data-test=reach]").get_by_role("button", name="咨询").click()
    colleague = await picked_up(desk_phone, AGENT_HZ)
    await hearing({caller: {MUSIC}, agent: {AGENT_HZ}, colleague: {MICROPHONE_HZ}})
    await agent.page.keyboard.press("Alt+h")
    await hearing({caller: {AGENT_HZ}, colleague: {CALLER_HZ}})
    await asyncio.sleep(LONG_ENOUGH_TO_BE_MEASURED_S)
    caller.hang_up()
    await colleague.until("over")

    await eventually(lambda: two_parts(house))
    data_dir = service.settings.data_dir
    heard = [heard_in(data_dir, row).tones(*EVERYBODY) for row in await kept(house)]
    assert heard == [{CALLER_HZ, MICROPHONE_HZ}, {CALLER_HZ, AGENT_HZ}], "nothing of the aside"
    boss = await house.agent("supervisor", f"tickets/{ticket['id']}")
    card = boss.page.locator("[data-test=recordings]")
    await card.get_by_role("button", name="播放").first.click()
    await expect(card.locator("audio")).to_be_visible()
    played = await house.rows("select actor from events where kind = 'recording.played'")
    assert played == [{"actor": f"staff:{await house.staff('supervisor')}"}]


async def confirms_the_place(agent: AtTheConsole) -> None:
    """Key 3 has opened the ticket; as soon as it has a place, the nearest station is asked."""
    work = agent.page.locator("[data-test=work]")
    await work.get_by_role("textbox", name=re.compile("来电人怎么说")).fill(TOLD)
    await work.get_by_role("button", name="确认位置").click()
    await work.locator("[data-offer].offered").first.wait_for()


async def kept(house: House) -> list[dict[str, Any]]:
    return await house.rows("select * from call_recordings where state = 'kept' order by begun_at")


async def two_parts(house: House) -> bool:
    return len(await kept(house)) == 2
