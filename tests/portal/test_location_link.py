"""The location link on the phone of a person beside a broken car."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests.portal.conftest import Office
from tests.portal.test_stories import link_in_inbox
from tests.service import SHENYANG, Client, eventually, open_rescue

HERE: dict[str, Any] = {
    "geolocation": {"latitude": SHENYANG[0], "longitude": SHENYANG[1], "accuracy": 12},
    "permissions": ["geolocation"],
}
# The smallest PNG there is: one white pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f0001010100" + "1bb6ee56" + "0000000049454e44ae426082"
)


async def asks_for_place(office: Office) -> tuple[Client, str, str]:
    """The desk that waits for the place, the ticket, and the link that the caller got."""
    agent = await office.service.agent()
    ticket = await open_rescue(agent)
    await agent.post(f"/api/v1/tickets/{ticket['id']}/location-links")
    return agent, ticket["id"], await link_in_inbox(office, "l")


async def test_the_browser_gives_the_position_and_help_is_asked_at_once(office: Office):
    await office.station()
    agent, ticket_id, link = await asks_for_place(office)
    owner = await office.person(phone=True, **HERE)
    await owner.goes_to(link)
    await owner.sees("才能派最近的救援车")
    assert not await owner.is_too_wide()
    await owner.presses("同意并发送位置")
    await owner.sees("正在派最近的救援车")

    async def asked() -> bool:
        return bool((await agent.get(f"/api/v1/rescues/{ticket_id}"))["offers"])

    await eventually(asked)
    (place,) = (await agent.get(f"/api/v1/tickets/{ticket_id}/places"))["items"]
    assert (place["source"], place["accuracy_m"]) == ("link_fix", 12.0)


async def test_refused_the_same_page_takes_words_shared_text_and_a_photo(
    office: Office, tmp_path: Path
):
    agent, ticket_id, link = await asks_for_place(office)
    path = f"/api/v1/rescues/{ticket_id}/desk"
    owner = await office.person(phone=True)
    await owner.goes_to(link)
    await owner.page.click("#locate")
    await owner.sees("请用下面的方法")
    await owner.page.fill("[name=words]", "G1京哈高速往北,刚过一个服务区")
    await owner.presses("发送")
    await owner.sees("客服正在查看")

    await owner.goes_to(link)
    await owner.page.fill(
        "[name=words]", "我在这里 https://uri.amap.com/marker?position=123.4315,41.8057"
    )
    await owner.presses("发送")
    await owner.page.wait_for_load_state()
    named = [one["place"]["source"] for one in (await agent.get(path))["places"]]
    assert "share_text" in named

    photo = tmp_path / "sign.png"
    photo.write_bytes(PNG)
    await owner.goes_to(link)
    await owner.page.set_input_files("[name=photo]", photo)
    async with owner.page.expect_navigation():
        await owner.page.locator("form:has([name=photo]) button").click()
    await owner.sees("客服正在查看")
    answers = (await agent.get(path))["answers"]
    assert {one["kind"] for one in answers} == {"words", "photo"}
    assert "刚过一个服务区" in answers[0]["words"]


async def test_a_link_serves_one_ticket_for_half_an_hour_and_is_stored_hashed(office: Office):
    _, _, link = await asks_for_place(office)
    token = link.rsplit("/", 1)[1]
    async with office.service.database.transaction() as tx:
        stored = await tx.connection.fetchval("select token_hash from location_links")
        assert stored == hashlib.sha256(token.encode()).digest()
        whole = await tx.connection.fetchval("select location_links::text from location_links")
        assert token not in whole
        lives = await tx.connection.fetchval(
            "select extract(epoch from expires_at - now()) from location_links"
        )
        assert 1700 < lives <= 1800
        await tx.connection.execute(
            "update location_links set made_at = made_at - interval '31 minutes',"
            " expires_at = expires_at - interval '31 minutes'"
        )
    late = await office.person(phone=True)
    await late.goes_to(link)
    await late.sees("无法继续")
    await late.sees("致电热线")


@pytest.mark.parametrize("token", ["x" * 27, "..%2f..%2fetc", "0"])
async def test_what_is_no_link_says_what_to_do(office: Office, token: str):
    stranger = await office.person(phone=True, english=True)
    await stranger.goes_to(f"/l/{token}")
    await stranger.sees("Call the hotline")
