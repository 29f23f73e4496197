"""The owner's phone beside the broken car: his page, and the page that asks where he is."""

import struct
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import aiohttp
import pytest
from playwright.async_api import expect

from tests.portal.conftest import Office, Person
from tests.portal.test_station_page import running_job, signed
from tests.service import SHENYANG, Client, Service, confirm_place, open_rescue

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


async def test_what_became_of_a_correction_is_told(office: Office):
    _, _, owner = await owner_of_rescue(office)
    await corrects(owner, "K1234 往北,刚过服务区")
    await owner.sees("客服正在查看")
    assert await to_read(office) == ["words"]

    await corrects(owner, "41.82570, 123.43150")
    await owner.sees("客服会马上问您")

    await corrects(owner, AMAP)
    await owner.sees("位置已更正")
    await expect(owner.page.locator("#state")).to_contain_text("41.82")
    async with office.service.database.reading() as tx:
        rows = await tx.connection.fetch("select doubts, state from ticket_places order by id")
    assert [(list(row["doubts"]), row["state"]) for row in rows][1:] == [
        (["datum_unknown"], "proposed"),
        ([], "confirmed"),
    ]
    assert await to_read(office) == []


async def test_the_page_says_when_help_comes_and_shows_the_truck_on_a_map(office: Office):
    home = await office.service.station("HOME", 2)
    _, ticket_id, _ = await running_job(office, home)
    owner = await office.person(phone=True, english=True)
    await owner.goes_to(await signed(office.service, "owner", ticket_id))
    await expect(owner.page.locator("#state")).to_contain_text("in about 15–25 min")
    dispatch_id = (await home.get("/api/v1/dispatches"))["items"][0]["id"]
    position = {"lat": SHENYANG[0], "lon": SHENYANG[1], "fixed_at": datetime.now(UTC).isoformat()}
    await home.post(f"/api/v1/dispatches/{dispatch_id}/positions", position)
    link = owner.page.get_by_role("link", name="see it on a map")
    address = urlsplit(await link.get_attribute("href") or "")
    assert (address.scheme, address.hostname, address.path) == ("https", "uri.amap.com", "/marker")
    # The map's grid is shifted: half a kilometre off without the conversion.
    assert "123.437" in address.query
    assert "41.808" in address.query


async def test_the_forms_go_when_the_rescue_has_ended(office: Office):
    agent, ticket_id, owner = await owner_of_rescue(office)
    assert await owner.page.locator("details").count() == 3
    await owner.page.click("summary:has-text('取消救援')")
    await agent.post(f"/api/v1/rescues/{ticket_id}/cancellation", {"reason": "phone"})
    await owner.sees("救援已取消")
    await expect(owner.page.locator("details")).to_have_count(0)
    await expect(owner.page.get_by_text("现在请这样做")).to_have_count(0)


async def asked_where(office: Office, **window: Any) -> tuple[str, Person]:
    """Somebody on an expressway before the page that asks for his position; and its path."""
    agent = await office.service.agent()
    ticket = await open_rescue(agent, expressway=True)
    link = await agent.post(f"/api/v1/tickets/{ticket['id']}/location-links")
    person = await office.person(phone=True, english=True, **window)
    path = "/l/" + link["url"].rsplit("/", 1)[1]
    await person.goes_to(path)
    return path, person


def here(accuracy: float) -> dict[str, Any]:
    return {"latitude": SHENYANG[0], "longitude": SHENYANG[1], "accuracy": accuracy}


async def test_safety_comes_first_and_the_way_to_the_rescue_last(office: Office):
    _, person = await asked_where(office, geolocation=here(12), permissions=["geolocation"])
    await person.sees("behind the guard rail")
    await person.presses("Agree and send my position")
    await person.sees("Your position is confirmed")
    await person.sees("behind the guard rail")
    assert not await person.is_too_wide()
    await person.page.get_by_role("link", name="Follow your rescue").click()
    await person.sees("Your rescue")


async def test_a_better_fix_is_waited_for_and_the_best_one_is_sent(office: Office):
    _, person = await asked_where(office, geolocation=here(900), permissions=["geolocation"])
    await person.page.click("#locate")
    await person.sees("±900 m")
    async with person.page.expect_navigation():
        await person.context.set_geolocation(here(30))
    await person.sees("Your position is confirmed")

    _, hurried = await asked_where(office, geolocation=here(900), permissions=["geolocation"])
    await hurried.page.click("#locate")
    await hurried.presses("Send it as it is")
    await hurried.sees("not exact enough")


async def test_after_a_refusal_the_button_stays_and_tries_again(office: Office):
    _, person = await asked_where(office)
    await person.page.click("#locate")
    await expect(person.page.locator("#locate")).to_have_text("Try again")
    await person.sees("one of the ways below")
    await person.context.grant_permissions(["geolocation"])
    await person.context.set_geolocation(here(12))
    await person.presses("Try again")
    await person.sees("Your position is confirmed")


async def test_a_large_photo_is_shrunk_before_it_is_sent(office: Office, tmp_path: Path):
    _, person = await asked_where(office)
    photo = tmp_path / "sign.png"
    photo.write_bytes(png(2400, 1200))
    await person.page.set_input_files("[name=photo]", photo)
    async with person.page.expect_navigation():
        await person.page.locator("form:has([name=photo]) button").click()
    await person.sees("are reading it")
    async with office.service.database.reading() as tx:
        stored = await tx.connection.fetchrow("select media_type, bytes from files")
    assert stored["media_type"] == "image/jpeg"
    assert jpeg_size(stored["bytes"]) == (1600, 800)


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
