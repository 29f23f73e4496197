"""What the agent does himself: the pin, the doubts, and the dispatch by hand and by telephone."""

import re
from typing import Any
from uuid import uuid4

from playwright.async_api import expect

from callcenter.places.gazetteer import Gazetteer
from callcenter.portal.rescue_verbs import permission_for
from callcenter.web.permission import Permission
from tests.portal.conftest import Office, Person
from tests.portal.test_desk import takes_call
from tests.portal.test_location_link import PNG
from tests.portal.test_stories import opens_rescue
from tests.service import SHENYANG, confirm_place, eventually, offer_for, open_rescue

PARTNER = {"kind": "tow_partner", "duty_phone": "+862411112222"}


async def rescue_at_desk(office: Office, **changes: Any) -> tuple[Person, str]:
    """An agent before the page of a rescue whose place is confirmed; and its ticket."""
    agent = await office.colleague("agent")
    client = await office.service.agent()
    ticket = await open_rescue(client, **changes)
    await confirm_place(client, ticket["id"])
    await agent.goes_to(f"/desk/rescues/{ticket['id']}")
    await agent.sees("派单中")
    return agent, ticket["id"]


async def chooses(agent: Person, name: str) -> None:
    """A station of the list of the nearest."""
    await agent.page.get_by_role("link", name="指定服务站").click()
    await agent.page.get_by_role("link", name=name).click()
    await expect(agent.page.locator("#by-hand h3")).to_contain_text(name)


async def dispatches(office: Office) -> list[tuple[str, bool]]:
    async with office.service.database.reading() as tx:
        rows = await tx.connection.fetch("select stage, by_phone from dispatches order by id")
    return [(row["stage"], row["by_phone"]) for row in rows]


async def test_the_asking_is_held_and_goes_on(office: Office):
    first = await office.service.station("FIRST", 1)
    second = await office.service.station("SECOND", 2)
    agent, ticket_id = await rescue_at_desk(office)
    offer = await offer_for(first, ticket_id)
    await agent.presses("暂停派单")
    await agent.sees("已暂停")
    await first.post(f"/api/v1/offers/{offer['id']}/decline", {"reason": "too_far"})
    await expect(agent.page.locator("#dispatch")).to_contain_text("太远")
    await expect(agent.page.locator("#dispatch .line")).to_have_count(1)
    await agent.presses("继续派单")
    await offer_for(second, ticket_id)
    await agent.presses("重新派单")
    await expect(agent.page.locator("#dispatch")).to_contain_text("重新派单")


async def test_a_station_off_duty_is_asked_when_that_is_overruled_by_name(office: Office):
    await office.service.station("AWAKE", 1)
    asleep = await office.service.station("ASLEEP", 3, rescue_hours="off")
    agent, ticket_id = await rescue_at_desk(office)
    await chooses(agent, "ASLEEP服务站")
    await agent.page.fill("#by-hand [name=reason]", "值班长同意")
    await agent.presses("派给这家")
    await expect(agent.page.locator(".problem")).to_be_visible()
    assert await agent.page.input_value("#by-hand [name=reason]") == "值班长同意"
    await agent.page.get_by_label("不在值班").check()
    await agent.presses("派给这家")
    await offer_for(asleep, ticket_id)
    await agent.sees("改为人工指定")
    await agent.sees("人工指定: 值班长同意")


async def test_a_tow_partner_is_worked_by_telephone_to_the_end(office: Office):
    await office.service.station("DEALER", 1)
    await office.service.station("TOW", 2, **PARTNER, trucks=[["flatbed"], ["wheel_lift"]])
    agent, _ = await rescue_at_desk(office)
    await chooses(agent, "TOW服务站")
    assert await agent.page.locator("a[href='tel:+862411112222']").count() >= 1
    await agent.page.fill("#by-hand [name=reason]", "周师傅")
    await agent.page.fill("#by-hand [name=eta_minutes]", "25")
    await agent.page.select_option("[name=truck_id]", label="TOW1 托举")
    await agent.presses("电话已接单")
    await agent.sees("约25分钟后")
    await agent.sees("电话")
    await agent.presses("已出发")
    await agent.sees("途中")
    await agent.page.fill("#by-hand [name=eta_minutes]", "50")
    await agent.presses("更新到达时间")
    await agent.sees("约50分钟后")
    await agent.presses("已到达")
    await agent.page.select_option("#by-hand [name=outcome]", "towed_to_workshop")
    await agent.presses("完成")
    await agent.sees("已解决")
    assert await dispatches(office) == [("done", True)]
    async with office.service.database.reading() as tx:
        plate = "select plate from trucks t join dispatches d on d.truck_id = t.id"
        assert await tx.connection.fetchval(plate) == "TOW1"


