"""Calls to owners at the desk: who and why, the words, the survey, what came of it, the promise."""

import logging
import os
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from callcenter.calls import contacts
from callcenter.calls import service as calls
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.dialling import repository, service
from callcenter.outbound.dialling.by_campaign import CampaignTouches
from callcenter.outbound.dialling.model import Begun, OwnerCall
from callcenter.outbound.dialling.standing import reserve
from callcenter.outbound.dialling.touches import Said
from callcenter.outbound.model import Way
from callcenter.outbound.policies.hours import Opens
from callcenter.outbound.promises import times
from callcenter.outbound.surveys import responses
from tests.console.calling import campaign_runs, car_owner
from tests.console.conftest import (
    DESK_AT_125_PERCENT,
    at_the_console,
    pale_words,
    wcag_faults,
)
from tests.console.test_desk import KNOWN, SHARED
from tests.console.test_seat import offers
from tests.outbound.dialling.test_by_campaign import OneText
from tests.outbound.surveys.cast import published, question, says, survey
from tests.portal.conftest import Office, Person

LOG = logging.getLogger(__name__)
TEXT_BEFORE = """
insert into touches (id, run_id, campaign_id, owner_id, step, attempt, channel, purpose, priority,
    bucket, due_at, expires_at, state, settled_at)
select $2, run_id, campaign_id, owner_id, 1, 1, 'text', purpose, priority, bucket, due_at,
    expires_at, 'sent', now() from touches where run_id = $1
"""


@pytest.fixture(autouse=True)
def always_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """At whatever hour of whatever day this is played, owners may be called."""
    monkeypatch.setattr(Opens, "next", lambda self, pack, hours, zone: self.at)
    monkeypatch.setattr(times, "open_now", lambda *_: True)
    monkeypatch.setattr(times, "open_spans", lambda _p, _h, _z, at, until: [(at, until)])


async def looks_well(person: Person, name: str) -> None:
    """Nothing grave, nothing too pale in the dark, nothing sideways; a picture for who asked."""
    page = person.page
    if folder := os.environ.get("OWNER_CALL_PICTURES"):
        await page.screenshot(path=Path(folder) / f"{name}.zh.png")
        await page.get_by_role("button", name="English").click()
        await page.screenshot(path=Path(folder) / f"{name}.en.png")
        await page.get_by_role("button", name="中文").click()
    found = await wcag_faults(page)
    await page.evaluate("document.documentElement.classList.add('dark')")
    found += await pale_words(page)
    await page.evaluate("document.documentElement.classList.remove('dark')")
    assert found == []
    assert not await person.is_too_wide()


async def outcomes(database: Database) -> Sequence[tuple[str, str | None]]:
    """Of all touches of an owner, step by step."""
    ordered = "select state, outcome from touches order by step, attempt"
    async with database.reading() as tx:
        rows = await tx.connection.fetch(ordered)
    return [(row["state"], row["outcome"]) for row in rows]


async def sits(page: Page, *keys: str) -> None:
    """The agent takes his seat; from then on he may take the next owner."""
    await offers(page, *keys)
    await expect(page.locator("[data-test=next-owner] button")).to_be_enabled()


async def dials(page: Page) -> None:
    """F2, and by a telephone that is not ours somebody picks up."""
    panel = page.locator("[data-test=owner-call]")
    await page.keyboard.press("F2")
    await panel.get_by_role("button", name="已接通").click()
    await expect(panel.locator(".stage")).to_have_text("通话中")


