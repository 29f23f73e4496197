"""The owner's phone beside the broken car: his page, and the page that asks where he is."""

import struct
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import aiohttp
import pytest
from playwright.async_api import expect

from tests.portal.conftest import Office, Person
from tests.portal.test_duty import looks_well
from tests.portal.test_station_page import signed
from tests.service import (
    SHENYANG,
    Client,
    Service,
    confirm_place,
    eventually,
    offer_for,
    open_rescue,
)

AMAP = "我在这里 https://uri.amap.com/marker?position=123.43750,41.82570"


async def owner_of_rescue(office: Office, **window: Any) -> tuple[Client, str, Person]:
    """A rescue whose place is confirmed, and its owner before his page."""
    agent = await office.service.agent()
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    person = await office.person(phone=True, **window)
    await person.goes_to(await signed(office.service, "owner", ticket["id"]))
    return agent, ticket["id"], person


async def corrects(person: Person, place: str) -> None:
    await person.page.click("summary:has-text('更正位置')")
    await person.page.fill("[name=place]", place)
    await person.presses("发送")


async def to_read(office: Office) -> list[str]:
    """What the desk is called to read."""
    async with office.service.database.reading() as tx:
        rows = await tx.connection.fetch(
            "select reason from alarms where kind = 'rescue_place_to_read' and cleared_at is null"
        )
    return [row["reason"].split(":")[0] for row in rows]


async def test_the_owner_follows_from_the_question_to_the_rating(office: Office):
    home = await office.service.station("HOME", 2)
    agent, ticket_id, owner = await owner_of_rescue(office)
    page = owner.page
    await offer_for(home, ticket_id)

    # What became of a correction is told; what only a person can read calls one.
    await corrects(owner, "K1234 往北,刚过服务区")
    await owner.sees("客服正在查看")
    assert await to_read(office) == ["words"]
    await corrects(owner, "41.82570, 123.43150")
    await owner.sees("客服会马上问您")
    await corrects(owner, AMAP)
    await owner.sees("位置已更正")
    await expect(page.locator("#state")).to_contain_text("41.82")
    async with office.service.database.reading() as tx:
        rows = await tx.connection.fetch("select doubts, state from ticket_places order by id")
    assert [(list(row["doubts"]), row["state"]) for row in rows][1:] == [
        (["datum_unknown"], "proposed"),
        ([], "confirmed"),
    ]
    assert await to_read(office) == []

    # Who comes, when, and where the truck was: drawn, and never old as live.
    await eventually(lambda: withdrawn(office))
    offer = await offer_for(home, ticket_id)
    path = f"/api/v1/offers/{offer['id']}/acceptance"
    dispatch = (await home.post(path, {"eta_minutes": 20}))["id"]
    await home.post(f"/api/v1/dispatches/{dispatch}/departure")
    await expect(page.locator("#state")).to_contain_text("约 15–25 分钟后")
    await owner.sees("HOME0")

    async def seen(seconds_ago: int) -> None:
        at = datetime.now(UTC) - timedelta(seconds=seconds_ago)
        position = {"lat": SHENYANG[0], "lon": SHENYANG[1], "fixed_at": at.isoformat()}
        await home.post(f"/api/v1/dispatches/{dispatch}/positions", position)

    await seen(600)
    await expect(page.locator(".way")).to_contain_text("10 分钟前")
    await expect(page.locator(".when-old")).to_be_visible()
    await looks_well(owner)
    await seen(5)
    await expect(page.locator(".when-old")).to_be_hidden()
    await expect(page.locator(".way svg")).to_contain_text("HOME0")
    link = page.get_by_role("link", name="在地图上看")
    address = urlsplit(await link.get_attribute("href") or "")
    assert (address.scheme, address.hostname, address.path) == ("https", "uri.amap.com", "/marker")
    # The map's grid is shifted: half a kilometre off without the conversion.
    assert "123.437" in address.query
    assert "41.808" in address.query

    # He writes, and afterwards says how it was: the desk hears both.
    await page.click("summary:has-text('给客服留言')")
    await page.fill("#message textarea", "我在隧道口,有小孩")
    await owner.presses("发送留言")
    await owner.sees("留言已送达客服")
    await expect(page.locator("#messages")).to_contain_text("有小孩")
    assert "rescue_owner_wrote" in await alarms_of(agent, ticket_id)
    await looks_well(owner)
    await home.post(f"/api/v1/dispatches/{dispatch}/arrival")
    await home.post(f"/api/v1/dispatches/{dispatch}/completion", {"outcome": "repaired"})
    await page.locator(".chip", has_text="差").first.click()
    await page.fill("#rating textarea", "等了太久")
    await looks_well(owner)
    await expect(page.get_by_text("现在请这样做")).to_have_count(0)
    await owner.presses("提交评价")
    await expect(page.locator("#rating")).to_contain_text("您评了 2 分")
    await owner.sees("我们会致电回访")
    (complaint,) = (await agent.get("/api/v1/tickets", kind="complaint"))["items"]
    assert "2 分" in complaint["summary"]
    assert "等了太久" in complaint["summary"]
    assert await alarms_of(agent, complaint["id"]) == ["rescue_rated_badly"]

    # Another's, in English: ended by telephone, the forms go by themselves.
    ticket = await open_rescue(agent, caller_phone="13900139000")
    other = await office.person(phone=True, english=True)
    await other.goes_to(await signed(office.service, "owner", ticket["id"]))
    assert await other.page.locator("details").count() == 3
    await other.page.click("summary:has-text('Cancel the rescue')")
    await agent.post(f"/api/v1/rescues/{ticket['id']}/cancellation", {"reason": "phone"})
    await other.sees("was cancelled")
    await expect(other.page.locator("details")).to_have_count(0)


