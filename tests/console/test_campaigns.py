"""A campaign: from its kind's plan to words that fit, tried, approved, run, stopped."""

import json
import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Route, expect

from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.campaigns import runs
from callcenter.outbound.campaigns.model import Campaign
from callcenter.outbound.campaigns.people import About
from callcenter.outbound.campaigns.runs import Frozen
from callcenter.outbound.campaigns.trial import Sampler
from callcenter.staff import service as staff
from callcenter.web import frame
from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console, wcag_faults
from tests.portal.conftest import PASSWORD, Office, Person

AUDIENCE = UUID(int=7)
NAMES = ("王芳", "李强", "张敏", "刘洋")


class Everybody:
    """All cars there are, one of them held out."""

    async def sample(self, tx: Tx, audience_id: UUID, at_most: int) -> Sequence[About]:
        rows = await tx.connection.fetch(
            "select owner_id, vehicle_id from owner_vehicles order by owner_id limit $1", at_most
        )
        return [About(row["owner_id"], row["vehicle_id"]) for row in rows]

    async def freeze(self, tx: Tx, campaign: Campaign, run_id: UUID) -> Frozen:
        await tx.connection.execute(
            "insert into run_members (run_id, owner_id, vehicle_id, arm)"
            " select $1, owner_id, vehicle_id,"
            " case row_number() over (order by owner_id) when 1 then 'held_out' else 'treated' end"
            " from owner_vehicles",
            run_id,
        )
        return Frozen(len(NAMES), {"held_out": 1, "lives_on_the_moon": 2}, "{}")

    async def policy_version(self, tx: Tx, policy: str) -> str:
        return "2026-01-01"


