"""The survey on the owner's phone: without scripts, in both languages, in two tabs, too late."""

import os
from pathlib import Path
from uuid import UUID

import aiohttp
import pytest
from playwright.async_api import expect

from callcenter.outbound.surveys import ready_made, repository, responses
from callcenter.outbound.surveys import service as surveys
from callcenter.outbound.surveys.links import begin_path, page_path
from callcenter.outbound.surveys.response import Response, ResponseState
from callcenter.web import installation
from callcenter.web.links import SignedLinks
from tests.outbound.surveys.cast import option, published, question, survey, words
from tests.portal.conftest import Office, Person
from tests.portal.test_duty import looks_well
from tests.service import Service

ALL_TYPES = survey(
    question("single", "single", options=[option("a"), option("b")], other=words("其他", "Other")),
    question(
        "multiple",
        "multiple",
        options=[option("a"), option("b")],
        other=words("其他", "Other"),
        hint=words("可以多选", "All that apply"),
    ),
    question("scale", "scale", low=1, high=10, low_words=words("不", "no"), high_words=words()),
    question("nps", "nps", low_words=words("绝不", "never"), high_words=words("一定", "surely")),
    question("csat", "csat"),
    question("ces", "ces"),
    question("number", "number", unit=words("公里", "km")),
    question("date", "date"),
    question(
        "matrix",
        "matrix",
        rows=[option("r"), option("s")],
        columns=[option("good"), option("fair"), option("poor")],
    ),
    question("text", "text", required=False),
    intro=words("{owner}您好", "Hello {owner}"),
)


async def links_of(of: Service) -> SignedLinks:
    async with of.database.transaction() as tx:
        return SignedLinks((await installation.ensure(tx)).link_key)


async def begun(of: Service, survey_id: UUID) -> tuple[UUID, str]:
    """A response and the address of its page."""
    async with of.database.transaction() as tx:
        found = await responses.open_response(tx, survey_id)
    return found.id, page_path(await links_of(of), found.id)


async def as_it_is(of: Service, response: UUID) -> Response:
    async with of.database.reading() as tx:
        return await repository.response(tx, response)


async def shows(person: Person, name: str) -> None:
    """For who looks at the pages by eye."""
    if folder := os.environ.get("SURVEY_PICTURES"):
        await person.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


async def next_page(person: Person) -> None:
    async with person.page.expect_navigation():
        await person.page.click("button.main")


@pytest.mark.parametrize("english", [False, True])
async def test_every_kind_of_question_without_scripts(office: Office, english: bool):
    async with office.service.database.transaction() as tx:
        survey_id = await published(tx, ALL_TYPES)
    response, path = await begun(office.service, survey_id)
    person = await office.person(phone=True, english=english, java_script_enabled=False)
    page = person.page
    await person.goes_to(path)
    said = "en" if english else "zh"

    async def done(name: str) -> None:
        await shows(person, f"{name}.{said}")
        await next_page(person)

    await person.sees("Hello owner" if english else "车主您好")
    await page.check("input[name=choice][value=other]")
    await page.fill("[name=words]", "别的")
    await done("single")
    await page.check("[name='pick.b']")
    await done("multiple")
    for kind, score in (("scale", 10), ("nps", 9), ("csat", 2), ("ces", 7)):
        await page.check(f"input[name=score][value='{score}']")
        await done(kind)
    # What was meant otherwise is written anew; the way back stands there.
    async with page.expect_navigation():
        await page.click(".aside a")
    await expect(page.locator("input[value='7']")).to_be_checked()
    await page.check("input[name=score][value='6']")
    await next_page(person)
    await page.fill("[name=number]", "many")
    await next_page(person)
    await person.sees("a number" if english else "一个数字")
    await expect(page.locator("[name=number]")).to_have_value("many")
    await page.fill("[name=number]", "12000")
    await done("number")
    await page.fill("[name=day]", "2026-05-01")
    await done("date")
    await page.check("[name='row.r'][value=poor]")
    await page.check("[name='row.s'][value=good]")
    await done("matrix")
    await shows(person, f"text.{said}")
    await person.presses("Skip this question" if english else "跳过这一题")
    await person.sees("Thank you" if english else "感谢")
    await shows(person, f"end.{said}")
    found = await as_it_is(office.service, response)
    assert found.state is ResponseState.COMPLETE
    assert found.answers["single"].words == "别的"
    assert found.answers["ces"].score == 6
    assert found.answers["matrix"].rows == {"r": "poor", "s": "good"}
    assert found.answers["text"].passed


