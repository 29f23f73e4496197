"""Agents at the console whose phone is their browser, the hotline on a real Asterisk behind it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import aiohttp
import numpy as np
from playwright.async_api import Browser, Error, Page, expect

from callcenter import hotline
from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.settings import QueueSettings
from callcenter.telephony.agent_phones.door import run_folder
from tests.portal.conftest import Office, Person
from tests.service import Client, running
from tests.telephony.browser import FULL_SCALE
from tests.telephony.exchange import HOTLINE, Exchange
from tests.telephony.scene import CALLER_HZ, MUSIC, hearing
from tests.telephony.sip.call import SipCall
from tests.telephony.sip.sound import Heard, tone

EAR = (Path(__file__).parent / "ear.js").read_text()
NUMBER = "13912345678"
EXPECTED = ("WebSocket connection to", "status of 503", "ERR_")
"""What a browser says aloud of a switch that is away."""


@dataclass(eq=False)
class AtTheConsole:
    """An agent who sits at the hotline with a phone in his browser."""

    person: Person

    @property
    def page(self) -> Page:
        return self.person.page

    @property
    def bar(self) -> Any:
        return self.page.locator("[data-test=call-bar]")

    async def opens(self, view: str) -> None:
        await self.person.goes_to(f"/console/{view}")
        await self.page.get_by_role("heading", level=1).wait_for()

    @property
    def menu(self) -> Any:
        """Which phone, in the menu of his seat."""
        return self.page.locator("[data-test=phone-menu]")

    async def sits(self, *keys: str) -> None:
        """Takes the seat: ready, or by these keys what else is in the menu."""
        await self.page.keyboard.press("Alt+s")
        await expect(self.page.locator("#seat-menu .menu button:focus")).to_be_visible()
        for key in ("Home", *keys, "Enter"):
            await self.page.keyboard.press(key)

    async def is_registered(self) -> None:
        await self.page.keyboard.press("Alt+s")
        await expect(self.menu).to_contain_text("电话就绪")
        await self.page.keyboard.press("Escape")
        await expect(self.page.locator("[data-test=phone-trouble]")).to_have_count(0)

    async def is_ready(self) -> None:
        """At the hotline, with a phone."""
        await self.sits()
        await self.is_registered()

    async def chooses_desk_phone(self, extension: str) -> None:
        await self.page.keyboard.press("Alt+s")
        await self.menu.get_by_role("radio", name="话机").check()
        await self.menu.get_by_label("分机").select_option(extension)
        await self.page.keyboard.press("Escape")

    async def stands(self, words: str) -> None:
        await expect(self.bar.locator("[data-test=stage]")).to_have_text(words)

    async def said(self, words: str) -> None:
        """What the bar tells of the last thing that was wanted."""
        await expect(self.bar.locator("[data-test=said]")).to_contain_text(words)

    async def hear(self) -> Heard:
        """What was heard in the last third of a second."""
        await asyncio.sleep(0.4)
        got = await self.page.evaluate("ear()")
        return Heard(np.array(got["samples"]) * FULL_SCALE, got["rate"])


@dataclass
class House:
    """The service with its hotline, people at the console, and telephones outside."""

    office: Office
    exchange: Exchange
    client: Client
    told: list[str] = field(default_factory=list)

    async def agent(self, role: str = "agent", view: str = "desk", **window: Any) -> AtTheConsole:
        person = await self.office.colleague(role, permissions=["microphone"], **window)
        await person.page.add_init_script(EAR)
        if role == "agent":
            self._watch(person.page)
        at = AtTheConsole(person)
        await at.opens(view)
        return at

    def _watch(self, page: Page) -> None:
        """All that comes to a browser whose agent may see no number."""

        def opened(socket: Any) -> None:
            socket.on("framereceived", lambda frame: self.told.append(str(frame)))

        async def answered(response: Any) -> None:
            if "/api/" in response.url and "/feed" not in response.url:
                with contextlib.suppress(Error):
                    self.told.append(await response.text())

        page.on("websocket", opened)
        page.on("response", answered)

    async def caller(self, number: str = NUMBER) -> SipCall:
        """Presses 3 while he is greeted: a rescue."""
        caller = await (await self.exchange.caller(number)).call(HOTLINE)
        await caller.until("up")
        await hearing({caller: {MUSIC}})
        caller.press("3")
        caller.say(tone(CALLER_HZ))
        return caller

    async def rows(self, query: str, *given: Any) -> list[dict[str, Any]]:
        async with self.office.service.database.reading() as tx:
            return [dict(row) for row in await tx.connection.fetch(query, *given)]

    async def staff(self, login: str) -> UUID:
        (row,) = await self.rows("select id from staff_users where login = $1", login)
        return UUID(str(row["id"]))


@contextlib.asynccontextmanager
async def opened(
    database: Database,
    intake: Intake,
    exchange: Exchange,
    browser: Browser,
    data_dir: Path,
    **settings: Any,
) -> AsyncIterator[House]:
    """Web, worker and hotline as in the product, on the Asterisk of the tests."""
    folder = run_folder(data_dir)
    folder.parent.mkdir(parents=True)
    folder.symlink_to(exchange.asterisk.folder)
    settings |= {"queue": QueueSettings(ring_s=20), "asterisk": exchange.asterisk.settings}
    async with (
        running(database, intake, data_dir=data_dir, **settings) as service,
        aiohttp.ClientSession() as session,
    ):
        serving = asyncio.create_task(hotline._serve(service.settings, database, session))
        office = Office(service, browser)
        try:
            yield House(office, exchange, await service.agent())
        finally:
            for person in office.people:
                await person.context.close()
            serving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await serving
    faults = [words for person in office.people for words in person.complaints]
    assert [one for one in faults if not any(known in one for known in EXPECTED)] == []
