"""Who rings while a survey waits for him is asked it by the agent who has answered."""

from uuid import UUID

from playwright.async_api import expect

from callcenter.outbound.surveys import repository
from callcenter.outbound.surveys.response import ResponseState, Via
from tests.console.calling import car_owner
from tests.console.conftest import at_the_console, grave_faults
from tests.console.test_desk import SHARED
from tests.outbound.surveys.cast import asked, published, question, survey
from tests.portal.conftest import Office


async def test_who_rings_is_asked_the_survey_that_waits_for_him(office: Office):
    client, database = await office.service.agent(), office.service.database
    owner = await car_owner(client, "赵强", SHARED, "辽A33333")
    questions = (question("csat", "all"), question("nps", "again"))
    survey_id = await database.run(lambda tx: published(tx, survey(*questions)))
    response = await asked(database, survey_id, owner_id=UUID(owner["id"]))
    agent = await at_the_console(office, "agent", "desk")
    page, work = agent.page, agent.page.locator("[data-test=work]")
    waiting = work.locator("[data-test=owner-surveys]")
    await client.post("/api/v1/calls", {"carrier_ref": "c-1", "caller": SHARED})
    await expect(work).to_contain_text("振铃")
    # Nobody is asked anything while it rings.
    await expect(waiting).to_have_count(0)
    await page.keyboard.press("F2")
    await expect(waiting).to_contain_text("还没有开始")
    await waiting.get_by_role("button", name="现在问").click()
    await expect(waiting).to_contain_text("好吗?")
    await waiting.get_by_role("radio").first.focus()
    await page.keyboard.press("2")
    await page.keyboard.press("Enter")
    await expect(waiting.get_by_role("radio")).to_have_count(11)
    assert await grave_faults(page) == []
    await waiting.get_by_role("radio").first.focus()
    await page.keyboard.press("9")
    await page.keyboard.press("Enter")
    await expect(waiting).to_contain_text("问卷已结束")
    found = await database.run(lambda tx: repository.response(tx, response))
    assert (found.state, found.answers["all"].score, found.answers["again"].score) == (
        ResponseState.COMPLETE,
        2,
        9,
    )
    async with database.reading() as tx:
        ways = await tx.connection.fetch("select distinct channel from survey_answers")
    assert [row["channel"] for row in ways] == [Via.AGENT_CALL.value]
    assert (await client.get("/api/v1/tickets"))["items"] == []
