"""Takes the pictures of the documents anew: `.venv/bin/python -m docs.pictures`.

It starts the demo in a folder of its own, plays some rescues through the API and opens each page as
its people see it. Chromium must be installed. The same pictures each time, but for the clock and
what the simulated stations answer.
"""

import asyncio
import random
import re
import shutil
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from geopy.distance import geodesic
from playwright.async_api import Browser, Page, async_playwright

from callcenter.calls.samples import SAMPLE_CALLER
from docs.pictures.demo import Demo, Person, demo

FOLDER = Path(__file__).parent
LARGEST = 200_000
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
SHEET = {"width": 900, "height": 820}
FAULTS = ("flat_tyre", "dead_battery", "engine", "out_of_fuel", "accident", "locked_out")
OTHERS = 8
STAGES = 4
PAINTED_MS = 2500
"""For what comes by itself: the map, the news of the last change."""
TO_THE_TOP = "(title) => title.closest('section').scrollIntoView()"
Point = tuple[float, float]


class Pictures:
    """One demo, its people, and the rescue that the pictures tell of."""

    def __init__(self, demo: Demo, browser: Browser) -> None:
        self.demo, self.browser = demo, browser
        self.chance = random.Random(2026)

    async def take(self) -> None:
        """All of them, in the order of the story."""
        self.agent = await self._person("agent", DESK)
        self.station = await self._person("station", PHONE)
        self.supervisor = await self._person("supervisor", DESK)
        await self._other_work()
        await self._desk()
        ticket = await self._new_rescue()
        offer = await self._offered(ticket)
        await self._under_way(offer)
        await self._followed(ticket)
        await self._board()
        await self._campaign()

    async def _person(self, login: str, size: dict[str, int]) -> Person:
        person = await Person.comes(self.demo, self.browser, viewport=size)
        await person.signs_in(login)
        return person

    async def _other_work(self) -> None:
        """What waits at the desk."""
        for kind in ("complaint", "enquiry", "technical"):
            await self.agent.post("/api/v1/tickets", {"kind": kind, "caller_name": "陈先生"})
        await self._rescue("flat_tyre")

    async def _rescue(self, fault: str) -> str:
        body = {"kind": "rescue", "particulars": {"fault": fault}, "caller_name": "李女士"}
        return str((await self.agent.post("/api/v1/tickets", body))["id"])

    async def _other_rescues(self) -> None:
        """Beside stations that answer by simulation, each in its own time."""
        stations = (await self.agent.get("/api/v1/stations", simulated="true", limit=200))["items"]
        for number, station in enumerate(self.chance.sample(stations, OTHERS)):
            path = f"/api/v1/tickets/{await self._rescue(FAULTS[number % len(FAULTS)])}/places"
            near = {"lat": station["lat"] + 0.03, "lon": station["lon"] + 0.02, "words": ""}
            place = await self.agent.post(path, near)
            await self.agent.post(f"{path}/{place['id']}/confirmation", {"reason": "demo"})

    async def _desk(self) -> None:
        page = self.agent.page
        await page.goto("/console/desk")
        await page.locator("header .line.live").wait_for()
        ringing = {"carrier_ref": "picture", "caller": SAMPLE_CALLER}
        self.call = (await self.agent.post("/api/v1/calls", ringing))["call"]
        await page.locator("[data-test=work]").get_by_text("振铃").first.wait_for()
        await page.keyboard.press("F2")
        await page.locator("[data-test=work]").get_by_text("通话中").first.wait_for()
        await self._both(page, "desk")
        await page.get_by_role("button", name="深色").click()
        await self._picture(page, "desk.dark")
        await page.get_by_role("button", name="浅色").click()

    async def _new_rescue(self) -> str:
        """The fault, the place, who would come; sent."""
        page = self.agent.page
        home = (await self.agent.get("/api/v1/stations", simulated="false"))["items"][0]
        self.home: Point = (home["lat"], home["lon"])
        self.car: Point = geodesic(kilometers=3).destination(self.home, bearing=60)[:2]
        await page.goto(f"/console/rescues/new?call={self.call['id']}")
        await page.get_by_role("heading", level=1).wait_for()
        await page.keyboard.press("1")
        await page.keyboard.insert_text(f"geo:{self.car[0]:.5f},{self.car[1]:.5f}")
        await page.locator("[data-ranked]").first.wait_for()
        await self._both(page, "rescue-new")
        await page.get_by_role("button", name="确认位置").click()
        await page.get_by_role("button", name="派单").click()
        await page.wait_for_url(re.compile("/console/rescues/[0-9a-f-]{36}$"))
        return page.url.rsplit("/", 1)[1]

    async def _offered(self, ticket: str) -> str:
        """The station's phone, while the offer waits."""

        async def open_offer() -> Any:
            found = (await self.station.get("/api/v1/offers", open="true"))["items"]
            return next((one for one in found if one["ticket_id"] == ticket), None)

        offer = await until(open_offer)
        page = self.station.page
        await page.goto(f"/station/offers/{offer['id']}")
        await page.locator(".countdown").wait_for()
        await self._picture(page, "station")
        return str(offer["id"])

    async def _under_way(self, offer: str) -> None:
        taken = await self.station.post(f"/api/v1/offers/{offer}/acceptance", {"eta_minutes": 20})
        path = f"/api/v1/dispatches/{taken['id']}"
        await self.station.post(f"{path}/departure")
        lat, lon = (0.4 * home + 0.6 * car for home, car in zip(self.home, self.car, strict=True))
        truck = {"lat": lat, "lon": lon, "accuracy_m": 8}
        at = datetime.now(UTC).isoformat()
        await self.station.post(f"{path}/positions", truck | {"fixed_at": at})

    async def _followed(self, ticket: str) -> None:
        """The same rescue as the desk, the wall, the owner and the people at the road see it."""
        page = self.agent.page
        await page.goto(f"/console/rescues/{ticket}")
        await page.locator("[data-dispatch]").wait_for()
        await self._both(page, "rescue")
        desk = await self.agent.get(f"/api/v1/rescues/{ticket}/desk")
        owner = await Person.comes(self.demo, self.browser, viewport=PHONE)
        await owner.page.goto(desk["owner_url"])
        await self._picture(owner.page, "owner")
        await page.set_viewport_size(SHEET)
        await page.goto(f"/work-orders/{ticket}")
        await self._picture(page, "work-order")

    async def _board(self) -> None:
        """While rescues stand at several stages."""

        async def is_busy() -> bool:
            figures = (await self.supervisor.get("/api/v1/board"))["rescues"]
            return sum(count > 0 for count in figures.values()) >= STAGES

        wall = self.supervisor.page
        await wall.goto("/console/board")
        await wall.locator("[data-figure]").first.wait_for()
        await self._other_rescues()
        await until(is_busy)
        await self._both(wall, "board")

    async def _campaign(self) -> None:
        """Step by step, and whether it has helped."""
        page = self.supervisor.page
        (campaign,) = (await self.supervisor.get("/api/v1/campaigns"))["items"]
        await page.goto(f"/console/outbound/campaigns/{campaign['id']}")
        for language, other in (("zh", "English"), ("en", "中文")):
            await page.locator("[data-tone]").first.wait_for()
            await page.locator("#campaign-funnel").evaluate(TO_THE_TOP)
            await self._picture(page, f"campaign.{language}")
            await page.get_by_role("button", name=other).click()

    async def _both(self, page: Page, name: str) -> None:
        """In both languages; Chinese again afterwards."""
        await self._picture(page, f"{name}.zh")
        await page.get_by_role("button", name="English").click()
        await self._picture(page, f"{name}.en")
        await page.get_by_role("button", name="中文").click()

    async def _picture(self, page: Page, name: str) -> None:
        await page.wait_for_timeout(PAINTED_MS)
        file = FOLDER / f"{name}.png"
        await page.screenshot(path=file)
        size = file.stat().st_size
        print(f"{file.name:20} {size // 1000:4} kB", flush=True)
        if size > LARGEST:
            raise SystemExit(f"{file.name} is too large for a document")


async def until(ask: Callable[[], Awaitable[Any]]) -> Any:
    """The first answer that there is."""
    async with asyncio.timeout(120):
        while not (answer := await ask()):
            await asyncio.sleep(0.2)
    return answer


async def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is not installed")
    async with demo() as running, async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        await Pictures(running, browser).take()
        await browser.close()


asyncio.run(main())