@pytest.mark.parametrize("name", ["single", "nps", "matrix", "text"])
async def test_each_page_looks_well_on_a_phone(office: Office, name: str):
    async with office.service.database.transaction() as tx:
        only = [one.model_dump(mode="json") for one in [ALL_TYPES.by_code[name]]]
        survey_id = await published(tx, survey(*only))
    _, path = await begun(office.service, survey_id)
    person = await office.person(phone=True, color_scheme="dark" if name == "nps" else "light")
    await person.goes_to(path)
    await looks_well(person)


async def test_anybody_begins_by_the_open_link_and_two_tabs_do_not_disturb(office: Office):
    async with office.service.database.transaction() as tx:
        survey_id = await published(tx, ready_made.ready_made("charging"))
    link = begin_path(await links_of(office.service), survey_id)
    person = await office.person(phone=True)
    await person.goes_to(link)
    await shows(person, "begin")
    await looks_well(person)
    async with office.service.database.reading() as tx:
        assert await tx.connection.fetchval("select count(*) from survey_responses") == 0
    await person.presses("开始")
    path = person.page.url
    other = await person.context.new_page()
    await other.goto(path)
    await person.page.check("[value=electric]")
    await next_page(person)
    # The other tab still shows the first question: its answer counts, and it goes on from there.
    await other.check("[value=plug_in]")
    async with other.expect_navigation():
        await other.click("button.main")
    await expect(other.locator("[name=question]")).to_have_value("region")
    await person.page.check("[value=south]")
    await next_page(person)
    await expect(person.page.locator("[name=question]")).to_have_value("places")
    await person.page.goto(f"{path}?q=energy")
    await person.page.check("[value=fuel]")
    await next_page(person)
    await person.sees("只面向可以充电的车")
    await other.check("[value=north]")
    async with other.expect_navigation():
        await other.click("button.main")
    await expect(other.get_by_text("只面向可以充电的车")).to_be_visible()


async def test_links_that_are_late_closed_or_made_up(service: Service):
    async with service.database.transaction() as tx:
        survey_id = await published(tx, survey(question("nps")))
    response, path = await begun(service, survey_id)
    link = begin_path(await links_of(service), survey_id)
    async with aiohttp.ClientSession(service.server.make_url("/")) as phone:

        async def opened(where: str) -> tuple[int, str]:
            async with phone.get(where, headers={"Accept-Language": "en"}) as page:
                return page.status, await page.text()

        assert [(await opened(one))[0] for one in (path, link)] == [200, 200]
        # A response's link opens no survey, nor the other way round.
        swapped = (path.replace("/q/", "/survey/"), link.replace("/survey/", "/q/"))
        for made_up in (*swapped, "/q/x", "/survey/" + "A" * 38):
            assert (await opened(made_up))[0] == 404, made_up
        async with service.database.transaction() as tx:
            await surveys.close_survey(tx, "test", survey_id)
        for one in (path, link):
            status, text = await opened(one)
            assert status == 410
            assert "survey is" in text
        async with service.database.transaction() as tx:
            await tx.connection.execute("update surveys set state = 'open'")
            await tx.connection.execute("update survey_responses set expires_at = now()")
        assert (await opened(path))[0] == 410
        assert (await opened(link))[0] == 200
    assert (await as_it_is(service, response)).is_late
