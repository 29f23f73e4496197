"""A supervisor watches a campaign's calls and sets how they are dialled; an agent reads what owners
have written back."""

import json
import re
from typing import Any
from uuid import UUID

from playwright.async_api import expect

from callcenter.calls.agents.model import READY
from callcenter.customers import service as customers
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.messages import inbound
from callcenter.messages.inbound import Written
from callcenter.outbound.dialling.repository import SQL
from callcenter.outbound.replies import Replies
from callcenter.web.links import SignedLinks
from callcenter.web.permission import Permission
from tests.calls.floor import Floor
from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console, pale_words, wcag_faults
from tests.portal.conftest import Office

LEFT_OUT = {"held_out": 12, "silent": 5, "no_consent": 31}
REASONS = {"skipped": {"refused": 3, "no_number": 7}, "ready": {"outside_hours": 18, "cap": 4}}
RUN = """
insert into campaign_runs (id, campaign_id, number, plan, policy, policy_version, in_audience,
    left_out)
select $1, id, 1, plan, policy, 'test', 80, $3 from campaigns where id = $2
"""
TOUCH = """
insert into touches (id, run_id, campaign_id, owner_id, step, channel, purpose, priority, bucket,
    state, reason, due_at, expires_at)
values ($1, $2, $3, $4, 0, 'agent_call', 'satisfaction', 5, 0, $5, $6, now() + interval '1 h',
    now() + interval '1 day')
"""
RINGING = """
insert into owner_calls (id, touch_id, campaign_id, owner_id, mode, number, words, language, state)
select gen_random_uuid(), id, campaign_id, owner_id, 'predictive', '+8613800138000', '', 'zh',
    'dialling'
from touches where campaign_id = $1 limit $2
"""


async def running_campaign(office: Office) -> UUID:
    """Agents call by it; some of its owners are not spoken to, for reasons."""
    boss = await office.service.client([Permission.OUTBOUND_WRITE])
    made = await boss.post("/api/v1/campaigns", {"name": "投诉回访", "kind": "complaint_call_back"})
    campaign_id, run_id = UUID(made["id"]), new_id()

    async def begun(tx: Tx) -> None:
        execute = tx.connection.execute
        await execute("update campaigns set state = 'running', approved_at = now()")
        await execute(RUN, run_id, campaign_id, json.dumps(LEFT_OUT))
        for state, reasons in REASONS.items():
            for reason, count in reasons.items():
                for _ in range(count):
                    owner_id = new_id()
                    await execute("insert into owners (id, name) values ($1, '车主')", owner_id)
                    given = (new_id(), run_id, campaign_id, owner_id, state, reason)
                    await execute(TOUCH, *given)

    await office.service.database.run(begun)
    return campaign_id


async def looked_at(office: Office, campaign_id: UUID, **stood: Any) -> None:
    """What the dialling keeps for the picture at each look."""
    told = {"mode": "progressive", "because": "small_group", "answer_rate": 0.42}
    told |= {"answer_rate_within": 0.08} | stood
    given = {"campaign_id": campaign_id, "mode": "preview", "group_name": "desk", "cap": 0.03}
    async with office.service.database.transaction() as tx:
        await SQL.keep_stood(tx.connection, **given, machine="not_asked", stood=json.dumps(told))


