"""The station's phone: it rings until an offer is looked at; the work ends with photos and a
signature; and what the day was."""

from typing import Any

from playwright.async_api import Page, expect

from tests.console.conftest import AXE, grave_faults
from tests.portal.conftest import Office, Person
from tests.portal.test_station_page import technician
from tests.service import confirm_place, eventually, offer_for, open_rescue

COUNTED = """
window.rung = { tones: 0, shaken: 0 };
const make = AudioContext.prototype.createOscillator;
AudioContext.prototype.createOscillator = function () {
  window.rung.tones += 1;
  return make.call(this);
};
navigator.vibrate = () => { window.rung.shaken += 1; return true; };
"""
SMALL = {"width": 360, "height": 740}
CONTRAST = """axe.run({ runOnly: ['color-contrast-enhanced'],
  rules: { 'color-contrast-enhanced': { enabled: true } } })
  .then((found) => found.violations.flatMap((one) => one.nodes.map((node) => node.html)))"""


async def rung(person: Person) -> Any:
    return await person.page.evaluate("window.rung")


async def too_pale(page: Page) -> list[str]:
    """What is under 7 : 1, as sunlight asks for."""
    found: list[str] = await page.evaluate(CONTRAST)
    return found


async def looks_well(person: Person) -> None:
    assert not await person.is_too_wide()
    if AXE.exists():
        assert await grave_faults(person.page) == []
        assert await too_pale(person.page) == []


async def test_on_duty_it_rings_until_the_offer_is_opened_and_the_day_is_counted(office: Office):
    station_id = await office.station()
    person = await office.colleague("station", station_id=station_id, phone=True)
    await person.page.set_viewport_size(SMALL)
    await person.page.add_init_script(COUNTED)
    await person.goes_to("/station")
    await person.page.get_by_role("button", name="开始值班").click()
    await person.sees("值班中")
    before = await rung(person)
    agent = await office.service.agent()
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    await person.page.locator(".job.urgent[data-unseen]").wait_for()

    async def rings() -> bool:
        now = await rung(person)
        return bool(now["tones"] > before["tones"] and now["shaken"] > before["shaken"])

    await eventually(rings)
    await looks_well(person)
    await person.page.click(".job.urgent")
    await expect(person.page.locator(".countdown")).to_contain_text(" s")
    await looks_well(person)
    await person.presses("接单")
    await person.goes_to("/station")
    await expect(person.page.locator("[data-unseen]")).to_have_count(0)
    await person.page.get_by_role("link", name="今日").click()
    await expect(person.page.locator("#jobs .line")).to_contain_text(ticket["number"])
    await expect(person.page.locator("#answers div", has_text="接单")).to_contain_text("1")
    await expect(person.page.locator("#trucks")).to_contain_text("执行中")
    await expect(person.page.locator("#answers")).to_contain_text("秒")
    await looks_well(person)


async def test_the_work_ends_with_the_owner_s_signature_kept_for_the_desk(office: Office):
    home = await office.service.station("HOME", 2)
    agent = await office.service.agent()
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(home, ticket["id"])
    taken = await home.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 20})
    for step in ("departure", "arrival"):
        await home.post(f"/api/v1/dispatches/{taken['id']}/{step}")
    person = await technician(office, offer["id"])
    await person.page.set_viewport_size(SMALL)
    await person.sees("请车主在此签名")
    await looks_well(person)
    canvas = person.page.locator("canvas")
    await canvas.scroll_into_view_if_needed()
    box = await canvas.bounding_box()
    assert box is not None
    await person.page.mouse.move(box["x"] + 30, box["y"] + 40)
    await person.page.mouse.down()
    await person.page.mouse.move(box["x"] + 150, box["y"] + 70, steps=5)
    await person.page.mouse.up()
    await expect(person.page.locator("[name=unsigned]")).to_be_hidden()
    await person.presses("完成")
    await person.sees("任务完成")
    (proof,) = (await agent.get(f"/api/v1/rescues/{ticket['id']}"))["proofs"]
    assert (proof["kind"], proof["reason"]) == ("signature", None)
    async with office.service.database.reading() as tx:
        stored = await tx.connection.fetchrow("select media_type, size from files")
    assert stored["media_type"] == "image/png"
    assert stored["size"] > 500