async def test_the_next_owner_is_seen_dialled_and_promised_a_call(office: Office):
    client, database = await office.service.agent(), office.service.database
    await car_owner(client, "王建国", KNOWN, "辽A12345")
    await client.post("/api/v1/tickets", {"kind": "enquiry", "caller_phone": KNOWN})
    await campaign_runs(database)
    agent = await at_the_console(office, "agent", "desk")
    page = agent.page
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    beside, panel = page.locator("[data-test=next-owner]"), page.locator("[data-test=owner-call]")
    await expect(beside).to_contain_text("1 位待呼")
    await expect(beside.get_by_role("button")).to_be_disabled()
    await sits(page, "ArrowDown")

    await page.keyboard.press("Alt+n")
    await expect(panel).to_contain_text("王建国")
    await expect(panel.locator("[data-test=why-you]")).to_contain_text("车型")
    await expect(panel.locator("blockquote")).to_have_text(
        "王建国您好,我是昀驰客服。您的昀驰 S7辽A12345该保养了,您看哪天方便?"
    )
    await expect(page.locator("[data-test=customer]")).to_contain_text("辽A12345")
    await looks_well(agent, "preview")
    await dials(page)
    await page.keyboard.press("Alt+2")
    when = panel.locator("[name=promised-at]")
    await expect(when).to_be_focused()
    await looks_well(agent, "talks")
    await panel.get_by_role("button", name="明天上午10点").click()
    await panel.locator("textarea").fill("想先问价格")
    await expect(panel.get_by_role("button", name="记录并结束")).to_be_disabled()
    await page.keyboard.press("F4")
    await expect(panel.locator(".stage")).to_have_text("请记录结果")
    # It is written up here, and nowhere else.
    await expect(page.locator("[data-test=wrap-up]")).to_have_count(0)
    await looks_well(agent, "write-up")
    await page.keyboard.press("Alt+Enter")

    promised = beside.locator("[data-test=promised] li")
    await expect(promised).to_contain_text("王建国")
    await expect(promised).to_contain_text("10:00")
    await expect(promised).to_contain_text("想先问价格")
    await expect(panel).to_have_count(0)
    await expect(page.locator("[data-test=seat]")).to_contain_text("离开:休息")
    assert await outcomes(database) == [("sent", "call_back"), ("ready", None)]
    await looks_well(agent, "promised")
    await page.keyboard.press("Alt+n")
    await expect(beside.locator("[data-test=nobody]")).to_be_visible()

    async with database.transaction() as tx:
        await tx.connection.execute("update touches set due_at = now() where state = 'ready'")
    await page.reload()
    await expect(promised).to_contain_text("到时间了")
    await page.keyboard.press("Alt+n")
    await expect(panel).to_contain_text("已答应他在")
    await expect(panel).to_contain_text("想先问价格")
    await expect(panel.locator("[data-test=last-words]")).to_contain_text("约定回电")
    await expect(panel.locator("[data-test=last-words]")).to_contain_text("10:00 回电")
    await expect(panel.locator("[data-test=last-words]")).to_contain_text("想先问价格")
    await looks_well(agent, "kept")


async def test_who_speaks_english_is_read_english_words_and_may_be_skipped(office: Office):
    client, database = await office.service.agent(), office.service.database
    await car_owner(client, "Mary", KNOWN, "辽A22222", language="en")
    await campaign_runs(database)
    agent = await at_the_console(office, "agent", "desk", english=True)
    page, panel = agent.page, agent.page.locator("[data-test=owner-call]")
    await sits(page)
    await page.keyboard.press("Alt+n")
    await expect(panel.locator("blockquote")).to_contain_text("Hello Mary")
    await page.get_by_role("button", name="中文").click()
    await expect(panel).to_contain_text("请说英文")
    await page.keyboard.press("Alt+x")
    await expect(panel.get_by_role("button", name="今天已和他谈过")).to_be_focused()
    await looks_well(agent, "skip")
    await panel.get_by_role("button", name="今天已和他谈过").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "Enter"):
        await page.keyboard.press(key)
    await expect(panel).to_have_count(0)
    # Left to who speaks it.
    assert await outcomes(database) == [("ready", None)]
    async with database.reading() as tx:
        note = await tx.connection.fetchval("select note from owner_calls")
    assert note == "not_my_language"


