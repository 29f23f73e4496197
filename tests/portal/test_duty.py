"""The station's phone: it rings until an offer is looked at; the work ends with photos and a
signature; and what the day was."""

from typing import Any

from playwright.async_api import Page, expect

from callcenter.db.transaction import Tx
from tests.console.conftest import AXE, grave_faults
from tests.portal.conftest import Office, Person
from tests.service import confirm_place, eventually, open_rescue

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


SMALL_FOR_A_THUMB = """[...document.querySelectorAll(
    'a, button, summary, select, textarea, input:not([type=hidden]), .chip span')]
  .filter((one) => one.offsetParent !== null && !one.matches('[type=checkbox], [type=radio]'))
  .filter((one) => one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML.slice(0, 120))"""


async def looks_well(person: Person) -> None:
    """Nothing sideways, nothing under 44 pixels, nothing that axe-core finds grave, and all of it
    to be read in the sun; light and dark."""
    assert not await person.is_too_wide()
    assert await person.page.evaluate(SMALL_FOR_A_THUMB) == []
    if AXE.exists():
        assert await grave_faults(person.page) == []
        for scheme in ("dark", "light"):
            await person.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert await too_pale(person.page) == []


async def test_a_day_on_duty_from_the_ringing_to_the_owner_s_signature(office: Office):
    station_id = await office.station()
    person = await office.colleague("station", station_id=station_id, phone=True)
    page = person.page
    await page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    await page.add_init_script(COUNTED)
    await person.goes_to("/station")
    await page.get_by_role("button", name="开始值班").click()
    await person.sees("值班中")
    before = await rung(person)
    agent = await office.service.agent()
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    await page.locator(".job.urgent[data-unseen]").wait_for()

    async def rings() -> bool:
        now = await rung(person)
        return bool(now["tones"] > before["tones"] and now["shaken"] > before["shaken"])

    await eventually(rings)
    await looks_well(person)
    await page.click(".job.urgent")
    await expect(page.locator(".countdown")).to_contain_text(" s")
    await looks_well(person)
    await person.presses("接单")
    await looks_well(person)
    address = page.url

    # Whatever came after it, the running job stays on top; the day is counted.
    await office.service.database.run(_many_came_after_it)
    await person.goes_to("/station")
    await expect(page.locator("[data-unseen]")).to_have_count(0)
    await expect(page.locator("#running .job")).to_have_count(1)
    await expect(page.locator("#running .job")).to_contain_text("约30分钟后")
    await expect(page.locator("#past .job")).to_have_count(30)
    await page.get_by_role("link", name="今日").click()
    await expect(page.locator("#jobs .line")).to_contain_text(ticket["number"])
    await expect(page.locator("#answers div", has_text="接单")).to_contain_text("1")
    await expect(page.locator("#trucks")).to_contain_text("执行中")
    await expect(page.locator("#answers")).to_contain_text("秒")
    await looks_well(person)

    # The owner signs; the desk has it.
    await page.goto(address)
    await person.presses("已到达")
    await person.sees("请车主在此签名")
    await looks_well(person)
    await person.signs()
    await person.presses("完成")
    await person.sees("任务完成")
    (proof,) = (await agent.get(f"/api/v1/rescues/{ticket['id']}"))["proofs"]
    assert (proof["kind"], proof["reason"]) == ("signature", None)
    async with office.service.database.reading() as tx:
        stored = await tx.connection.fetchrow("select media_type, size from files")
    assert stored["media_type"] == "image/png"
    assert stored["size"] > 500


async def _many_came_after_it(tx: Tx) -> None:
    await tx.connection.execute(
        "insert into offers (id, ticket_id, station_id, place_id, round, rung, distance_m,"
        " overruled, made_by, state, made_at, expires_at, ended_at)"
        " select gen_random_uuid(), ticket_id, station_id, place_id, round, rung, distance_m,"
        " overruled, made_by, 'expired', made_at + n * interval '1 ms', expires_at, now()"
        " from offers, generate_series(1, 50) n"
    )
