"""Pages as people see them: a real Chromium against the running service."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from playwright.async_api import Browser, BrowserContext, Page, expect

from callcenter.settings import RoutingSettings
from callcenter.staff import passwords
from callcenter.staff import service as staff
from callcenter.stations import service as stations
from tests.service import Service

DESKTOP = {"width": 1200, "height": 900}
PHONE = {"width": 390, "height": 844}
PASSWORD = "a long night on the G2"
SOON_MS = 30_000
expect.set_options(timeout=SOON_MS)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody signs in here: a password costs a thousandth of what it shall cost an attacker."""
    quick = partial(PasswordHasher, time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "PasswordHasher", quick)


@pytest.fixture
def routing() -> RoutingSettings:
    """Nobody here waits for an offer to run out, and none may while pages are opened."""
    return RoutingSettings(offer_lifetime_s=600)


@dataclass
class Person:
    """Somebody with a browser window, who must never see an error, and whose browser asks nobody
    but the service and those whom its settings name for map tiles."""

    service: Service
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Remembers what went wrong in the window."""
        known = {str(self.service.server.make_url("").origin()), *self.service.settings.map.origins}

        def said(message: Any) -> None:
            # A refusal is a page too; its status is an "error" to the console.
            if message.type == "error" and "status of 4" not in message.text:
                self.complaints.append(message.text)

        def asked(request: Any) -> None:
            address = urlsplit(request.url)
            origin = f"{address.scheme}://{address.netloc}"
            if address.scheme.startswith("http") and origin not in known:
                self.complaints.append(f"asked another: {request.url}")

        self.page.on("console", said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", asked)

    async def goes_to(self, path: str) -> None:
        """Opens a page of the service; a whole address is taken for its path."""
        where = urlsplit(path)
        query = f"?{where.query}" if where.query else ""
        await self.page.goto(f"{self.service.server.make_url(where.path)}{query}")

    async def presses(self, words: str) -> None:
        """The button with these words, and what comes of it.

        Not the next navigation: where the page hears of the news before its press is answered, it
        sets out to load anew, and is overtaken by the answer's own loading.
        """
        async with self.page.expect_event("load"):
            await self.page.get_by_role("button", name=words, exact=True).first.click()

    async def sees(self, words: str) -> None:
        """The words stand on the page, soon and without reloading."""
        await self.page.get_by_text(words).first.wait_for(timeout=SOON_MS)

    async def signs_in(self, login: str, to: str = "/password") -> None:
        """By name and password; to a page that costs little to open."""
        await self.goes_to(f"/sign-in?next={to}")
        await self.page.fill("[name=login]", login)
        await self.page.fill("[name=password]", PASSWORD)
        async with self.page.expect_navigation():
            await self.page.click("button.main")

    async def signs(self) -> None:
        """The owner's signature, drawn on the station's phone."""
        canvas = self.page.locator("canvas.signature")
        await canvas.scroll_into_view_if_needed()
        box = await canvas.bounding_box()
        assert box is not None
        await self.page.mouse.move(box["x"] + 30, box["y"] + 40)
        await self.page.mouse.down()
        await self.page.mouse.move(box["x"] + 150, box["y"] + 70, steps=5)
        await self.page.mouse.up()
        await expect(self.page.locator("[name=unsigned]")).to_be_hidden()

    async def is_too_wide(self) -> bool:
        """Whether the page must be pushed sideways to be read."""
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        return bool(await self.page.evaluate(wide))


class Office:
    """Opens windows for people of the service."""

    def __init__(self, service: Service, browser: Browser) -> None:
        self.service = service
        self.browser = browser
        self.people: list[Person] = []

    async def person(self, *, english: bool = False, phone: bool = False, **context: Any) -> Person:
        """Somebody who is not signed in."""
        opened = await self.browser.new_context(
            locale="en-US" if english else "zh-CN",
            viewport=PHONE if phone else DESKTOP,
            # No test looks while one colour becomes another.
            reduced_motion="reduce",
            **context,
        )
        person = Person(self.service, opened, await opened.new_page())
        person.watch()
        self.people.append(person)
        return person

    async def colleague(
        self, role: str, *, station_id: UUID | None = None, **window: Any
    ) -> Person:
        """Somebody of this role, signed in."""
        async with self.service.database.transaction() as tx:
            await staff.create_staff(
                tx, login=role, name=role, role=role, password=PASSWORD, station_id=station_id
            )
        person = await self.person(**window)
        await person.signs_in(role, "/password" if station_id is None else "/station")
        return person

    async def station(self, km_north: float = 2.0) -> UUID:
        """A station that can help, beside the middle of Shenyang; its id."""
        await self.service.station("HOME", km_north)
        async with self.service.database.reading() as tx:
            (found,) = await stations.repository.listed(tx, limit=1)
        return found.id


@pytest.fixture
async def office(service: Service, browser: Browser) -> AsyncIterator[Office]:
    """The service with windows; at the end nobody has seen an error."""
    async with opened(service, browser) as office:
        yield office


@pytest.fixture
async def desktop_office(service: Service, desktop_browser: Browser) -> AsyncIterator[Office]:
    """The same with windows that may show notifications."""
    async with opened(service, desktop_browser) as office:
        yield office


@contextlib.asynccontextmanager
async def opened(service: Service, browser: Browser) -> AsyncIterator[Office]:
    """Windows on this service; at the end nobody in them has seen an error."""
    office = Office(service, browser)
    yield office
    for person in office.people:
        await person.context.close()
    assert [words for person in office.people for words in person.complaints] == []