async def test_the_survey_goes_on_where_the_owner_left_it_on_the_web(office: Office):
    client, database = await office.service.agent(), office.service.database
    owner = await car_owner(client, "李敏", KNOWN, "辽A12345")
    questions = (question("csat", "all"), question("nps", "again"), question("text", "more"))
    survey_id = await database.run(lambda tx: published(tx, survey(*questions)))
    calling = await campaign_runs(database, survey_id)
    await database.run(lambda tx: _half_done(tx, calling.run_id, survey_id, UUID(owner["id"])))
    agent = await at_the_console(office, "agent", "desk")
    page, panel = agent.page, agent.page.locator("[data-test=owner-call]")
    await sits(page)
    await page.keyboard.press("Alt+n")
    await expect(panel).to_contain_text("李敏")
    await dials(page)
    asked = panel.get_by_role("region", name="向车主提问")
    await expect(asked.get_by_role("listitem").filter(has_text="网页")).to_contain_text("4")
    # By keys alone: nine of ten, then the text.
    await expect(asked.get_by_role("radio").first).to_be_focused()
    await page.keyboard.press("9")
    await page.keyboard.press("Enter")
    await expect(asked.get_by_role("listitem").filter(has_text="坐席")).to_contain_text("9")
    await expect(panel.get_by_role("radio", name="问卷未答完")).to_be_checked()
    await looks_well(agent, "survey")
    await page.keyboard.type("谢谢")
    await asked.get_by_role("button", name="记下,下一题").click()
    await expect(asked).to_contain_text("问卷已结束")
    await expect(panel.get_by_role("radio", name="问卷答完")).to_be_checked()
    await page.keyboard.press("F4")
    await expect(panel.locator(".stage")).to_have_text("请记录结果")
    await page.keyboard.press("Alt+Enter")
    await expect(panel).to_have_count(0)
    assert await outcomes(database) == [("sent", "survey_done"), ("sent", "survey_done")]


async def test_who_rings_back_goes_on_with_his_survey_at_the_desk(office: Office):
    client, database = await office.service.agent(), office.service.database
    owner = await car_owner(client, "赵强", SHARED, "辽A33333")
    questions = (question("csat", "all"), question("nps", "again"))
    survey_id = await database.run(lambda tx: published(tx, survey(*questions)))
    calling = await campaign_runs(database, survey_id)
    await database.run(lambda tx: _half_done(tx, calling.run_id, survey_id, UUID(owner["id"])))
    agent = await at_the_console(office, "agent", "desk")
    page, work = agent.page, agent.page.locator("[data-test=work]")
    await client.post("/api/v1/calls", {"carrier_ref": "c-1", "caller": SHARED})
    said = work.locator("[data-test=last-words]")
    await expect(said).to_contain_text("我们最近说过的")
    await said.get_by_role("button", name="接着问").click()
    await expect(said.get_by_role("listitem").filter(has_text="网页")).to_contain_text("4")
    await looks_well(agent, "inbound")
    # A key is an answer here, and opens no ticket.
    await said.get_by_role("radio").first.focus()
    await page.keyboard.press("1")
    await page.keyboard.press("Enter")
    await expect(said).to_contain_text("问卷已结束")
    assert (await client.get("/api/v1/tickets"))["items"] == []


async def test_who_is_put_through_is_known_at_once_whatever_stands_in_the_middle(office: Office):
    client, database = await office.service.agent(), office.service.database
    await car_owner(client, "孙丽", KNOWN, "辽A44444")
    ticket = await client.post("/api/v1/tickets", {"kind": "enquiry", "summary": "问保养"})
    calling = await campaign_runs(database)
    agent = await at_the_console(office, "agent", f"desk?ticket={ticket['id']}")
    page, work = agent.page, agent.page.locator("[data-test=work]")
    panel = page.locator("[data-test=owner-call]")
    await sits(page)
    await expect(work.get_by_role("heading", name=ticket["number"])).to_be_visible()
    touches = CampaignTouches(OneText())
    one = await database.run(partial(_rings, campaign_id=calling.campaign_id, touches=touches))
    rang = time.monotonic()
    me = await database.run(partial(reserve, owner_call=one, group="desk"))
    await expect(panel).to_contain_text("孙丽")
    LOG.info("from the seat to the owner on the screen: %.2f s", time.monotonic() - rang)
    await expect(panel.locator("[data-test=why-you]")).to_contain_text("昀驰 S7")
    assert me is not None
    assert one.call_id is not None

    async def speaks(tx: Tx) -> None:
        await contacts.connected(tx, f"staff:{me}", one.call_id)
        await service.connected(tx, f"staff:{me}", one.id, me, touches)

    await database.run(speaks)
    await expect(panel.locator(".stage")).to_have_text("通话中")
    await looks_well(agent, "put-through")
    # On whatever page he looks something up, the owner is named, and one press leads back.
    await page.get_by_role("link", name="工单", exact=True).first.click()
    bar = page.locator("[data-test=owner-bar]")
    await expect(bar).to_contain_text("孙丽")
    await looks_well(agent, "bar")
    await bar.get_by_role("link").click()
    await expect(panel.locator(".stage")).to_have_text("通话中")
    await client.post(f"/api/v1/calls/{one.call_id}/end", {"reason": "caller_hung_up"})
    await expect(panel.locator(".stage")).to_have_text("请记录结果")
    await page.keyboard.press("Alt+3")
    await page.keyboard.press("Alt+Enter")
    await expect(panel).to_have_count(0)
    # Back to what he was at.
    await expect(work.get_by_role("heading", name=ticket["number"])).to_be_visible()
    assert await outcomes(database) == [("sent", "noted")]


