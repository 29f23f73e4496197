"""What keeps an open page alive: one stream for all tabs, a sign-in that lasts while it listens,
and a way back when it has ended."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
from playwright.async_api import Browser, Page, TimeoutError, expect

from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.portal import catalogue
from callcenter.settings import SessionSettings
from schemas.generate import facts
from tests.db.cast import CONTROL, with_control
from tests.portal.conftest import Office, Person
from tests.service import confirm_place, open_rescue, running

IDLE_S = 8.0
SOON_MS = 30_000
STATION_PAGE = re.compile("^[^?]*/station$")
WITHOUT_LOCKS = "Object.defineProperty(Navigator.prototype, 'locks', {get: () => undefined})"
A_STREAM_EACH = "navigator.locks.request = (name, hold) => hold()"
"""The guard taken out: every tab believes that it is the one."""


async def opens(person: Person, tabs: int, path: str = "/station") -> list[Page]:
    """So many tabs more on this page; one that does not load is a failure."""
    opened = []
    for number in range(tabs):
        page = await person.context.new_page()
        try:
            await page.goto(str(person.service.server.make_url(path)), timeout=SOON_MS / 2)
        except TimeoutError:
            raise AssertionError(f"tab {number + 1} does not load") from None
        opened.append(page)
    return opened


async def at_a_station(office: Office) -> Person:
    """Somebody of a station with trucks for all that comes, before its page."""
    station = await office.service.station("HOME", 2, trucks=[["flatbed"]] * 3)
    return await office.colleague("station", station_id=station.station_id)


async def hear_of_a_rescue(person: Person, tabs: list[Page], count: int = 1) -> None:
    """One more rescue is offered to the station: each tab shows it, soon and by itself."""
    agent = await person.service.agent()
    await confirm_place(agent, (await open_rescue(agent))["id"])
    for page in tabs:
        await expect(page.locator(".job.urgent")).to_have_count(count, timeout=SOON_MS)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("", id="guarded"),
        pytest.param(WITHOUT_LOCKS, id="without_a_secure_context"),
        pytest.param(A_STREAM_EACH, id="control", marks=CONTROL),
    ],
)
async def test_eight_tabs_of_one_browser_all_load_and_hear_the_news(office: Office, script: str):
    station = await at_a_station(office)
    await station.page.close()
    await station.context.add_init_script(script)
    tabs = await opens(station, 8)
    await hear_of_a_rescue(station, tabs)
    await tabs.pop(0).close()
    await hear_of_a_rescue(station, tabs, 2)


async def test_only_one_of_the_tabs_has_a_stream(office: Office):
    station = await at_a_station(office)
    await opens(station, 3)
    await hear_of_a_rescue(station, station.context.pages)
    client = await office.service.agent()
    async with client.session.get("/metrics") as answer:
        assert "callcenter_feed_readers 1.0" in await answer.text()


def test_the_pages_listen_to_all_that_happens():
    """All, since the tab with the stream hears for the console's tabs, too."""
    script = (catalogue.STATIC / "live.js").read_text()
    kinds = {fact.kind for fact in facts()}
    assert kinds <= set(re.findall(r'"([a-z_]+\.[a-z_]+)"', script))


@pytest.fixture
async def hurried(
    database: Database, intake: Intake, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    """The office where a sign-in that is not used lasts for some seconds only."""
    monkeypatch.setattr("callcenter.web.feed_hub.SIGNED_IN_CHECK_S", 0.2)
    limits = SessionSettings(idle_s=IDLE_S)
    async with running(database, intake, sessions=limits) as service:
        opened = Office(service, browser)
        yield opened
        for person in opened.people:
            await person.context.close()


USE_IS_NOT_NOTICED = """
create function forget_use() returns trigger language plpgsql as $$
begin
    new.seen_at := old.seen_at;
    return new;
end $$;
create trigger forget_use before update on sessions for each row execute function forget_use();
"""


@with_control(sabotage=USE_IS_NOT_NOTICED)
async def test_a_quiet_station_page_stays_signed_in(
    hurried: Office, owner: asyncpg.Connection, sabotage: str | None
):
    if sabotage:
        await owner.execute(sabotage)
    station = await hurried.colleague("station", station_id=await hurried.station())
    await expect(station.page).to_have_url(STATION_PAGE)
    await asyncio.sleep(IDLE_S * 1.5)
    await expect(station.page.locator(".offline")).to_have_count(0)
    await station.page.reload()
    await expect(station.page).to_have_url(STATION_PAGE)


async def test_when_the_day_is_over_the_page_comes_to_the_sign_in_by_itself(
    office: Office, owner: asyncpg.Connection
):
    station = await office.colleague("station", station_id=await office.station())
    await owner.execute("update sessions set began_at = began_at - interval '1 day'")
    await expect(station.page).to_have_url(re.compile("/sign-in"), timeout=SOON_MS)


async def test_a_feed_that_was_refused_for_a_while_is_opened_again(office: Office):
    """EventSource gives up for good at any answer but 200."""
    station = await at_a_station(office)
    refused = 0

    async def refuse(route: Any) -> None:
        nonlocal refused
        refused += 1
        await route.fulfill(status=403, body="")

    await station.context.route("**/api/v1/feed", refuse)
    await station.goes_to("/station")
    await station.page.wait_for_event("requestfinished", lambda r: "/feed" in r.url)
    assert refused > 0
    await station.context.unroute_all()
    async with station.page.expect_response("**/api/v1/feed", timeout=SOON_MS) as again:
        pass
    assert (await again.value).status == 200
    await hear_of_a_rescue(station, [station.page])
