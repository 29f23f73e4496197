"""Surveys at the console: written and tried, published, asked by an agent, counted while answers
come in."""

import os
import random
import re
from pathlib import Path
from uuid import UUID

from playwright.async_api import Page, expect

from callcenter.customers import service as customers
from callcenter.db.database import Database
from callcenter.outbound.surveys import ready_made, responses
from callcenter.outbound.surveys.answer import PASSED, Answer
from callcenter.outbound.surveys.fits import option_codes
from callcenter.outbound.surveys.model import FreeText, Multiple, Question, Scored, Single, bounds
from callcenter.outbound.surveys.response import ResponseState, Via
from tests.console.conftest import DESK_AT_125_PERCENT, pale_words, wcag_faults
from tests.outbound.surveys.cast import published, question, says, survey
from tests.portal.conftest import Office, Person


async def shows(page: Page, name: str) -> None:
    """For who looks at the pages by eye."""
    if folder := os.environ.get("SURVEY_PICTURES"):
        await page.screenshot(path=Path(folder) / f"console.{name}.png", full_page=True)


async def looks_well(person: Person) -> None:
    """Nothing grave, nothing too pale, nothing sideways on a small desk."""
    page = person.page
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    found = await wcag_faults(page)
    await page.evaluate("document.documentElement.classList.add('dark')")
    found += await pale_words(page)
    await page.evaluate("document.documentElement.classList.remove('dark')")
    assert found == []
    assert not await person.is_too_wide()
    await page.set_viewport_size({"width": 1366, "height": 900})


def some_answer(die: random.Random, asked: Question) -> Answer:
    if isinstance(asked, Single):
        return Answer(choice=die.choice(option_codes(asked)[:2]))
    if isinstance(asked, Multiple):
        return Answer(choices=tuple(die.sample(option_codes(asked)[:-1], 2)))
    if isinstance(asked, Scored):
        low, high = bounds(asked)
        return Answer(score=min(high, max(low, round(die.gauss(high - 1, 1.6)))))
    if isinstance(asked, FreeText):
        return Answer(text=die.choice(["师傅很专业", "等得有点久", "Very kind"]))
    return PASSED


async def answered(database: Database, survey_id: UUID, people: int) -> None:
    """So many owners of all tiers answer; a few leave in the middle."""
    die = random.Random(1)
    async with database.transaction() as tx:
        for n in range(people):
            owner = await customers.add_owner(tx, "test", name=f"车主{n}", tier=n % 3)
            found = await responses.open_response(tx, survey_id, owner_id=owner.id)
            left = 3 if n % 6 == 5 else 99
            while found.state is ResponseState.OPEN and found.stands.next and left:
                asked = found.survey.by_code[found.stands.next]
                said = some_answer(die, asked)
                found = await responses.answer(tx, "t", found.id, asked.code, said, Via.WEB)
                left -= 1


async def test_a_survey_is_written_tried_published_and_opened(office: Office):
    person = await office.colleague("supervisor")
    page = person.page
    await page.set_viewport_size({"width": 1366, "height": 900})
    await person.goes_to("/console/surveys")
    await page.get_by_role("button", name="新问卷").click()
    await page.get_by_label("标题 · 中文").fill("新车回访")
    await page.get_by_label("标题 · 英文").fill("Your new car")
    await page.get_by_role("combobox", name="添加题目").select_option("csat")
    await page.get_by_label("题目文字 · 中文").fill("{owner}满意吗?")
    await page.get_by_label("题目文字 · 英文").fill("Is {owner} satisfied?")
    await page.get_by_role("combobox", name="添加题目").select_option("single")
    form = page.get_by_role("region", name="单选")
    await form.get_by_label("题目文字 · 中文").fill("为什么?")
    await expect(page.get_by_text("缺少英文文字").first).to_be_visible()
    await expect(page.get_by_role("button", name="发布")).to_be_disabled()
    await form.get_by_label("题目文字 · 英文").fill("Why?")
    for n, (zh, en) in enumerate([("慢", "slow"), ("贵", "dear")], start=1):
        await form.get_by_label(f"{n} · 中文").fill(zh)
        await form.get_by_label(f"{n} · 英文").fill(en)
    # Only who is not satisfied is asked why.
    only = form.get_by_role("group", name="只在以下条件下询问")
    await only.get_by_role("button", name="＋").click()
    await only.get_by_label("最高").fill("3")
    await only.get_by_label("最高").press("Tab")
    await expect(page.get_by_text("没有问题,可以发布")).to_be_visible()
    phone = page.get_by_role("region", name="手机预览")
    await phone.get_by_text("5", exact=True).click()
    await phone.get_by_role("button", name="下一题").click()
    await expect(phone.get_by_text("到此结束:答完")).to_be_visible()
    await phone.get_by_role("button", name="重新开始").click()
    await phone.get_by_text("2", exact=True).click()
    await phone.get_by_role("button", name="下一题").click()
    await expect(phone.get_by_text("为什么?")).to_be_visible()
    await shows(page, "editor")
    await looks_well(person)
    await page.get_by_role("button", name="发布").click()
    await expect(page.get_by_text("已发布第 1 版")).to_be_visible()
    await page.get_by_role("button", name="开放", exact=True).click()
    await page.get_by_role("button", name="公开链接").click()
    await expect(page.get_by_role("link", name="/survey/")).to_be_visible()
    await page.get_by_role("link", name="所有问卷").click()
    await expect(page.get_by_role("row", name="新问卷")).to_contain_text("开放中")
    await looks_well(person)


