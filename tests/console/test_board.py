"""The board follows what happens; what goes home unfinished is handed over and seen."""

import asyncio
import re
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from callcenter.settings import RoutingSettings
from callcenter.staff import alarms
from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console, grave_faults
from tests.console.test_rescue import is_busy
from tests.portal.conftest import Office, Person
from tests.reports.test_board import PATIENT
from tests.service import Client, confirm_place, offer_for, open_rescue

SECOND = 1.0


class Wall:
    """The board on the wall, and how long each figure was behind."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.behind: list[float] = []

    async def shows(self, **figures: int) -> None:
        """From now on, or soon."""
        began = asyncio.get_running_loop().time()
        for figure, count in figures.items():
            tile = self.page.locator(f'[data-figure="{figure}"]')
            await expect(tile).to_have_text(str(count))
        self.behind.append(asyncio.get_running_loop().time() - began)

    def kept_up(self) -> bool:
        """All but one hiccup of a busy machine within a second."""
        return sorted(self.behind)[-2] < SECOND


async def wide_enough(page: Page) -> bool:
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    return not await page.evaluate(wide)


@pytest.mark.parametrize("routing", [PATIENT])
async def test_three_rescues_move_on_and_the_wall_agrees_at_each_step(
    office: Office, routing: RoutingSettings
):
    client = await office.service.agent()
    trucks = [["flatbed", "winch"]] * 3
    station = await office.service.station("HOME", 2, trucks=trucks)
    supervisor = await at_the_console(office, "supervisor", "board")
    page, wall = supervisor.page, Wall(supervisor.page)
    await wall.shows(opened=0, offers=0, alarms=0, opened_today=0)
    tickets = [(await open_rescue(client))["id"] for _ in range(3)]
    await wall.shows(opened=3, opened_today=3, dispatching=0)
    offers = []
    for ticket in tickets:
        await confirm_place(client, ticket)
        offers.append((await offer_for(station, ticket))["id"])
    await wall.shows(opened=0, dispatching=3, offers=3)
    await expect(page.get_by_role("table", name="待答复的派单").locator("tbody tr")).to_have_count(
        3
    )
    await expect(page.get_by_text(re.compile(r"最近 \d+:\d\d 到时"))).to_be_visible()
    took = [await _accepted(station, offer) for offer in offers]
    await wall.shows(dispatching=0, assigned=3, offers=0)
    await station.post(f"/api/v1/dispatches/{took[0]}/departure")
    await station.post(f"/api/v1/dispatches/{took[1]}/departure")
    await wall.shows(assigned=1, en_route=2)
    await station.post(f"/api/v1/dispatches/{took[0]}/arrival")
    await wall.shows(assigned=1, en_route=1, on_site=1)
    await _the_map_agrees(page, office, tickets)
    await _a_tile_opens_to_its_list(supervisor, tickets[1])
    await station.post(f"/api/v1/dispatches/{took[0]}/completion", {"outcome": "repaired"})
    await client.post(f"/api/v1/tickets/{tickets[0]}/closure")
    await wall.shows(on_site=0, closed_today=1)
    # On a machine that is busy with something else the clock tells of that.
    assert wall.kept_up() or is_busy(), wall.behind


async def _the_map_agrees(page: Page, office: Office, tickets: list[str]) -> None:
    """Its list holds what its marks show; the chart beside it tells the day in words."""
    around = page.get_by_role("region", name="救援与服务站")
    await expect(around.get_by_role("application")).to_be_visible()
    rescues = around.get_by_role("list", name="未结救援 3").get_by_role("listitem")
    for stage in ("已接单", "途中", "已到场"):
        await expect(rescues.filter(has_text=stage)).to_have_count(1)
    await expect(around.locator('[data-state="busy"]')).to_have_text("1")
    async with office.service.database.transaction() as tx:
        await alarms.raise_alarm(
            tx, kind="dispatch_late", reason="test", ticket_id=UUID(tickets[2])
        )
    await expect(rescues.first).to_contain_text("告警")
    leads = rescues.first.get_by_role("link")
    await expect(leads).to_have_attribute("href", f"/console/rescues/{tickets[2]}")
    await expect(page.get_by_role("img", name=re.compile("受理 3 张、结束 0 张"))).to_be_visible()


async def _accepted(station: Client, offer: str) -> str:
    done = await station.post(f"/api/v1/offers/{offer}/acceptance", {"eta_minutes": 20})
    return str(done["id"])


async def _a_tile_opens_to_its_list(person: Person, on_the_way: str) -> None:
    page = person.page
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    await page.get_by_role("link", name="救援:途中").press("Enter")
    await expect(page).to_have_url(re.compile(r"/console/board\?open=en_route$"))
    rows = page.get_by_role("table", name="救援:途中").locator("tbody tr")
    await expect(rows).to_have_count(1)
    await expect(rows.get_by_role("link")).to_have_attribute("href", re.compile(on_the_way))
    assert await wide_enough(page)
    assert await grave_faults(page) == []
    await page.get_by_role("link", name="返回总览").click()
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_role("heading", name="Offers not answered")).to_be_visible()
    await page.get_by_role("button", name="Dark").click()
    assert await wide_enough(page)
    assert await grave_faults(page) == []


async def test_what_goes_home_unfinished_is_handed_to_a_name_and_seen(office: Office):
    client = await office.service.agent()
    agent = await at_the_console(office, "agent", "handover")
    await expect(agent.page.get_by_text("没有未办完的工单或告警")).to_be_visible()
    numbers = await _has_taken(office, client, agent)
    supervisor = await at_the_console(office, "supervisor", "board")
    wall = Wall(supervisor.page)
    await wall.shows(handovers=0)
    await agent.page.set_viewport_size(DESK_AT_125_PERCENT)
    mine = agent.page.get_by_role("table", name="我未办完的")
    await expect(mine.locator("tbody tr")).to_have_count(3)
    await mine.get_by_label("全选").press("Space")
    await agent.page.get_by_role("combobox", name="接收人").press("Enter")
    await agent.page.get_by_role("option", name="supervisor").click()
    await agent.page.get_by_role("textbox", name="说明").fill("李女士等配件,十点回电")
    assert await wide_enough(agent.page)
    assert await grave_faults(agent.page) == []
    await agent.page.get_by_role("button", name="交接所选 3 项").click()
    await expect(agent.page.get_by_text("已交给supervisor:3 项。")).to_be_visible()
    await wall.shows(handovers=3)
    unseen = supervisor.page.get_by_role("table", name="未阅的交接").locator("tbody tr")
    await expect(unseen).to_have_count(3)
    await expect(unseen.first).to_contain_text("李女士等配件")
    await supervisor.goes_to("/console/handover")
    await supervisor.page.get_by_role("button", name="English").press("Enter")
    received = supervisor.page.get_by_role("table", name="Handed to me")
    await expect(received).to_contain_text(numbers[0])
    assert await grave_faults(supervisor.page) == []
    for left in (2, 1, 0):
        await received.get_by_role("button", name="Seen").first.click()
        await expect(received.get_by_role("button", name="Seen")).to_have_count(left)
    given = agent.page.get_by_role("table", name="我交出的")
    await expect(given.get_by_text(re.compile("已阅"))).to_have_count(3)
    await supervisor.goes_to("/console/board")
    await wall.shows(handovers=0)


async def _has_taken(office: Office, client: Client, agent: Person) -> list[str]:
    """Two tickets and an alarm."""
    who: Any = await agent.page.evaluate("fetch('/api/v1/session').then((got) => got.json())")
    me = who["id"].removeprefix("staff:")
    tickets = [await client.post("/api/v1/tickets", {"kind": "complaint"}) for _ in range(2)]
    for ticket in tickets:
        await client.post(f"/api/v1/tickets/{ticket['id']}/assignment", {"assignee_id": me})
    about = UUID((await open_rescue(client))["id"])
    async with office.service.database.transaction() as tx:
        alarm = await alarms.raise_alarm(
            tx, kind="rescue_nobody_left", reason="test", ticket_id=about
        )
        await alarms.take_alarm(tx, who["id"], alarm)
    return [ticket["number"] for ticket in tickets]
