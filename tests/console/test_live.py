"""One stream for all tabs of a browser, and what happens when it breaks."""

import asyncio
import re
from uuid import UUID

import asyncpg
import pytest
from playwright.async_api import Page, Route, expect

from callcenter.staff.alarms import raise_alarm
from tests.console.conftest import at_the_console, grave_faults
from tests.db.cast import CONTROL
from tests.portal.conftest import Office, Person
from tests.service import eventually, open_rescue

# A tab hears what it tells the others, too: another object of the same channel.
HEARD = """
window.heard = []
window.ear = new BroadcastChannel('feed')
window.ear.onmessage = ({ data }) => {
  if (data.fact?.kind === 'ticket.opened') window.heard.push(data.fact.ticket_id)
}
"""


async def another_tab(person: Person, path: str = "/console/tickets") -> Page:
    page = await person.context.new_page()
    await page.goto(str(person.service.server.make_url(path)))
    await page.get_by_role("heading", level=1).first.wait_for()
    return page


async def has_one_stream(office: Office) -> None:
    """Soon: the server notices within a second that a page which was left listens no more."""
    client = await office.service.agent()

    async def is_one() -> bool:
        async with client.session.get("/metrics") as answer:
            return "callcenter_feed_readers 1.0" in (await answer.text()).splitlines()

    await eventually(is_one)


async def sees_a_new_rescue(office: Office, pages: list[Page], name: str) -> None:
    await open_rescue(await office.service.agent(), caller_name=name)
    for page in pages:
        await expect(page.get_by_text(name).first).to_be_visible()


class Line:
    """The way of the browser's streams to the server: each is seen, and may be held up."""

    def __init__(self, *, resumes: bool) -> None:
        self.resumes = resumes
        self.opened = 0
        self.free = asyncio.Event()
        self.free.set()

    async def carry(self, route: Route) -> None:
        self.opened += 1
        await self.free.wait()
        await route.continue_(url=None if self.resumes else route.request.url.split("?")[0])


async def heard(page: Page) -> list[str]:
    """The tickets that this tab has heard of, in their order."""
    found: list[str] = await page.evaluate("window.heard")
    return found


async def have_heard_of(pages: list[Page], ticket_id: str) -> None:
    for page in pages:
        await page.wait_for_function("id => window.heard.includes(id)", arg=ticket_id)


@pytest.mark.parametrize(
    "resumes", [pytest.param(True, id="guarded"), pytest.param(False, id="control", marks=CONTROL)]
)
async def test_eight_tabs_have_one_stream_and_miss_nothing_when_its_tab_is_closed(
    office: Office, resumes: bool
):
    line, client = Line(resumes=resumes), await office.service.agent()
    agent = await office.colleague("agent")
    await agent.context.add_init_script(HEARD)
    await agent.context.route("**/api/v1/feed*", line.carry)
    await agent.goes_to("/console/tickets")
    await expect(agent.page.locator("header .line.live")).to_be_visible()
    tabs = [await another_tab(agent) for _ in range(7)]
    opened = [(await open_rescue(client, caller_name="王先生"))["id"]]
    for page in [agent.page, *tabs]:
        await expect(page.get_by_text("王先生")).to_be_visible()
    assert line.opened == 1
    await has_one_stream(office)
    line.free.clear()
    await agent.page.close()
    opened += [(await open_rescue(client))["id"] for _ in range(3)]
    line.free.set()
    await has_one_stream(office)
    opened.append((await open_rescue(client, caller_name="李女士"))["id"])
    await have_heard_of(tabs, opened[-1])
    assert [await heard(page) for page in tabs] == [opened] * 7
    assert line.opened == 2
    for page in tabs:
        await expect(page.get_by_text("李女士")).to_be_visible()


async def test_a_change_is_shown_without_reload(office: Office):
    agent = await at_the_console(office, "agent", "tickets?live=1")
    client = await office.service.agent()
    ticket = await open_rescue(client)
    await expect(agent.page.locator("tbody .stage")).to_have_text("已受理")
    path = f"/api/v1/tickets/{ticket['id']}/cancellation"
    await client.post(path, {"outcome": "owner_cancelled"})
    await expect(agent.page.locator("tbody tr")).to_have_count(0)


async def test_a_page_of_the_server_and_the_console_share_the_stream(office: Office):
    boss = await at_the_console(office, "supervisor")
    inbox = await another_tab(boss, "/inbox")
    await sees_a_new_rescue(office, [boss.page], "王先生")
    await expect(inbox.locator("#messages .message")).to_have_count(1)
    await has_one_stream(office)


async def test_a_broken_line_is_said_and_what_was_missed_is_caught_up(office: Office):
    agent = await at_the_console(office, "agent")
    await expect(agent.page.locator("header .line.live")).to_be_visible()
    banner = agent.page.get_by_text("连接中断")
    await agent.context.set_offline(True)
    await expect(banner).to_be_visible()
    await open_rescue(await office.service.agent(), caller_name="王先生")
    await agent.context.set_offline(False)
    await expect(agent.page.get_by_text("王先生")).to_be_visible()
    await expect(banner).to_have_count(0)
    assert all("INTERNET_DISCONNECTED" in words for words in agent.complaints)
    agent.complaints.clear()


async def test_when_the_sign_in_has_ended_the_console_comes_to_it_by_itself(
    office: Office, owner: asyncpg.Connection
):
    agent = await at_the_console(office, "agent")
    await owner.execute("update sessions set began_at = began_at - interval '1 day'")
    await expect(agent.page).to_have_url(re.compile(r"/sign-in\?next="))


async def test_an_alarm_rings_and_is_taken(office: Office):
    agent = await at_the_console(office, "agent")
    bell = agent.page.get_by_role("button", name="告警")
    await expect(bell).to_contain_text("0")
    ticket = await open_rescue(await office.service.agent())
    async with office.service.database.transaction() as tx:
        await raise_alarm(
            tx, kind="rescue_nobody_left", reason="nobody_left", ticket_id=UUID(ticket["id"])
        )
    await expect(bell).to_contain_text("1")
    await bell.click()
    await expect(agent.page.get_by_role("link", name="没有服务站可派")).to_be_visible()
    assert await grave_faults(agent.page) == []
    await agent.page.get_by_role("button", name="由我处理").click()
    await expect(bell).to_contain_text("0")