async def test_a_rescue_is_taken_back_and_given_to_others(office: Office):
    first = await office.service.station("FIRST", 1)
    second = await office.service.station("SECOND", 2)
    agent, ticket_id = await rescue_at_desk(office)
    offer = await offer_for(first, ticket_id)
    await first.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 20})
    await agent.sees("约20分钟后")
    await agent.page.click("summary:has-text('转路方')")
    await agent.page.fill("details[open] [name=reason]", "车坏在半路")
    await agent.presses("收回改派")
    await offer_for(second, ticket_id)
    await agent.sees("已改派")


async def test_a_rescue_is_handed_over_to_the_road_operator_and_cancelled(office: Office):
    await office.service.station("FIRST", 1)
    agent, _ = await rescue_at_desk(office, expressway=True)
    await agent.sees("请问方向")
    await agent.page.click("summary:has-text('转路方')")
    await agent.page.fill("details[open] [name=reason]", "路政已在现场")
    await agent.presses("转高速路方 12122")
    await agent.sees("已转路方")
    await agent.page.click("summary:has-text('转路方')")
    await agent.page.fill("details[open] [name=reason]", "车主自行离开")
    await agent.presses("取消救援")
    await agent.sees("已取消")
    assert await agent.page.get_by_role("button", name="取消救援").count() == 0


async def test_who_asked_and_when_the_alarm_comes_stands_on_the_page(office: Office):
    await office.service.station("FIRST", 1)
    agent, ticket_id = await rescue_at_desk(office)
    await expect(agent.page.locator("#dispatch .clock")).to_have_text(re.compile(r"^[0-4]:\d\d$"))
    await agent.page.fill("form:has(input[value=note]) [name=words]", "车主在收费站旁")
    await agent.presses("写入")
    note = agent.page.locator("#timeline .line")
    await expect(note).to_contain_text("agent")
    await expect(note).not_to_contain_text("staff:")
    await office.service.clock_goes_off("sound_deadline", ticket_id=ticket_id)
    alarm = agent.page.locator("#alarms .line")
    await expect(alarm).to_contain_text("到时仍无人接单")
    await agent.presses("接手")
    await expect(alarm).to_contain_text("已接手 · agent")


async def test_the_photo_of_a_car_that_was_gone_is_at_hand(office: Office):
    home = await office.service.station("HOME", 1)
    agent, ticket_id = await rescue_at_desk(office)
    offer = await offer_for(home, ticket_id)
    path = f"/api/v1/offers/{offer['id']}/acceptance"
    dispatch = await home.post(path, {"eta_minutes": 20})
    path = f"/api/v1/dispatches/{dispatch['id']}"
    await home.post(f"{path}/arrival")
    headers = {"Content-Type": "image/png", "Idempotency-Key": str(uuid4())}
    async with home.session.post("/api/v1/files", data=PNG, headers=headers) as answer:
        photo = await answer.json()
    gone = {"proof_file": photo["id"], "called_owner": True}
    await home.post(f"{path}/gone-on-arrival", gone)
    await agent.sees("车不在现场")
    link = agent.page.get_by_role("link", name="现场照片")
    assert await link.get_attribute("href") == f"/api/v1/files/{photo['id']}"


async def presses_map(agent: Person, right: float, down: float) -> int:
    """A press on the drawing, as parts of its width; how coarse it is, in metres."""
    box = await agent.page.locator("svg.map").bounding_box()
    assert box is not None
    at = {"x": box["width"] * right, "y": box["height"] * down}
    await agent.page.locator("svg.map").click(position=at)  # type: ignore[arg-type]
    return int(await agent.page.input_value("[name=accuracy_m]"))


async def test_a_pin_needs_no_place_beforehand_and_a_coarse_one_is_asked_about(office: Office):
    await office.service.station("HOME", 2)
    agent = await office.colleague("agent")
    await opens_rescue(agent)
    assert await agent.page.locator("svg.map").count() == 0
    await agent.page.fill("[name=around]", "沈阳")
    await agent.presses("画出")
    await agent.sees("沈阳市(辽宁)一带")
    assert await presses_map(agent, 0.5, 0.5) < 50
    coarse = await presses_map(agent, 0.5, 0.2)
    assert coarse > 200
    await agent.presses("写入位置")
    await agent.sees("精度超过200米")
    await agent.page.fill("#places [name=reason]", "先按这里派")
    await agent.presses("确认")
    await agent.sees("已确认")
    await agent.sees("先按这里派")
    fine = await presses_map(agent, 0.5, 0.46)
    assert fine < 200
    await agent.presses("写入位置")
    await agent.sees(f"±{fine} m")
    async with office.service.database.reading() as tx:
        rows = await tx.connection.fetch(
            "select source, accuracy_m, state, uncertain from ticket_places order by created_at"
        )
    assert [tuple(row) for row in rows] == [
        ("agent_pin", coarse, "confirmed", False),
        ("agent_pin", fine, "confirmed", False),
    ]


