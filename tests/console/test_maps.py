"""Maps of others beneath our own marks: shown right in both datums, asked of nobody else."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from callcenter.db.database import Database
from callcenter.places.datum import from_wgs84
from callcenter.places.distance import distance_m
from callcenter.places.intake import Intake
from callcenter.places.model import Datum
from callcenter.settings import RoutingSettings
from tests.console.conftest import at_the_console, grave_faults
from tests.console.tiles import LANDMARK, Tiles, centre_of, tile_server
from tests.portal.conftest import Office
from tests.service import SHENYANG, Service, eventually, running

PIN = (11, 87, 164)
PIXELS = 2
METRES_A_PIXEL = 30
"""More than it is at the zoom that a single place is shown with."""


@pytest.fixture
async def tiles() -> AsyncIterator[Tiles]:
    async with tile_server() as served:
        yield served


@pytest.fixture
async def service(
    database: Database, intake: Intake, routing: RoutingSettings, tiles: Tiles
) -> AsyncIterator[Service]:
    """Its settings name the tile server."""
    async with running(database, intake, routing=routing, map=tiles.settings()) as it:
        yield it


async def test_a_station_stands_on_its_landmark_whatever_the_datum_of_the_tiles(
    office: Office, tiles: Tiles
):
    await office.station(km_north=0)
    person = await at_the_console(office, "supervisor", "stations?map=yes")
    page = person.page
    shown = page.locator(".map")
    await expect(page.get_by_text("GS(2026)1号")).to_be_visible()
    await eventually(lambda: centre_of(LANDMARK, shown))
    assert await grave_faults(page) == []
    # The only station is in the middle of its map; its mark leads to it.
    await shown.click()
    await expect(page).to_have_url(re.compile("/console/stations/[0-9a-f-]{36}$"))
    await expect(page.get_by_text("41.80570, 123.43150")).to_be_visible()

    assert from_wgs84(*SHENYANG, Datum.GCJ02) != SHENYANG
    await _pin_is_on_the_landmark(page)
    middle = await centre_of(LANDMARK, shown)
    assert middle is not None
    await shown.click(position={"x": middle[0] + 70, "y": middle[1] - 50})
    await expect(page.get_by_text("41.80570, 123.43150")).to_have_count(0)
    # What lies beneath the pointer on a GCJ-02 map comes back in WGS-84. Two presses within a
    # quarter of a second are a double click, which zooms.
    await page.wait_for_timeout(400)
    await shown.click(position={"x": middle[0], "y": middle[1]})

    async def is_back() -> bool:
        # Each way so many pixels; the datums lie 600 m apart.
        return distance_m(await _place(page), SHENYANG) < 1.5 * PIXELS * METRES_A_PIXEL

    await eventually(is_back)
    await page.get_by_role("button", name="还原").first.click()

    await page.get_by_label("底图").select_option("天地图")
    await expect(page.get_by_text("GS(2026)2号")).to_be_visible()
    await _pin_is_on_the_landmark(page)
    wmts = [one for one in tiles.asked if one.get("request") == "GetTile"]
    assert wmts
    assert {(one["layer"], one["tilematrixset"], one["tk"]) for one in wmts} == {("vec", "w", "K")}
    await page.get_by_label("底图").select_option("简图(不联网)")
    await expect(page.get_by_text("GS(2026)2号")).to_have_count(0)
    assert await grave_faults(page) == []
    await _nobody_else_is_asked(person.complaints, page)


async def _pin_is_on_the_landmark(page: Page) -> None:
    shown = page.locator(".map")

    async def off() -> bool:
        pin, landmark = await centre_of(PIN, shown), await centre_of(LANDMARK, shown)
        if pin is None or landmark is None:
            return False
        return max(abs(one - other) for one, other in zip(pin, landmark, strict=True)) <= PIXELS

    await eventually(off)


async def _place(page: Page) -> tuple[float, float]:
    """As the page has it."""
    words = await page.get_by_role("region", name="位置").locator(".digits").first.inner_text()
    lat, lon = words.split(", ")
    return float(lat), float(lon)


async def _nobody_else_is_asked(complaints: list[str], page: Page) -> None:
    """The policy refuses another port of this machine and another host; the watch sees both."""
    others = ("http://127.0.0.1:9/1/2/3.png", "http://example.com/1/2/3.png")
    assert complaints == []
    for other in others:
        await page.evaluate("url => { new Image().src = url }", other)

    async def is_refused() -> bool:
        return sum("Content Security Policy" in words for words in complaints) == len(others)

    await eventually(is_refused)
    assert {f"asked another: {other}" for other in others} < set(complaints)
    complaints.clear()