async def withdrawn(office: Office) -> bool:
    """The offer for the place that he has corrected."""
    async with office.service.database.reading() as tx:
        over = "select exists (select from offers where state = 'withdrawn')"
        return bool(await tx.connection.fetchval(over))


async def alarms_of(agent: Client, ticket_id: str) -> list[str]:
    alarms = (await agent.get("/api/v1/alarms", ticket_id=ticket_id))["items"]
    return [alarm["kind"] for alarm in alarms]


async def asked_where(office: Office, **window: Any) -> tuple[str, Person]:
    """Somebody on an expressway before the page that asks for his position; and the ticket."""
    agent = await office.service.agent()
    ticket = await open_rescue(agent, expressway=True)
    link = await agent.post(f"/api/v1/tickets/{ticket['id']}/location-links")
    person = await office.person(phone=True, english=True, **window)
    path = "/l/" + link["url"].rsplit("/", 1)[1]
    await person.goes_to(path)
    return ticket["id"], person


def here(accuracy: float) -> dict[str, Any]:
    return {"latitude": SHENYANG[0], "longitude": SHENYANG[1], "accuracy": accuracy}


async def test_asked_where_he_is_the_owner_answers_in_any_way(office: Office, tmp_path: Path):
    home = await office.service.station("HOME", 2)
    # Safety first; a better fix is waited for, and the best one sent: help is asked at once.
    may = {"permissions": ["geolocation"]}
    ticket_id, person = await asked_where(office, geolocation=here(900), **may)
    await person.sees("behind the guard rail")
    await looks_well(person)
    await person.page.click("#locate")
    await person.sees("±900 m")
    async with person.page.expect_navigation():
        await person.context.set_geolocation(here(12))
    await person.sees("Your position is confirmed")
    await person.sees("behind the guard rail")
    await looks_well(person)
    await offer_for(home, ticket_id)
    async with office.service.database.reading() as tx:
        row = await tx.connection.fetchrow("select source, accuracy_m from ticket_places")
    assert tuple(row) == ("link_fix", 12.0)
    await person.page.get_by_role("link", name="Follow your rescue").click()
    await person.sees("Your rescue")

    _, hurried = await asked_where(office, geolocation=here(900), **may)
    await hurried.page.click("#locate")
    await hurried.presses("Send it as it is")
    await hurried.sees("not exact enough")

    # Refused, the same page takes words, what a map shares, and a photo, which is shrunk; and the
    # button stays and tries again.
    ticket_id, refused = await asked_where(office)
    path = refused.page.url
    await refused.page.click("#locate")
    await expect(refused.page.locator("#locate")).to_have_text("Try again")
    await refused.sees("one of the ways below")
    await refused.page.fill("[name=words]", "G1京哈高速往北,刚过一个服务区")
    await refused.presses("Send")
    await refused.sees("are reading it")
    await refused.goes_to(path)
    await refused.page.fill("[name=words]", AMAP)
    await refused.presses("Send")
    await refused.goes_to(path)
    photo = tmp_path / "sign.png"
    photo.write_bytes(png(2400, 1200))
    await refused.page.set_input_files("[name=photo]", photo)
    async with refused.page.expect_navigation():
        await refused.page.locator("form:has([name=photo]) button").click()
    await refused.sees("are reading it")
    async with office.service.database.reading() as tx:
        stored = await tx.connection.fetchrow("select media_type, bytes from files")
        answers = await tx.connection.fetch(
            "select source from ticket_places where ticket_id = $1", UUID(ticket_id)
        )
    assert stored["media_type"] == "image/jpeg"
    assert jpeg_size(stored["bytes"]) == (1600, 800)
    assert [row["source"] for row in answers] == ["share_text"]
    await refused.goes_to(path)
    await refused.page.click("#locate")
    await expect(refused.page.locator("#locate")).to_have_text("Try again")
    await refused.context.grant_permissions(["geolocation"])
    await refused.context.set_geolocation(here(12))
    await refused.presses("Try again")
    await refused.sees("Your position is confirmed")


