"""An agent books, moves and cancels a visit for the owner on the line; a station's days."""

import os
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import expect

from callcenter.clock import CHINA
from callcenter.db.transaction import Tx
from callcenter.outbound.due import service as due
from callcenter.stations.bookings import service as bookings
from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console, wcag_faults
from tests.console.test_desk import owner as add_owner
from tests.outbound.surveys.cast import asked, published, question, survey
from tests.portal.conftest import Office
from tests.service import add_station


async def network(office: Office) -> dict[str, str]:
    """Two workshops in Shenyang, one far to the north; open at all hours."""
    async with office.service.database.transaction() as tx:
        made = [
            await add_station(tx, name, km, workshop_hours="24/7")
            for name, km in (("NEAR", 2), ("NEXT", 9), ("FAR", 400))
        ]
    return {one.code: str(one.id) for one in made}


async def shows(page: Any, name: str) -> None:
    """For who looks at the pages by eye."""
    if folder := os.environ.get("BOOKING_PICTURES"):
        await page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("english", [False, True])
async def test_an_agent_books_near_the_place_he_is_told_moves_it_and_cancels_it(
    office: Office, english: bool
):
    client, stations = await office.service.agent(), await network(office)
    wang = await add_owner(client, "王建国", "13900139001", "辽A12345")
    car = wang["vehicles"][0]["id"]
    last = {"visited_on": str(date.today() - timedelta(days=300)), "kind": "maintenance"}
    at = {"odometer_km": 12_000, "station_id": stations["FAR"]}
    await client.post(f"/api/v1/vehicles/{car}/visits", last | at)

    async def rescored(tx: Tx) -> None:
        await due.rescore(tx, car)

    await office.service.database.run(rescored)
    agent = await at_the_console(office, "agent", f"owners/{wang['id']}", english=english)
    page = agent.page
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    card = page.locator("[data-test=bookings]")
    told = "still ours|serviced elsewhere|come again" if english else "我们这里|别处|说不准"
    await expect(card.locator("[data-test=due]")).to_contain_text(re.compile(told))
    await card.get_by_role("button", name="Book a visit" if english else "预约进站").click()
    workshops = card.locator("[data-test=workshop]")
    # Nobody has said where he is: the workshop the car was at last, and those near it.
    await expect(workshops.first).to_contain_text("last time" if english else "上次去过")
    await card.get_by_role("textbox").fill("沈阳")
    await card.get_by_role(
        "button", name="Find the nearest" if english else "找最近的服务站"
    ).click()
    await expect(workshops).to_have_count(3)
    await expect(workshops.nth(1)).to_contain_text("NEAR")
    await expect(workshops.nth(2)).to_contain_text("NEXT")
    assert await wcag_faults(page) == []
    assert not await agent.is_too_wide()
    await shows(page, f"desk-choice-{english}")
    await workshops.nth(1).get_by_role("button").first.click()
    lines = card.locator("ul.lines > li")
    await expect(lines).to_have_count(1)
    await expect(lines).to_contain_text("NEAR")

    await card.get_by_role("button", name="Move" if english else "改约").click()
    await (
        workshops.nth(1)
        .get_by_role("button", name="Other times" if english else "其他时间")
        .click()
    )
    times = workshops.nth(1).locator("button", has_text=re.compile(r"\d\d:\d\d"))
    await expect(times.first).to_be_visible()
    await shows(page, f"desk-day-{english}")
    await times.last.click()
    await expect(lines).to_contain_text("NEXT")
    await expect(lines).to_contain_text("23:00")
    await shows(page, f"desk-booked-{english}")
    await card.get_by_role("button", name="Cancel" if english else "取消").click()
    await card.get_by_role("button", name="Cancel it" if english else "确认取消").click()
    await expect(lines).to_contain_text("cancelled" if english else "已取消")
    seen = (await client.get(f"/api/v1/bookings?vehicle_id={car}"))["items"]
    assert [(one["state"], one["station_id"]) for one in seen] == [("cancelled", stations["NEXT"])]


async def test_a_station_s_day_shows_how_full_it_is_and_who_comes_and_its_room_is_set(
    office: Office,
):
    client, stations = await office.service.agent(), await network(office)
    wang = await add_owner(client, "王建国", "13900139001", "辽A12345")
    near = {"lat": 41.8, "lon": 123.43, "limit": 1}
    (workshop,) = (await client.post("/api/v1/workshops/nearest", near))["items"]
    free = workshop["free"][0]["starts_at"]
    draft = {"station_id": stations["NEAR"], "vehicle_id": wang["vehicles"][0]["id"]}
    whose = {"owner_id": wang["id"], "starts_at": free, "wanted": "maintenance"}
    await client.post("/api/v1/bookings", draft | whose)

    async def one_an_hour(tx: Tx) -> None:
        await bookings.set_capacity(tx, "test", workshop["station_id"], 1)

    await office.service.database.run(one_an_hour)
    admin = await at_the_console(office, "supervisor", f"stations/{stations['NEAR']}")
    page = admin.page
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    card = page.locator("[data-test=station-bookings]")
    day = datetime.fromisoformat(free).astimezone(CHINA)
    await card.get_by_role("button", name=f"{day:%m-%d}").click()
    await expect(card.get_by_role("link", name="王建国")).to_be_visible()
    full = card.locator("li.full")
    await expect(full).to_have_count(1)
    await expect(full).to_contain_text("辽A12345")
    assert await wcag_faults(page) == []
    assert not await admin.is_too_wide()
    await shows(page, "station-days")
    room = card.get_by_label("每小时接待(辆)")
    await room.fill("3")
    await card.get_by_role("button", name="保存").click()
    await expect(full).to_have_count(0)
    await expect(card.get_by_role("img", name="1/3")).to_have_count(1)
    assert (await client.get(f"/api/v1/stations/{stations['NEAR']}/capacity"))["per_hour"] == 3
    await card.get_by_role("link", name="王建国").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("王建国")


@pytest.mark.parametrize("english", [False, True])
async def test_the_survey_that_waits_for_an_owner_is_asked_on_his_page(
    office: Office, english: bool
):
    client = await office.service.agent()
    wang = await add_owner(client, "王建国", "13900139001", "辽A12345")
    async with office.service.database.transaction() as tx:
        survey_id = await published(tx, survey(question("number"), question("number", "after")))
    of = await asked(office.service.database, survey_id, owner_id=UUID(wang["id"]))
    agent = await at_the_console(office, "agent", f"owners/{wang['id']}", english=english)
    page = agent.page
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    card = page.locator("[data-test=owner-surveys]")
    await expect(card).to_contain_text("not begun" if english else "还没有开始")
    await card.get_by_role("button", name="Ask now" if english else "现在问").click()
    await card.locator("form input").first.fill("3")
    await card.get_by_role("button", name="Write down, next" if english else "记下,下一题").click()
    await expect(card.locator("ol.asked > li")).to_have_count(1)
    assert await wcag_faults(page) == []
    assert not await agent.is_too_wide()
    await shows(page, f"owner-page-{english}")
    said = await client.get(f"/api/v1/survey-responses?owner_id={wang['id']}")
    assert [(one["id"], one["state"]) for one in said["items"]] == [(str(of), "open")]
