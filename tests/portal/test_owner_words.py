"""What the owner says by his page: a message to the desk, a rating afterwards; and what he sees of
the truck that comes."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import expect

from callcenter.portal.map_link import navigation_urls
from callcenter.portal.owner_view import minutes_between
from tests.console.conftest import AXE, grave_faults
from tests.portal.conftest import Office
from tests.portal.test_station_page import running_job, signed
from tests.service import SHENYANG

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


async def test_the_owner_writes_to_the_desk_and_rates_what_was_done(office: Office):
    home = await office.service.station("HOME", 2)
    client, ticket_id, _ = await running_job(office, home)
    owner = await office.person(phone=True)
    await owner.goes_to(await signed(office.service, "owner", ticket_id))
    await owner.sees("HOME0")
    await owner.page.click("summary:has-text('给客服留言')")
    await owner.page.fill("#message textarea", "我在隧道口,有小孩")
    await owner.presses("发送留言")
    await owner.sees("留言已送达客服")
    await expect(owner.page.locator("#messages")).to_contain_text("有小孩")
    if AXE.exists():
        assert await grave_faults(owner.page) == []
    dispatch = (await home.get("/api/v1/dispatches"))["items"][0]["id"]
    await home.post(f"/api/v1/dispatches/{dispatch}/arrival")
    await home.post(f"/api/v1/dispatches/{dispatch}/completion", {"outcome": "repaired"})
    await owner.page.locator(".chip", has_text="2 差").click()
    await owner.page.fill("#rating textarea", "等了太久")
    await owner.presses("提交评价")
    await expect(owner.page.locator("#rating")).to_contain_text("您评了 2 分")
    await owner.sees("我们会致电回访")
    assert not await owner.is_too_wide()
    (complaint,) = (await client.get("/api/v1/tickets", kind="complaint"))["items"]
    assert "2 分" in complaint["summary"]
    assert "等了太久" in complaint["summary"]
    alarms = (await client.get("/api/v1/alarms", ticket_id=complaint["id"]))["items"]
    assert [alarm["kind"] for alarm in alarms] == ["rescue_rated_badly"]
    if AXE.exists():
        assert await grave_faults(owner.page) == []


async def test_what_was_seen_of_the_truck_is_drawn_and_never_old_as_live(office: Office):
    home = await office.service.station("HOME", 2)
    _, ticket_id, _ = await running_job(office, home)
    dispatch = (await home.get("/api/v1/dispatches"))["items"][0]["id"]

    async def seen(seconds_ago: int) -> None:
        at = datetime.now(UTC) - timedelta(seconds=seconds_ago)
        position = {"lat": SHENYANG[0] + 0.02, "lon": SHENYANG[1], "fixed_at": at.isoformat()}
        await home.post(f"/api/v1/dispatches/{dispatch}/positions", position)

    await seen(600)
    owner = await office.person(phone=True, english=True)
    await owner.goes_to(await signed(office.service, "owner", ticket_id))
    await expect(owner.page.locator(".way")).to_contain_text("10 min ago")
    await expect(owner.page.locator(".when-old")).to_be_visible()
    await seen(5)
    await expect(owner.page.locator(".when-old")).to_be_hidden()
    await expect(owner.page.locator(".way svg")).to_contain_text("HOME0")


@pytest.mark.parametrize(
    ("minutes", "between"),
    [(20, (15, 25)), (60, (45, 75)), (10, (8, 12)), (3, (1, 5)), (0, (1, 2)), (-1, None)],
)
def test_the_time_of_arrival_is_told_as_a_range(minutes: int, between: Any):
    assert minutes_between(NOW + timedelta(minutes=minutes), NOW) == between


def test_each_map_gets_the_datum_it_expects():
    urls = {name: urlsplit(url) for name, url in navigation_urls(*SHENYANG, "R1").items()}
    asked = {name: parse_qs(url.query) for name, url in urls.items()}
    assert asked["amap"]["position"][0].startswith("123.437")
    assert asked["apple"]["daddr"][0].split(",")[1].startswith("123.437")
    assert asked["baidu"]["location"][0].split(",")[1].startswith("123.444")
    assert urls["phone"].path == "41.805700,123.431500"