def png(width: int, height: int) -> bytes:
    """A grey picture of noise: nothing makes it small but fewer pixels."""
    noise = Random(7)

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(b"\0" + noise.randbytes(width) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height out of the frame header."""
    at = 2
    while data[at + 1] not in (0xC0, 0xC2):
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    height, width = struct.unpack(">HH", data[at + 5 : at + 9])
    return width, height


@pytest.mark.parametrize(
    ("age_ms", "old_s", "doubts"),
    [
        pytest.param("5000", 5, [], id="fresh"),
        pytest.param("90000", 90, ["fix_too_old"], id="old"),
        pytest.param("", None, ["fix_without_time"], id="unknown"),
    ],
)
async def test_the_age_of_a_fix_counts_and_not_the_hour_of_the_phone(
    service: Service, age_ms: str, old_s: int | None, doubts: list[str]
):
    agent = await service.agent()
    ticket = await open_rescue(agent)
    link = await agent.post(f"/api/v1/tickets/{ticket['id']}/location-links")
    form = {"lat": "41.8057", "lon": "123.4315", "accuracy_m": "12", "age_ms": age_ms}
    path = "/l/" + link["url"].rsplit("/", 1)[1]
    async with aiohttp.ClientSession(service.server.make_url("/")) as phone:
        fields = form | {"idempotency_key": str(uuid4())}
        async with phone.post(path, data=fields) as answer:
            assert answer.status == 200
    async with service.database.reading() as tx:
        row = await tx.connection.fetchrow("select * from ticket_places")
    age = row["created_at"] - row["fixed_at"] if row["fixed_at"] else None
    assert age == (None if old_s is None else timedelta(seconds=old_s))
    assert list(row["doubts"]) == doubts


async def test_words_for_a_rescue_that_has_ended_are_refused(service: Service):
    agent = await service.agent()
    ticket = await open_rescue(agent)
    await agent.post(f"/api/v1/rescues/{ticket['id']}/cancellation", {"reason": "phone"})
    path = await signed(service, "owner", ticket["id"])
    form = {"action": "correct", "place": "K1234", "idempotency_key": str(uuid4())}
    async with (
        aiohttp.ClientSession(service.server.make_url("/")) as phone,
        phone.post(path, data=form, allow_redirects=False) as answer,
    ):
        assert answer.status == 409
    async with service.database.reading() as tx:
        assert await tx.connection.fetchval("select count(*) from ticket_notes") == 0
