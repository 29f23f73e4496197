"""The console as people see it: the built one, in a real Chromium against the running service."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from callcenter.web.console import BUILT
from tests.portal.conftest import Office, Person, desktop_office, office, quick_hashes, routing

__all__ = ["desktop_office", "office", "quick_hashes", "routing"]

SOURCES = Path(__file__).parents[2] / "console"
AXE = SOURCES / "node_modules" / "axe-core" / "axe.min.js"
DESK_AT_125_PERCENT = {"width": 1366 * 100 // 125, "height": 768 * 100 // 125}
GRAVE = {"serious", "critical"}
# Named: axe-core leaves out what came with 2.2 (the size of targets) unless it is asked for.
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(autouse=True)
def built() -> None:
    """Skips, and says so, where the console was not built."""
    if not (BUILT / "index.html").is_file() or not AXE.is_file():
        pytest.skip("the console is not built: `python3 dev.py test` does it")


async def at_the_console(office: Office, role: str, view: str = "tickets", **window: Any) -> Person:
    """A colleague with the console open."""
    person = await office.colleague(role, **window)
    await person.goes_to(f"/console/{view}")
    await person.page.get_by_role("heading", level=1).wait_for()
    return person


async def grave_faults(page: Page) -> list[str]:
    """What axe-core finds on the page that keeps people from using it (WCAG 2.2 AA)."""
    return await _found(page, "axe.run()")


async def wcag_faults(page: Page) -> list[str]:
    """The same by WCAG 2.2 AA alone and whole: with the size of what is pressed."""
    return await _found(page, f"axe.run({{ runOnly: {WCAG} }})")


async def pale_words(page: Page) -> list[str]:
    """What axe-core finds too pale to be read: all that another colour scheme can change."""
    return await _found(page, "axe.run({ runOnly: ['color-contrast'] })")


async def _found(page: Page, run: str) -> list[str]:
    # Handed over by the test: the page's own policy forbids foreign scripts.
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text())
    found = await page.evaluate(run)
    return [
        f"{fault['id']}: {node['html'][:200]} {node['failureSummary']}"
        for fault in found["violations"]
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
    ]
