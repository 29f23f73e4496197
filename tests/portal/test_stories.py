"""One rescue as the people outside see it: the station's phone, the owner's phone."""

import re
from typing import Any

from playwright.async_api import expect

from tests.portal.conftest import Office
from tests.service import confirm_place, eventually, open_rescue


async def asked(office: Office, **told: Any) -> str:
    """A rescue beside a station that is asked; its id."""
    agent = await office.service.agent()
    ticket = await open_rescue(agent, **told)
    await confirm_place(agent, ticket["id"])
    return str(ticket["id"])


async def link_in_inbox(office: Office, part: str) -> str:
    """The address in the newest message that has such a link."""

    async def look() -> str | None:
        async with office.service.database.reading() as tx:
            body = await tx.connection.fetchval(
                "select body from messages where body like $1 order by created_at desc limit 1",
                f"%/{part}/%",
            )
        return None if body is None else "http" + str(body).split("http")[1].split()[0]

    return str(await eventually(look))


async def test_from_the_offer_to_the_safe_car_on_two_phones(office: Office):
    station = await office.colleague("station", station_id=await office.station(), phone=True)
    await asked(office, caller_name="王先生")
    await station.sees("爆胎")
    assert not await station.is_too_wide()
    await station.page.click(".job.urgent")
    await expect(station.page.locator("[name=eta_minutes]").first).to_be_attached()
    assert (await station.page.inner_text(".countdown")).endswith(" s")
    assert await station.page.get_by_text("138").count() == 0, "no number before the acceptance"
    await station.page.check("[name=eta_minutes][value='20']", force=True)
    await station.presses("接单")
    await station.sees("王先生")

    owner = await office.person(phone=True)
    await owner.goes_to(await link_in_inbox(office, "o"))
    await owner.sees("HOME服务站")
    assert not await owner.is_too_wide()
    await station.presses("已出发")
    await owner.sees("救援车已出发")
    await station.presses("已到达")
    await station.presses("完成")
    await owner.sees("完成")


async def test_a_station_declines_by_the_signed_link_without_signing_in(office: Office):
    await office.station()
    await asked(office)
    link = await link_in_inbox(office, "s")
    technician, second = await office.person(phone=True), await office.person(phone=True)
    await technician.goes_to(link)
    await second.goes_to(link)
    await technician.sees("爆胎")
    await technician.page.select_option("[name=reason]", "trucks_busy")
    await technician.presses("拒单")
    await technician.sees("已拒单")
    # A refusal speaks words, not codes.
    await second.page.select_option("[name=reason]", "too_far")
    await second.presses("拒单")
    await second.sees("这张派单已结束(已拒单)")

    stranger = await office.person()
    await stranger.goes_to(link[:-3] + "AAA")
    await stranger.sees("无法继续")
    assert await stranger.page.get_by_text("爆胎").count() == 0


async def test_the_owner_corrects_the_place_and_then_cancels(office: Office):
    await office.station()
    ticket_id = await asked(office)
    client = await office.service.agent()
    owner = await office.person(english=True, phone=True)
    await owner.goes_to(await link_in_inbox(office, "o"))
    await owner.page.click("summary:has-text('Correct the place')")
    await owner.page.fill("[name=place]", "41.9057, 123.4315")
    await owner.presses("Send")
    places = (await client.get(f"/api/v1/tickets/{ticket_id}/places"))["items"]
    assert places[-1]["lat"] == 41.9057
    await owner.page.click("summary:has-text('Cancel the rescue')")
    await owner.page.check("[name=sure]")
    await owner.presses("Cancel the rescue")
    await owner.sees("cancelled")
    assert (await client.get(f"/api/v1/tickets/{ticket_id}"))["stage"] == "cancelled"


async def test_a_password_is_changed_and_the_old_one_is_worth_nothing(office: Office):
    agent = await office.colleague("agent")
    await agent.goes_to("/password")
    fields = agent.page.locator("input[type=password]")
    await fields.nth(0).fill("a long night on the G2")
    await fields.nth(1).fill("another night on the G2")
    await agent.presses("保存")
    await agent.sees("密码已修改")
    stranger = await office.person()
    await stranger.signs_in("agent")
    await expect(stranger.page).to_have_url(re.compile("/sign-in"))
    await expect(stranger.page.locator(".problem")).to_have_text("账号或密码不正确。")