async def test_how_the_calls_go_and_how_they_are_dialled(office: Office):
    campaign_id, floor = await running_campaign(office), Floor(office.service.database)
    boss = await at_the_console(office, "supervisor", f"outbound/campaigns/{campaign_id}")
    page = boss.page
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    picture = page.get_by_role("region", name="此刻的外呼")
    await expect(picture).to_contain_text("坐席自己拨号")
    reasons = page.get_by_role("region", name="为什么没有联系")
    for words, count in (("没有同意这类联系", 31), ("没有号码", 7), ("不在允许时段", 18)):
        await expect(reasons.get_by_role("listitem").filter(has_text=words)).to_contain_text(
            str(count)
        )

    settings = page.get_by_role("region", name="怎样拨号")
    await settings.get_by_role("heading", name="怎样拨号").click()
    await settings.get_by_role("radio", name=re.compile("预测")).check()
    await expect(settings.get_by_text("这一组现在在岗 0 位")).to_be_visible()
    await settings.get_by_label("无坐席预算").fill("2")
    await settings.get_by_label("无坐席预算").press("Tab")
    await settings.get_by_role("button", name="保存设置").click()
    await expect(settings.get_by_text("已保存")).to_be_visible()
    await expect(picture).to_contain_text("没有照看这个活动")

    for _ in range(3):
        await floor.ready(await floor.agent(), READY)
    await floor.picks_up(floor.agents[0], (await floor.rings()).id)
    await looked_at(office, campaign_id)
    async with office.service.database.transaction() as tx:
        await tx.connection.execute(RINGING, campaign_id, 5)
    await expect(picture).to_contain_text("正在逐一拨号")
    await expect(picture).to_contain_text(re.compile("空闲 2.*通话 1.*振铃 2.*提前拨出 3"))
    await expect(settings.get_by_text("这一组现在在岗 3 位,不足 8 位")).to_be_visible()
    assert not await boss.is_too_wide()
    assert await wcag_faults(page) == []

    for agent in floor.agents[1:]:
        await floor.picks_up(agent, (await floor.rings()).id)
    waits = await floor.waits(group="desk")
    async with office.service.database.transaction() as tx:
        await tx.connection.execute(
            "update queue_entries set entered_at = now() - interval '10 s' where call_id = $1",
            waits.id,
        )
    await expect(picture).to_contain_text("来电优先:1 通来电在等")
    await page.evaluate("document.documentElement.classList.add('dark')")
    assert await pale_words(page) == []

    await page.get_by_role("link", name="规则包 cn").click()
    await expect(page.get_by_text("需要法律审核")).to_be_visible()
    sold = page.get_by_role("row", name=re.compile("营销")).get_by_role("img").first
    await expect(sold).to_have_accessible_name(
        re.compile("周一至周五 09:00–12:00, 14:00–20:00; .*周日 不联系; 节假日 不联系")
    )
    await page.get_by_role("link", name=re.compile("美国")).click()
    await expect(page.get_by_text("America/")).to_be_visible()
    assert not await boss.is_too_wide()


async def test_a_call_for_help_stands_first_and_a_likely_refusal_is_marked(office: Office):
    reader = Replies("https://example.invalid", SignedLinks(b"k" * 32))

    async def wrote(tx: Tx) -> None:
        await customers.add_owner(tx, "test", name="王芳", phones=["+8613800138000"])
        for body in ("车抛锚了,别再发短信了", "你是谁", "别再发了"):
            await inbound.take(tx, Written("centre", "+8613800138000", body), reader)

    await office.service.database.run(wrote)
    agent = await at_the_console(office, "agent", "outbound/texts")
    texts = agent.page.get_by_role("listitem").filter(has_text="138****8000")
    await expect(texts).to_have_count(3)
    await expect(texts.nth(0)).to_contain_text("可能在求助")
    await expect(texts.nth(0)).not_to_contain_text("按退订处理了")
    await expect(texts.nth(1)).to_contain_text("按退订处理了")
    await expect(texts.nth(2)).to_contain_text("你是谁")
    assert await wcag_faults(agent.page) == []
    await texts.nth(1).get_by_role("link", name="王芳").click()
    await expect(agent.page.get_by_text("联系意愿").first).to_be_visible()


async def test_texts_nobody_understood_are_read_and_dealt_with(office: Office):
    async def wrote(tx: Tx) -> None:
        await customers.add_owner(tx, "test", name="王芳", phones=["+8613800138000"])
        for body, sender in (("多少钱?", "+8613800138000"), ("你是谁", "+8613900000000")):
            await inbound.take(tx, Written("centre", sender, body))

    await office.service.database.run(wrote)
    agent = await at_the_console(office, "agent", "outbound/texts")
    colleague = await at_the_console(office, "expert", "outbound/texts", english=True)
    page, theirs = agent.page, colleague.page
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    asked = page.get_by_role("listitem").filter(has_text="多少钱?")
    await expect(asked).to_contain_text("138****8000")
    await expect(theirs.get_by_text("a number of no owner")).to_be_visible()
    assert await wcag_faults(page) == []
    await asked.get_by_role("textbox").fill("已回电")
    await asked.get_by_role("button", name="已处理").click()
    await expect(asked).to_have_count(0)
    await expect(theirs.get_by_text("多少钱?")).to_have_count(0)
    await theirs.get_by_role("link", name="Dealt with").click()
    await expect(theirs.get_by_role("listitem").filter(has_text="多少钱?")).to_contain_text(
        re.compile("agent, .*已回电")
    )
    await theirs.get_by_role("link", name="王芳").click()
    await expect(theirs.get_by_role("heading", level=1)).to_contain_text("王芳")
