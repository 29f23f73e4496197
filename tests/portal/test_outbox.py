"""What is pressed where there is no line: kept, and sent once, in order, with its time."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Page, Route, expect

from tests.portal.conftest import Office, Person
from tests.portal.test_station_page import running_job, technician
from tests.service import Service, confirm_place, eventually, offer_for, open_rescue

NOT_THERE = "**/static/outbox.js"
SOON_MS = 4_000


async def no_outbox(route: Route) -> None:
    """The page as it is without the outbox."""
    await route.fulfill(content_type="text/javascript", body="export const isKeeping = false;")


async def loses_an_answer(page: Page) -> list[str]:
    """The first thing that is sent comes through, its answer does not; what was sent, by key."""
    keys: list[str] = []

    async def line(route: Route) -> None:
        if route.request.method != "POST":
            return await route.continue_()
        keys.append(route.request.headers.get("idempotency-key", ""))
        if len(keys) == 1:
            await route.fetch(max_redirects=0)
            return await route.abort()
        return await route.continue_()

    await page.route("**/s/*", line)
    return keys


async def moves(service: Service, stage: str = "done") -> Any:
    """The dispatch and its steps, once it has come so far."""

    async def look() -> Any:
        async with service.database.reading() as tx:
            dispatch = await tx.connection.fetchrow("select * from dispatches")
            if dispatch["stage"] != stage:
                return None
            rows = await tx.connection.fetch(
                "select facts->>'stage' as stage, facts->>'happened_at' as at, actor"
                " from events where kind = 'dispatch.moved' order by id"
            )
            return dispatch, rows

    return await eventually(look)


async def presses_offline(person: Person, words: str) -> None:
    await person.page.get_by_role("button", name=words, exact=True).click()
    waiting = person.page.locator("#outbox li", has_text=words)
    await expect(waiting).to_contain_text("等待发送", timeout=SOON_MS)


@pytest.mark.parametrize(
    "taken_out",
    [
        pytest.param(False, id="kept"),
        pytest.param(
            True, id="control", marks=pytest.mark.xfail(strict=True, raises=AssertionError)
        ),
    ],
)
async def test_what_is_pressed_without_a_line_arrives_once_in_order_with_its_time(
    office: Office, taken_out: bool
):
    home = await office.service.station("HOME", 2)
    _, _, offer_id = await running_job(office, home)
    person = await technician(office, offer_id)
    if taken_out:
        await person.page.route(NOT_THERE, no_outbox)
        await person.page.reload()
    await person.context.set_offline(True)
    try:
        await presses_offline(person, "已到达")
        await asyncio.sleep(1.2)
        await presses_offline(person, "完成")
        await expect(person.page.locator("#outbox li")).to_have_count(2)
        assert not await person.is_too_wide()
        await asyncio.sleep(2.2)
    finally:
        person.complaints.clear()
        keys = await loses_an_answer(person.page)
        await person.context.set_offline(False)
    dispatch, steps = await moves(office.service)
    await person.sees("任务完成")
    await expect(person.page.locator("#outbox")).to_be_hidden()
    assert [row["stage"] for row in steps] == ["departed", "arrived", "done"], "each once"
    assert len(set(keys)) == 2
    assert len(keys) == 3, "the one whose answer was lost was sent again, under its own key"
    arrived, done = (datetime.fromisoformat(row["at"]) for row in steps[1:])
    assert (dispatch["arrived_at"], dispatch["ended_at"]) == (arrived, done)
    assert timedelta(seconds=1) < done - arrived < timedelta(seconds=20)
    assert dispatch["last_sign_at"] - arrived > timedelta(seconds=3), "heard later than it was"
    person.complaints.clear()


async def test_what_has_a_deadline_is_not_kept_and_what_comes_too_late_is_said(office: Office):
    home = await office.service.station("HOME", 2)
    agent = await office.service.agent()
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(home, ticket["id"])
    person = await technician(office, offer["id"])
    await person.context.set_offline(True)
    await person.page.get_by_role("button", name="接单", exact=True).click()
    await expect(person.page.locator("#outbox")).to_contain_text("现在没有网络,没有送出")
    await person.context.set_offline(False)
    assert (await home.get(f"/api/v1/offers/{offer['id']}"))["offer"]["state"] == "offered"
    await person.presses("接单")
    await person.sees("约30分钟后")
    await person.presses("已出发")

    await person.context.set_offline(True)
    await presses_offline(person, "已到达")
    await agent.post(f"/api/v1/rescues/{ticket['id']}/cancellation", {"reason": "drove on"})
    await person.context.set_offline(False)
    box = person.page.locator("#outbox .problem")
    await expect(box).to_contain_text("没有被接受")
    await expect(box).to_contain_text("请按本页现在的步骤继续")
    await person.sees("救援已取消")
    await person.page.get_by_role("button", name="知道了").click()
    await expect(person.page.locator("#outbox")).to_be_hidden()
    person.complaints.clear()


async def test_a_time_told_late_stays_within_the_dispatch(service: Service):
    home = await service.station("HOME", 2)
    agent = await service.agent()
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(home, ticket["id"])
    taken = await home.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 20})
    path = f"/api/v1/dispatches/{taken['id']}"
    left = await home.post(f"{path}/departure", {"happened_at": "2026-01-01T00:00:00Z"})
    assert left["departed_at"] == taken["accepted_at"], "not before the acceptance"
    there = await home.post(f"{path}/arrival", {"happened_at": "2036-01-01T00:00:00Z"})
    async with service.database.reading() as tx:
        now = await tx.connection.fetchval("select now()")
        row = await tx.connection.fetchrow(
            "select arrived_at from dispatches where id = $1", UUID(taken["id"])
        )
    assert row["arrived_at"] < now, "not after now"
    assert there["stage"] == "arrived"