async def test_a_service_is_booked_while_the_owner_is_on_the_line(office: Office):
    client, database = await office.service.agent(), office.service.database
    await office.service.station("HOME", 2, workshop_hours="24/7")
    await car_owner(client, "周杰", KNOWN, "辽A55555")
    await campaign_runs(database)
    agent = await at_the_console(office, "agent", "desk")
    page, panel = agent.page, agent.page.locator("[data-test=owner-call]")
    await sits(page)
    await page.keyboard.press("Alt+n")
    await expect(panel).to_contain_text("周杰")
    await dials(page)
    await panel.locator("[data-test=book-here] summary").click()
    await panel.get_by_role("button", name="预约进站").click()
    await panel.locator(".ask input").first.fill("沈阳市沈河区")
    await page.keyboard.press("Enter")
    await panel.locator("[data-test=workshop] .times button").first.click()
    await expect(panel.get_by_role("radio", name="已预约")).to_be_checked()
    await looks_well(agent, "booked")
    await page.keyboard.press("F4")
    await expect(panel.locator(".stage")).to_have_text("请记录结果")
    await page.keyboard.press("Alt+Enter")
    await expect(panel).to_have_count(0)
    async with database.reading() as tx:
        (booking,) = await tx.connection.fetch(
            "select b.touch_id = t.id as moved_him, t.outcome from service_bookings b, touches t"
        )
    assert tuple(booking.values()) == (True, "booked")


async def _rings(tx: Tx, campaign_id: UUID, touches: CampaignTouches) -> OwnerCall:
    """As the dialler begins a call; the owner has picked up."""
    (touch,) = await touches.claim(tx, Way.AGENT_CALL, "dialler", 1, campaigns=[campaign_id])
    said = await touches.said(tx, touch)
    assert isinstance(said, Said)
    one = await repository.take(tx, touch, said, Begun.PROGRESSIVE, None)
    assert one is not None
    assert await touches.sending(tx, one.touch_id, "dialler")
    call = await calls.dial(tx, "dialler", one.number, one.language)
    dialled = await service.dialling(tx, "dialler", one, call.id)
    await service.answered(tx, dialled)
    return dialled


async def _half_done(tx: Tx, run_id: UUID, survey_id: UUID, owner_id: UUID) -> None:
    """By the link of a text he has given his first answer; that text is among what was said."""
    touch_id = new_id()
    await tx.connection.execute(TEXT_BEFORE, run_id, touch_id)
    found = await responses.open_response(tx, survey_id, owner_id=owner_id, touch_id=touch_id)
    await tx.connection.execute(
        "insert into contact_ledger (id, owner_id, touch_id, channel, purpose, at, state, words,"
        " survey_response_id) values ($1, $2, $3, 'text', 'contract', now(), 'said',"
        " '请点击链接答问卷', $4)",
        *(new_id(), owner_id, touch_id, found.id),
    )
    await says(tx, found.id, "all", score=4)