@pytest.fixture(autouse=True)
def sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The service knows who is in an audience."""
    build = frame.build

    def with_sampler(*wired: Any, **how: Any) -> Any:
        *before, parts = wired
        return build(*before, {**parts, Sampler: Everybody()}, **how)

    monkeypatch.setattr(frame, "build", with_sampler)


async def owners_with_cars(tx: Tx) -> None:
    for number, name in enumerate(NAMES):
        owner, car = new_id(), new_id()
        add = tx.connection.execute
        await add(
            "insert into owners (id, name, tier) values ($1, $2, $3)", owner, name, number % 3
        )
        await add(
            "insert into vehicles (id, plate, model) values ($1, $2, '昀驰 S7')",
            car,
            f"辽A1234{number}",
        )
        await add("insert into owner_vehicles values ($1, $2)", owner, car)
    await tx.connection.execute(
        "insert into audiences (id, name, rule, made_by) values ($1, '本月到期', $2, 'test')",
        AUDIENCE,
        json.dumps({"kind": "all", "of": []}),
    )


async def known_audiences(route: Route) -> None:
    """The list that the room of audiences answers with."""
    items = [{"id": str(AUDIENCE), "name": "本月到期"}]
    await route.fulfill(content_type="application/json", body=json.dumps({"items": items}))


async def second_supervisor(office: Office) -> Person:
    async with office.service.database.transaction() as tx:
        await staff.create_staff(
            tx, login="boss", name="主管", role="supervisor", password=PASSWORD, station_id=None
        )
    boss = await office.person(english=True)
    await boss.signs_in("boss")
    return boss


async def test_a_campaign_from_its_draft_to_its_stop(office: Office):
    database = office.service.database
    await database.run(owners_with_cars)
    planner = await at_the_console(office, "supervisor", "outbound/campaigns")
    page = planner.page
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    await page.route(re.compile(r"/api/v1/audiences\?"), known_audiences)

    await page.get_by_role("button", name="新建活动").click()
    await page.get_by_label("名称").fill("十二月保养")
    await page.get_by_role("radio", name="保养提醒").check()
    assert await wcag_faults(page) == []
    await page.get_by_role("button", name="建立草稿").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("十二月保养")
    trial = page.get_by_role("region", name="用真实车主试一试")
    await expect(trial).to_contain_text("选定人群后")

    await page.get_by_role("combobox", name="人群").select_option("本月到期")
    reach = page.locator("[data-test=count]")
    await expect(reach.get_by_role("status").first).to_contain_text("4 位车主")
    await expect(reach).to_contain_text("没有号码或邮箱")
    bubble = trial.locator("li", has_text="王芳").locator(".bubble")
    await expect(bubble).to_contain_text("辽A12340")
    await page.get_by_role("button", name=re.compile("^usual")).click()
    text = page.get_by_role("group", name="短信").get_by_label("中文")
    await text.fill("您好,")
    # One text for all of them is found out.
    fault = trial.get_by_role("button", name=re.compile("相同"))
    await expect(fault.first).to_be_visible()
    await expect(trial.locator(".bubble").first).to_have_text("您好,")
    await text.press("End")
    await page.get_by_role("group", name="短信").get_by_role("button", name="+ 姓名").click()
    await page.get_by_role("group", name="短信").get_by_role("button", name="+ 车牌").click()
    await expect(text).to_have_value("您好,{owner}{plate|您的爱车}")
    await expect(trial.locator("li", has_text="王芳").locator(".bubble")).to_have_text(
        "您好,王芳辽A12340"
    )
    await trial.get_by_role("button", name="人工外呼").click()
    await expect(trial.locator(".bubble").first).to_contain_text("王芳您好")
    # The voice that says the same to all is found out, too: the fault leads to its words.
    voice = page.get_by_role("group", name="自动外呼")
    await voice.get_by_label("中文").fill("您好")
    await expect(fault).to_have_count(1)
    await fault.click()
    await expect(voice.locator(":focus")).to_have_count(1)
    await voice.get_by_role("button", name="+ 车牌").click()
    await expect(trial.get_by_text("没有发现问题")).to_be_visible()

    await page.reload()
    await expect(page.get_by_text("有未保存的修改")).to_be_visible()
    await page.get_by_role("button", name=re.compile("^usual")).click()
    await expect(text).to_have_value("您好,{owner}{plate|您的爱车}")
    await page.get_by_role("list", name="步骤").get_by_role("button", name="自动外呼").click()
    await page.get_by_label("无人接听: 间隔(分钟)").fill("60")
    await page.get_by_label("无人接听: 间隔(分钟)").press("Tab")
    submit = page.get_by_role("button", name="提交批准")
    await expect(submit).to_be_disabled()
    await page.get_by_role("button", name="保存草稿").click()
    await expect(page.get_by_text("已保存")).to_be_visible()
    assert not await planner.is_too_wide()
    assert await wcag_faults(page) == []
    await submit.click()
    await expect(page.get_by_text("须由另一位同事批准")).to_be_visible()
    await expect(page.get_by_role("button", name="批准并开始")).to_be_disabled()

    boss = await second_supervisor(office)
    theirs = boss.page
    await theirs.set_viewport_size(DESK_AT_125_PERCENT)
    await boss.goes_to(page.url)
    await expect(theirs.locator(".bubble").first).to_contain_text("王芳")
    await expect(theirs.locator("[data-test=count]")).to_contain_text("No number or e-mail")
    assert await wcag_faults(theirs) == []
    await theirs.get_by_role("button", name="Approve and start").click()
    await expect(theirs.locator("h1")).to_contain_text("Running")
    await expect(page.locator("h1")).to_contain_text("进行中")
    await runs.begin_due(database, Everybody())
    await database.run(some_have_answered)
    await theirs.reload()
    await expect(theirs.locator("[data-test=done]")).to_contain_text("1 of 3 touches")
    await expect(theirs.get_by_role("img", name=re.compile("Booked 1"))).to_be_visible()
    await expect(theirs.get_by_text("held out of this campaign").first).to_be_visible()
    await expect(theirs.get_by_text("lives_on_the_moon").first).to_be_visible()
    assert not await boss.is_too_wide()
    assert await wcag_faults(theirs) == []

    await theirs.get_by_role("button", name="Pause").click()
    await theirs.get_by_role("textbox").last.fill("a word is wrong")
    await theirs.keyboard.press("Enter")
    await expect(page.locator("h1")).to_contain_text("已暂停")
    await expect(page.get_by_text("原因:a word is wrong")).to_be_visible()
    await page.get_by_role("button", name="停止").click()
    await page.get_by_role("textbox", name=re.compile("停止后不能恢复")).fill("写错了")
    await page.keyboard.press("Enter")
    await expect(page.locator("h1")).to_contain_text("已停止")
    await expect(page.locator("[data-test=done]")).to_contain_text("100 %")
    await planner.goes_to("/console/outbound/campaigns?state=stopped")
    await expect(page.get_by_role("row", name=re.compile("十二月保养"))).to_contain_text("100 %")
    await boss.goes_to("/console/outbound/campaigns")
    await expect(theirs.get_by_role("row", name=re.compile("十二月保养"))).to_contain_text("100 %")


async def some_have_answered(tx: Tx) -> None:
    await tx.connection.execute(
        "update touches set state = 'sent', outcome = 'booked', settled_at = now()"
        " where id = (select min(id::text)::uuid from touches)"
    )