async def test_a_code_that_edition_1_has_used_is_not_used_again(office: Office):
    """Its answers are counted by it: another question under it stands against publishing."""
    async with office.service.database.transaction() as tx:
        survey_id = await published(tx, survey(question("csat", "q1"), question("ces", "q2")))
    person = await office.colleague("supervisor")
    page = person.page
    await person.goes_to(f"/console/surveys/{survey_id}")
    listed = page.get_by_role("navigation", name="题目")
    await listed.get_by_role("button", name="满意度").click()
    form = page.locator(".form")
    await form.get_by_role("button", name="删除", exact=True).click()
    await page.get_by_role("combobox", name="添加题目").select_option("nps")
    code = form.get_by_label("编号")
    await expect(code).to_have_value("q3")
    await form.get_by_label("题目文字 · 中文").fill("会推荐吗?")
    await form.get_by_label("题目文字 · 英文").fill("Would you recommend us?")
    await expect(page.get_by_text("没有问题,可以发布")).to_be_visible()
    await code.fill("q1")
    await expect(form.get_by_text("编号“q1”在第 1 版里是另一道题")).to_be_visible()
    await expect(page.get_by_role("button", name="发布")).to_be_disabled()
    await shows(page, "code-used")
    await looks_well(person)
    await code.fill("q3")
    await page.get_by_role("button", name="发布").click()
    await expect(page.get_by_text("已发布第 2 版")).to_be_visible()


async def test_results_are_counted_while_answers_come_in(office: Office):
    database = office.service.database
    async with database.transaction() as tx:
        survey_id = await published(tx, ready_made.ready_made("after_rescue"), "救援回访")
    await answered(database, survey_id, 40)
    person = await office.colleague("supervisor")
    page = person.page
    await page.set_viewport_size({"width": 1366, "height": 900})
    await person.goes_to(f"/console/surveys/{survey_id}?tab=results")
    complete = page.locator("[data-count=complete]")
    await expect(complete).to_have_text("34")
    await expect(page.locator("[data-count=open]")).to_have_text("6")
    overall = page.get_by_role("region", name="总的来说,您对这次救援满意吗?")
    await expect(overall).to_contain_text("34 人回答")
    await expect(overall).to_contain_text("未答完的另有 6 人")
    await expect(overall.locator("svg")).to_be_visible()
    cross = page.get_by_role("region", name="交叉表").first
    await expect(cross.get_by_role("columnheader")).to_have_count(3)
    # Each share with its interval, as the mean below.
    best = cross.get_by_role("row", name="5", exact=True).get_by_role("cell")
    for cell in await best.all():
        await expect(cell).to_have_text(re.compile(r"^[\d.]+ % \([\d.]+ % – [\d.]+ %\)$"))
    await shows(page, "results")
    await looks_well(person)
    # One more answers, and the page says so by itself.
    async with database.transaction() as tx:
        found = await responses.open_response(tx, survey_id)
        await says(tx, found.id, "overall", score=5)
        await says(tx, found.id, "in_time", choice="on_time")
        await says(tx, found.id, "easy", score=7)
        await says(tx, found.id, "recommend", score=10)
        await says(tx, found.id, "more", text="谢谢你们")
    await expect(complete).to_have_text("35")
    more = page.get_by_role("region", name="您还想告诉我们什么?")
    await more.locator("summary").click()
    await expect(more.get_by_text("谢谢你们")).to_be_visible()
    async with page.expect_download() as started:
        await page.get_by_role("button", name="导出 CSV").click()
    path = await (await started.value).path()
    written = Path(path).read_text("utf-8-sig").splitlines()
    assert len(written) == 42
    assert "谢谢你们" in written[1]
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_role("region", name="Cross table").first).to_be_visible()
    await shows(page, "results.en")
    await page.get_by_role("link", name="Responses").click()
    await expect(page.locator("tbody tr")).to_have_count(41)
    await looks_well(person)


async def test_an_agent_goes_on_with_what_the_owner_began(office: Office):
    database = office.service.database
    async with database.transaction() as tx:
        asked = survey(question("csat", "all"), question("nps", "again"), question("text", "more"))
        survey_id = await published(tx, asked)
        found = await responses.open_response(tx, survey_id)
        await says(tx, found.id, "all", score=4)
    person = await office.colleague("agent")
    page = person.page
    await person.goes_to(f"/console/surveys/{survey_id}/responses/{found.id}")
    await expect(page.get_by_role("listitem").filter(has_text="网页")).to_contain_text("4")
    await page.get_by_text("9", exact=True).click()
    await page.get_by_role("button", name="记下,下一题").click()
    await expect(page.get_by_role("listitem").filter(has_text="坐席")).to_contain_text("9")
    await shows(page, "ask")
    await looks_well(person)
    # What was heard wrongly is written anew.
    await page.get_by_role("button", name="修改").nth(1).click()
    await page.get_by_text("3", exact=True).click()
    await page.get_by_role("button", name="记下,下一题").click()
    await page.get_by_role("textbox", name="好吗?").fill("请回电")
    await page.get_by_role("button", name="记下,下一题").click()
    await expect(page.get_by_text("问卷已结束")).to_be_visible()
    await expect(page.get_by_role("listitem").filter(has_text="坐席").first).to_contain_text("3")
