"""Recordings and left messages at the desk: heard by who may, kept from who may not."""

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.telephony.recordings import service as recordings
from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console, grave_faults
from tests.portal.conftest import Office
from tests.service import Service, eventually, running
from tests.telephony import kept
from tests.telephony.kept import sound


@pytest.fixture
async def service(database: Database, intake: Intake, tmp_path: Path) -> AsyncIterator[Service]:
    async with running(database, intake, data_dir=tmp_path) as it:
        yield it


async def photographed(page: Page, name: str) -> None:
    """For eyes: where SCREENSHOTS names a folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        await page.screenshot(path=f"{folder}/{name}.png", full_page=True)


async def complaint(service: Service, agent_login: str = "agent") -> tuple[str, str]:
    """A talk of the agent about a complaint, recorded; the ticket and the call."""
    client = await service.agent()
    rung = await client.post("/api/v1/calls", {"carrier_ref": "c-1", "caller": "13900139001"})
    call_id = rung["call"]["id"]
    ticket = await client.post(f"/api/v1/calls/{call_id}/tickets", {"kind": "complaint"})
    async with service.database.transaction() as tx:
        await tx.connection.execute(
            "update calls set state = 'answered', answered_at = now(), answered_by ="
            " (select id from staff_users where login = $2) where id = $1",
            UUID(call_id),
            agent_login,
        )
    return str(ticket["id"]), str(call_id)


async def opened(service: Service) -> list[Any]:
    """Who has opened recordings, by name."""
    async with service.database.reading() as tx:
        rows = await tx.connection.fetch(
            "select u.login from events e join staff_users u on e.actor = 'staff:' || u.id"
            " where e.kind = 'recording.played' order by e.id"
        )
    return [row["login"] for row in rows]


async def is_playing(page: Page) -> bool:
    asked = "[...document.querySelectorAll('audio')].some(a => a.currentTime > 0.2)"
    return bool(await page.evaluate(asked))


async def test_a_talk_is_played_in_its_ticket_and_written_down_once(office: Office):
    service = office.service
    agent = await at_the_console(office, "agent")
    ticket_id, call_id = await complaint(service)
    data = sound(600.0, 950.0, seconds=4)
    await kept.kept(service.database, service.settings.data_dir, UUID(call_id), data)
    await agent.goes_to(f"/console/tickets/{ticket_id}")
    card = agent.page.locator("[data-test=recordings]")
    await expect(card).to_contain_text("通话")
    await expect(card).to_contain_text("0:04")
    await expect(card.get_by_role("button", name="下载")).to_have_count(0)
    # By the keyboard: Enter opens it, and the player has the focus.
    await card.get_by_role("button", name="播放").focus()
    await agent.page.keyboard.press("Enter")
    await expect(card.locator("audio")).to_be_focused()
    await expect(card.locator("svg path")).to_have_attribute("d", re.compile("M299.5"))
    await eventually(lambda: is_playing(agent.page))
    # To and fro in it: many pieces, one access.
    await agent.page.evaluate("document.querySelector('audio').currentTime = 3")
    await card.locator("svg").click(position={"x": 5, "y": 5})
    assert await opened(service) == ["agent"]
    assert await grave_faults(agent.page) == []
    await agent.page.set_viewport_size(DESK_AT_125_PERCENT)
    assert not await agent.is_too_wide()
    await agent.sees("打开录音")
    await photographed(agent.page, "recordings-zh")


async def test_a_colleague_sees_that_there_is_one_and_a_supervisor_holds_it(office: Office):
    service = office.service
    await office.colleague("agent")
    expert = await at_the_console(office, "expert")
    supervisor = await at_the_console(office, "supervisor", english=True)
    ticket_id, call_id = await complaint(service)
    await kept.kept(service.database, service.settings.data_dir, UUID(call_id))
    await expert.goes_to(f"/console/tickets/{ticket_id}")
    card = expert.page.locator("[data-test=recordings]")
    await expect(card).to_contain_text("只有通话的坐席本人和班长可以收听")
    await expect(card.get_by_role("button")).to_have_count(0)
    page = supervisor.page
    await supervisor.goes_to(f"/console/tickets/{ticket_id}")
    card = page.locator("[data-test=recordings]")
    await expect(card).to_contain_text("kept until")
    await card.get_by_role("button", name="Put recordings on hold").click()
    await card.get_by_role("textbox").fill("A court has asked for it")
    await page.keyboard.press("Enter")
    await expect(card).to_contain_text("On hold since")
    await expect(card).to_contain_text("A court has asked for it")
    async with page.expect_download() as download:
        await card.get_by_role("button", name="Download").click()
    assert (await (await download.value).path()).stat().st_size == len(sound(600.0))
    assert await opened(service) == ["supervisor"]
    assert await grave_faults(page) == []
    await photographed(page, "hold-en")
    await card.get_by_role("button", name="Lift the hold").click()
    await expect(card).to_contain_text("kept until")


async def test_an_agent_pauses_while_a_number_is_said(office: Office):
    service = office.service
    agent = await at_the_console(office, "agent")
    _, call_id = await complaint(service)
    made, _ = await kept.running(service.database, UUID(call_id))
    page = agent.page
    await agent.goes_to(f"/console/desk?call={call_id}")
    now = page.locator("[data-test=recording-now]")
    await expect(now).to_contain_text("正在录音")
    await now.get_by_role("button", name="暂停录音").click()
    await expect(now).to_contain_text("正在切换")
    # Only the switch knows when it is so.
    await service.database.run(lambda tx: recordings.pause_done(tx, "hotline", made, paused=True))
    await expect(now).to_contain_text("录音已暂停")
    assert await grave_faults(page) == []
    await photographed(page, "pause-zh")
    await now.get_by_role("button", name="继续录音").click()
    await service.database.run(lambda tx: recordings.pause_done(tx, "hotline", made, paused=False))
    await expect(now).to_contain_text("正在录音")


async def test_messages_are_counted_heard_and_dealt_with(office: Office):
    service = office.service
    database, data_dir = service.database, service.settings.data_dir
    agent = await at_the_console(office, "agent", "messages")
    page = agent.page
    entry = page.get_by_role("navigation").get_by_role("link", name="留言")
    await expect(entry).to_have_text("留言")
    await agent.sees("没有待处理的留言")
    await kept.message(database, data_dir, "+8613900139001", data=sound(600.0, seconds=4))
    await kept.message(database, data_dir, None, "en")
    await expect(entry).to_have_text("留言 2")
    table = page.locator("[data-test=left-messages]")
    await expect(table.locator("tbody tr")).to_have_count(2)
    withheld, known = table.locator("tbody tr").nth(0), table.locator("tbody tr").nth(1)
    await expect(known).to_contain_text("139****9001")
    await expect(withheld.get_by_role("button", name="安排回电")).to_be_disabled()
    assert await grave_faults(page) == []
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    assert not await agent.is_too_wide()
    await photographed(page, "messages-zh")
    await known.get_by_role("button", name="播放").click()
    await eventually(lambda: is_playing(page))
    await expect(entry).to_have_text("留言 1")
    assert await opened(service) == ["agent"]
    await known.get_by_role("button", name="安排回电").click()
    await expect(known).to_contain_text("agent 已处理")
    await withheld.get_by_role("button", name="标记已处理").click()
    await expect(withheld).to_contain_text("agent 已处理")
    await expect(entry).to_have_text("留言")
    client = await service.agent()
    assert [p["kind"] for p in (await client.get("/api/v1/waiting"))["items"]] == ["call_back"]
    supervisor = await at_the_console(office, "supervisor", "messages", english=True)
    await supervisor.page.get_by_text("With those dealt with").click()
    await expect(supervisor.page.locator("tbody tr")).to_have_count(2)
    await expect(supervisor.page.locator("tbody")).to_contain_text("13900139001")
    await photographed(supervisor.page, "messages-en")


async def test_the_rule_is_changed_where_the_groups_are(office: Office):
    supervisor = await at_the_console(office, "supervisor", "hotline", english=True)
    page = supervisor.page
    card = page.locator("[data-test=recording-rule]")
    await card.locator("[name=mode]").select_option("groups")
    await card.get_by_text("Roadside rescue").click()
    await card.locator("[name=talk_days]").fill("30")
    await card.get_by_role("button", name="Save").click()
    await expect(card.get_by_role("status")).to_have_text("Saved")
    await photographed(page, "rule-en")
    await page.reload()
    await expect(card.locator("[name=talk_days]")).to_have_value("30")
    await expect(card.get_by_role("checkbox", name="Roadside rescue")).to_be_checked()
    assert await grave_faults(page) == []
