"""The desk in a real Chromium: from the ring to the customer on the screen, and how it starts."""

import asyncio
import secrets
import shutil
import time
from collections.abc import Sequence
from typing import Any

from benchmarks.desk_questions import Somebody
from benchmarks.figures import progress, spread_ms
from benchmarks.installation import Installation
from benchmarks.wire import Lines, lines
from callcenter.staff import service as staff
from callcenter.web.permission import Permission

SWITCHES = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-component-update"]
WINDOW: Any = {"width": 1366, "height": 768}
DESK = "/console/desk"
STARTS = 20
QUIET_MS = 400

# The moment behind the first frame that shows it, as the machine's clock has it. What is new in
# the page is looked for in each frame.
SEEN = """
([css, words]) => new Promise((seen) => {
  const now = () => performance.timeOrigin + performance.now()
  const shown = () => requestAnimationFrame(() => setTimeout(() => seen(now())))
  const isThere = () =>
    [...document.querySelectorAll(css)].some((one) => one.textContent.includes(words))
  const look = () => (isThere() ? shown() : requestAnimationFrame(look))
  look()
})
"""
CAR, CONTACT = (
    "[data-test=customer] [data-test=car]",
    "[data-test=customer] [data-test=contacts] li",
)
FREE, STARTED = "[data-test=customer] > .quiet", "[data-test=customer]"


async def measure(it: Installation, people: Sequence[Somebody]) -> dict[str, Any]:
    """Spreads and sizes, or why there are none."""
    try:
        from playwright.async_api import async_playwright
    except ImportError:
        return {"left_out": "no Playwright"}
    chromium = shutil.which("chromium")
    if chromium is None:
        return {"left_out": "no Chromium"}
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        try:
            context = await browser.new_context(locale="zh-CN", viewport=WINDOW)
            page = await context.new_page()
            await _sign_in(it, page)
            told: dict[str, Any] = {"first_load_kb": await _first_load(it, context, page)}
            told["warm_start"] = spread_ms(await _starts(it, page))
            return told | await _rings(it, page, people)
        finally:
            await browser.close()


async def _sign_in(it: Installation, page: Any) -> None:
    password = secrets.token_urlsafe(12)
    async with it.database.transaction() as tx:
        await staff.set_password(tx, "agent", password)
    await page.goto(f"{it.url}/sign-in")
    await page.fill("[name=login]", "agent")
    await page.fill("[name=password]", password)
    async with page.expect_navigation():
        await page.click("button.main")


async def _first_load(it: Installation, context: Any, page: Any) -> float:
    """Script and style that the desk waits for at its first start, in kB by gzip."""
    asked: list[Any] = []
    page.on("request", lambda request: asked.append(request))
    await page.goto(it.url + DESK)
    await page.evaluate(SEEN, [STARTED, ""])
    total = 0
    for url in {one.url for one in asked if one.resource_type in ("script", "stylesheet")}:
        answer = await context.request.get(url, headers={"Accept-Encoding": "gzip"})
        total += int(answer.headers["content-length"])
    return round(total / 1000, 1)


async def _starts(it: Installation, page: Any) -> list[float]:
    """Seconds from the address to the painted desk, with everything in the browser's cache."""
    taken = []
    await page.goto(it.url + DESK)
    for _ in range(STARTS):
        await page.goto("about:blank")
        began = time.time()
        await page.goto(it.url + DESK, wait_until="commit")
        taken.append(await page.evaluate(SEEN, [STARTED, ""]) / 1000 - began)
    return taken


async def _rings(it: Installation, page: Any, people: Sequence[Somebody]) -> dict[str, Any]:
    """One call after the other: from the carrier's word to the car, and to the last contacts."""
    cars: list[float] = []
    contacts: list[float] = []
    token = await it.token(Permission.CALLS_WRITE)
    await page.goto(it.url + DESK)
    async with lines(it.host, it.port, token) as carrier:
        with progress() as bar:
            task = bar.add_task("来电 calls", total=len(people))
            for number, one in enumerate(people):
                await page.evaluate(SEEN, [FREE, ""])
                await page.wait_for_timeout(QUIET_MS)
                car, contact, began = await _ring(carrier, page, f"bench-{time.time_ns()}", one)
                # The first one opens the connections.
                if number:
                    cars.append(car - began)
                    contacts.append(contact - began)
                bar.advance(task)
    return {
        "painted": {"customer and cars": spread_ms(cars)},
        "and then": {"last contacts": spread_ms(contacts)},
    }


async def _ring(
    carrier: Lines, page: Any, reference: str, one: Somebody
) -> tuple[float, float, float]:
    """When the car and the contacts were on the screen, and when the carrier spoke; he hangs up."""
    seeing = [
        asyncio.ensure_future(page.evaluate(SEEN, [CAR, one.plate])),
        asyncio.ensure_future(page.evaluate(SEEN, [CONTACT, one.number])),
    ]
    await page.evaluate("1")
    began = time.time()
    rung = await carrier.call(
        "POST", "/api/v1/calls", {"carrier_ref": reference, "caller": one.phone}
    )
    car, contacts = await asyncio.gather(*seeing)
    path = f"/api/v1/calls/{rung['call']['id']}/end"
    await carrier.call("POST", path, {"reason": "abandoned"})
    return car / 1000, contacts / 1000, began
