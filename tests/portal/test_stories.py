"""One rescue as its people see it: the agent, the station's phone, the owner's phone."""

import re

from playwright.async_api import expect

from tests.portal.conftest import Office, Person
from tests.service import SHENYANG, eventually

PLACE = f"{SHENYANG[0]}, {SHENYANG[1]}"


async def opens_rescue(agent: Person, *, caller: str = "13800138000") -> str:
    """The agent takes a call and opens a rescue; its address."""
    await agent.goes_to("/desk")
    await agent.page.fill("form[action='/desk/calls'] [name=caller]", caller)
    await agent.presses("来电")
    await agent.page.fill("[name=caller_name]", "王先生")
    await agent.page.fill("[name=plate]", "辽A12345")
    await agent.page.select_option("[name=fault]", "flat_tyre")
    await agent.presses("开救援工单")
    await expect(agent.page).to_have_url(re.compile("/desk/rescues/"))
    return agent.page.url


async def sets_place(agent: Person, place: str = PLACE) -> None:
    await agent.page.fill("[name=place]", place)
    await agent.presses("写入位置")


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


async def test_from_the_call_to_the_safe_car_on_three_screens(office: Office):
    agent = await office.colleague("agent")
    station = await office.colleague("station", station_id=await office.station(), phone=True)
    await opens_rescue(agent)
    await agent.sees("打开双闪")
    await sets_place(agent)
    await agent.sees("等待应答")

    await station.sees("爆胎")
    assert not await station.is_too_wide()
    await station.page.click(".job.urgent")
    await expect(station.page.locator("[name=eta_minutes]").first).to_be_attached()
    left = await station.page.inner_text(".countdown")
    assert left.endswith(" s")
    assert await station.page.get_by_text("138").count() == 0, "no number before the acceptance"
    await station.page.check("[name=eta_minutes][value='20']", force=True)
    await station.presses("接单")
    await station.sees("王先生")

    owner = await office.person(phone=True)
    await owner.goes_to(await link_in_inbox(office, "o"))
    await owner.sees("HOME服务站")
    assert not await owner.is_too_wide()

    await agent.sees("已接单")
    await station.presses("已出发")
    await agent.sees("途中")
    await owner.sees("救援车已出发")
    await station.presses("已到达")
    await station.presses("完成")
    await agent.sees("已解决")
    await owner.sees("完成")
    await agent.presses("关闭工单")
    await agent.sees("已关闭")


async def test_a_station_declines_by_the_signed_link_without_signing_in(office: Office):
    agent = await office.colleague("agent")
    await office.station()
    await opens_rescue(agent)
    await sets_place(agent)
    technician = await office.person(phone=True)
    link = await link_in_inbox(office, "s")
    await technician.goes_to(link)
    await technician.sees("爆胎")
    await technician.page.select_option("[name=reason]", "trucks_busy")
    await technician.presses("拒单")
    await technician.sees("已拒单")
    await agent.sees("车辆都在忙")

    stranger = await office.person()
    await stranger.goes_to(link[:-3] + "AAA")
    await stranger.sees("无法继续")
    assert await stranger.page.get_by_text("爆胎").count() == 0


async def test_the_owner_corrects_the_place_and_then_cancels(office: Office):
    agent = await office.colleague("agent")
    await office.station()
    await opens_rescue(agent)
    await sets_place(agent)
    owner = await office.person(english=True, phone=True)
    await owner.goes_to(await agent.page.get_attribute("a[href^='/o/']", "href") or "")
    await owner.page.click("summary:has-text('Correct the place')")
    await owner.page.fill("[name=place]", "41.9057, 123.4315")
    await owner.presses("Send")
    await agent.sees("41.90570, 123.43150")
    await owner.page.click("summary:has-text('Cancel the rescue')")
    await owner.page.check("[name=sure]")
    await owner.presses("Cancel the rescue")
    await owner.sees("cancelled")
    await agent.sees("已取消")


async def test_a_pin_on_the_map_becomes_the_place(office: Office):
    agent = await office.colleague("agent")
    await office.station()
    await opens_rescue(agent)
    await sets_place(agent)
    await agent.page.click("svg.map", position={"x": 190, "y": 100})
    pinned = await agent.page.input_value("[name=place]")
    assert pinned != ""
    await agent.presses("写入位置")
    lat = pinned.split(",")[0]
    await agent.sees(lat)
    async with office.service.database.reading() as tx:
        sources = await tx.connection.fetch("select source from ticket_places order by created_at")
    assert [row["source"] for row in sources] == ["typed", "agent_pin"]


async def test_a_refusal_stands_on_the_page_in_words(office: Office):
    agent = await office.colleague("agent")
    await opens_rescue(agent)
    await sets_place(agent, "somewhere behind the mill")
    await agent.sees("还定不了位置")
    assert await agent.page.input_value("[name=place]") == "somewhere behind the mill"
    await sets_place(agent, "0.0, 0.0")
    await expect(agent.page.locator(".problem")).to_have_text(re.compile("0,0 是没有定位成功"))
    assert await agent.page.input_value("[name=place]") == "0.0, 0.0"


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
