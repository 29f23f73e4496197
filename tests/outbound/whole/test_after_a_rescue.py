"""A rescue closes, its owner is asked how it was, and a bad answer is a complaint at the desk."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from callcenter.db.database import Database
from callcenter.outbound.surveys.ready_made import ready_made
from callcenter.places.intake import Intake
from callcenter.settings import RoutingSettings
from tests.console.conftest import at_the_console, built, quick_hashes
from tests.messages.smpp_centre import SmppCentre, centre
from tests.messages.test_smpp import by
from tests.outbound.whole.cast import (
    PLANNER,
    add_owner,
    begun,
    linked,
    opened_survey,
    plan_of,
)
from tests.portal.conftest import Office, Person, opened
from tests.service import confirm_place, open_rescue, running

__all__ = ["built", "quick_hashes"]
PHONE = "+8613800138000"


@pytest.fixture
async def texted(
    database: Database, intake: Intake, browser: Browser
) -> AsyncIterator[tuple[Office, SmppCentre]]:
    """The service with windows; its texts go through a real line of SMPP."""
    routing = RoutingSettings(offer_lifetime_s=600)
    async with (
        centre() as at,
        running(database, intake, routing=routing, senders=by(at), outbound=True) as service,
        opened(service, browser) as office,
    ):
        yield office, at


async def asks_after_rescues(office: Office) -> None:
    planner = await office.service.client(PLANNER)
    after = ready_made("after_rescue").model_dump(mode="json")
    survey = str(await opened_survey(planner, "救援回访", after))
    plan = await plan_of(planner, "rescue_follow_up")
    plan["steps"] = [step | {"survey_id": survey} for step in plan["steps"]]
    draft = {"name": "救援回访", "kind": "rescue_follow_up", "purpose": "satisfaction"}
    await begun(office.service, draft | {"plan": plan})


async def rescued(office: Office) -> Any:
    """From the accident to the car that runs again, and the desk closes the case."""
    async with office.service.database.transaction() as tx:
        owner_id = await add_owner(tx, "王芳", PHONE, "辽A12345")
    station = await office.colleague("station", station_id=await office.station(), phone=True)
    agent = await office.service.agent()
    who = {"owner_id": str(owner_id), "caller_phone": PHONE, "caller_name": "王芳"}
    ticket = await open_rescue(agent, **who)
    await confirm_place(agent, ticket["id"])
    await station.sees("爆胎")
    await station.page.click(".job.urgent")
    await station.page.check("[name=eta_minutes][value='20']", force=True)
    await station.presses("接单")
    for step in ("已出发", "已到达", "完成"):
        await station.presses(step)
    await station.sees("完成")
    await agent.post(f"/api/v1/tickets/{ticket['id']}/closure")
    return ticket


async def says(owner: Person, answer: str) -> None:
    """Checks it and goes on."""
    await owner.page.check(answer)
    async with owner.page.expect_navigation():
        await owner.page.click("button.main")


async def test_a_bad_answer_becomes_a_complaint_at_the_desk(texted: tuple[Office, SmppCentre]):
    office, at = texted
    await asks_after_rescues(office)
    ticket = await rescued(office)
    said, path = await linked(at, PHONE, "/q/")
    assert ticket["number"] in said
    owner = await office.person(phone=True)
    await owner.goes_to(path)
    await owner.sees(ticket["number"])
    await says(owner, "input[name=score][value='1']")
    await says(owner, "input[name=choice][value=late]")
    # He answers no more of it: what he has said counts.
    agent = await at_the_console(office, "agent", "tickets?kind=complaint")
    row = agent.page.get_by_role("row").filter(has_text="王芳")
    await expect(row).to_have_count(1)
    await row.get_by_role("link").first.click()
    await agent.sees(ticket["number"])