async def test_words_without_coordinates_are_kept_and_the_page_says_so(office: Office):
    agent = await office.colleague("agent")
    await opens_rescue(agent)
    await agent.page.fill("[name=place]", "京沈高速往北")
    await agent.page.fill("form:has(input[value=name_place]) [name=words]", "刚过收费站")
    await agent.presses("写入位置")
    await agent.sees("还定不了位置")
    await expect(agent.page.locator("#timeline")).to_contain_text("京沈高速往北 刚过收费站")
    assert await agent.page.input_value("[name=place]") == "京沈高速往北"


async def test_words_without_any_place_are_answered_by_the_question_to_ask(office: Office):
    agent = await office.colleague("agent")
    await opens_rescue(agent)
    await agent.page.fill("[name=place]", "车坏了,快来人")
    await agent.presses("写入位置")
    await agent.sees("请说出公路名和公里数、附近的出口或服务区")


async def test_a_link_is_read_out_to_who_has_no_number_or_sent_once_he_tells_one(office: Office):
    agent = await office.colleague("agent")
    await takes_call(agent, "")
    await agent.page.fill("[name=plate]", "辽A12345")
    await agent.presses("开救援工单")
    await agent.presses("生成定位链接")
    link = await agent.page.inner_text(".read-out")
    caller = await office.person(phone=True)
    await caller.goes_to(link)
    await caller.sees("才能派最近的救援车")
    await agent.page.fill("[name=phone]", "139 1234 5678")
    await agent.presses("保存")
    await agent.sees("139****5678")
    await agent.presses("发送定位链接给来电人")

    async def sent() -> bool:
        async with office.service.database.reading() as tx:
            found = await tx.connection.fetchval(
                "select recipient from messages where purpose = 'location_link'"
            )
        return bool(found == "+8613912345678")

    await eventually(sent)


async def test_a_place_that_only_danger_made_count_is_asked_about_and_confirmed(office: Office):
    await office.service.station("HOME", 2)
    agent = await office.colleague("agent")
    client = await office.service.agent()
    ticket = await open_rescue(client, danger=True)
    body = {"lat": SHENYANG[0], "lon": SHENYANG[1], "accuracy_m": 900}
    await client.post(f"/api/v1/tickets/{ticket['id']}/places", body)
    await agent.goes_to(f"/desk/rescues/{ticket['id']}")
    await expect(agent.page.locator("#places .tag")).to_have_text("位置不确定")
    await agent.sees("因有危险先行派车")
    await agent.sees("精度超过200米")
    await agent.presses("已拨打 120")
    await expect(agent.page.locator("#emergencies .good")).to_contain_text("agent")
    await agent.page.fill("#places [name=reason]", "车主说就在收费站")
    await agent.presses("确认这个位置")
    await agent.sees("车主说就在收费站")
    await expect(agent.page.locator("#places .tag")).to_have_count(0)


def test_a_town_is_found_by_what_people_call_it(gazetteer: Gazetteer):
    def first(name: str) -> str:
        return gazetteer.find(name)[0].en

    assert first("沈阳") == first("沈阳市") == first("shenyang") == first("Sheny") == "Shenyang"
    towns = gazetteer.find("朝阳")
    assert len(towns) > 1
    assert towns[0].population == max(town.population for town in towns)
    assert gazetteer.find("没有这个地方") == gazetteer.find(" ") == []


async def test_an_expert_is_shown_the_buttons_that_he_may_press_and_no_others(office: Office):
    await office.service.station("NEAR", 1)
    agent, ticket_id = await rescue_at_desk(office)
    expert = await office.colleague("expert")
    await expert.goes_to(f"/desk/rescues/{ticket_id}")
    await expert.sees("派单、改派、合并由客服或主管操作")
    pressed = "[...document.querySelectorAll('main [name=action]')].map(one => one.value)"
    shown = set(await expert.page.evaluate(pressed))
    assert shown
    assert {permission_for(action) for action in shown} == {Permission.TICKETS_WRITE}
    note = "form:has(input[value=note])"
    await expert.page.fill(f"{note} [name=words]", "先断开高压")
    await expert.page.click(f"{note} button")
    await expect(expert.page.locator("#timeline")).to_contain_text("先断开高压")
    # His page from before he changed roles, or a form of his own making.
    await agent.presses("暂停派单")
    await agent.sees("已暂停")
    keys = "Object.fromEntries(new FormData(document.querySelector('form:has([value=note])')))"
    form = await expert.page.evaluate(keys) | {"action": "release"}
    answer = await expert.context.request.post(expert.page.url, form=form)
    assert answer.status == 403
    await agent.goes_to(f"/desk/rescues/{ticket_id}")
    await agent.sees("已暂停")
