"""One rescue in four browsers: the desk, the wall, the station's phone, the owner's phone."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from callcenter.settings import RoutingSettings
from callcenter.web.permission import Permission
from tests.console.conftest import at_the_console, grave_faults
from tests.console.test_desk import owner as add_owner
from tests.console.test_desk import rings
from tests.portal.conftest import Office, Person
from tests.portal.test_owner_page import png
from tests.reports.test_board import FIGURES, PATIENT, agrees
from tests.service import DESK, SHENYANG, Client, eventually, offer_for

KNOWN = "13900139001"
TOLD = f"东望街口 https://uri.amap.com/marker?position={SHENYANG[1]},{SHENYANG[0]}"


class Wall:
    """The supervisor's board: what it shows is what the API counts, and what the log says."""

    def __init__(self, office: Office, client: Client, page: Page) -> None:
        self.service, self.client, self.page = office.service, client, page

    async def shows(self, **figures: int) -> None:
        """These figures, and nothing in any other."""

        async def agreed() -> bool:
            board = await self.client.get("/api/v1/board")
            await agrees(self.service, board)
            counted = {**board["rescues"], **{name: board[name] for name in FIGURES[1:]}}
            wanted = dict.fromkeys(counted, 0) | {"opened_today": 1} | figures
            return wanted == counted == await self._on_screen()

        await eventually(agreed)

    async def _on_screen(self) -> dict[str, int]:
        tiles = "found => found.map(one => [one.dataset.figure, Number(one.textContent)])"
        return dict(await self.page.locator("[data-figure]").evaluate_all(tiles))


async def takes_the_call(page: Page) -> None:
    """It rings, and is answered; the owner is on the screen."""
    await rings(page, KNOWN)
    work = page.locator("[data-test=work]")
    await expect(work).to_contain_text(re.compile("振铃.*王建国.*辽A12345"))
    await page.keyboard.press("F2")
    await expect(work).to_contain_text("通话中")


async def sends_a_rescue(page: Page) -> None:
    """By keyboard: a rescue, the fault, and the place that the caller has sent."""
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.evaluate("words => navigator.clipboard.writeText(words)", TOLD)
    await page.keyboard.press("1")
    await expect(page.locator("[data-test=work]")).to_contain_text("什么故障")
    await page.keyboard.press("1")
    await page.locator("[data-test=work] .entry input:focus").wait_for()
    await page.keyboard.press("Control+v")
    await page.locator("[data-ranked]").first.wait_for()
    await page.keyboard.press("Enter")
    await page.locator(".send button:focus").wait_for()
    await page.keyboard.press("Enter")
    await page.locator("[data-offer].offered").first.wait_for()


async def finishes(station: Person, photo: Path) -> None:
    """With a picture of the car and the owner's signature."""
    await station.page.set_input_files("[name=photo]", photo)
    await station.signs()
    await station.presses("完成")
    await station.sees("任务完成")


@pytest.mark.parametrize("routing", [PATIENT])
async def test_from_the_ring_to_the_safe_car_and_every_screen_agrees(
    office: Office, routing: RoutingSettings, tmp_path: Path
):
    client = await office.service.agent()
    await add_owner(client, "王建国", KNOWN, "辽A12345")
    second_id = await office.station(km_north=4)
    slow = await office.service.station("SLOW", 1)
    boss = await office.service.client([*DESK, Permission.SUPERVISE])
    station = await office.colleague("station", station_id=second_id, phone=True)
    supervisor = await at_the_console(office, "supervisor", "board")
    wall = Wall(office, boss, supervisor.page)
    await wall.shows(opened_today=0)

    agent = await at_the_console(office, "agent", "desk")
    await takes_the_call(agent.page)
    await sends_a_rescue(agent.page)
    (ticket,) = (await client.get("/api/v1/tickets"))["items"]
    ticket_id = ticket["id"]
    offer = await offer_for(slow, ticket_id)
    offers = agent.page.locator("[data-offer]")
    await expect(offers).to_contain_text(["SLOW服务站"])
    await wall.shows(dispatching=1, offers=1)
    owner = await office.person(phone=True)
    link = await agent.page.get_by_role("link", name="车主查看页").get_attribute("href")
    await owner.goes_to(link or "")
    await owner.sees("正在联系离您最近、能救援的服务站")
    await expect(station.page.locator(".job.urgent")).to_have_count(0)

    await office.service.offer_runs_out(offer["id"])
    await station.page.locator(".job.urgent").click()
    await expect(offers).to_contain_text(["HOME服务站", re.compile("SLOW服务站.*未应答")])
    await wall.shows(dispatching=1, offers=1)
    await station.page.check("[name=eta_minutes][value='20']", force=True)
    await station.presses("接单")
    await station.sees("王建国")
    await owner.sees("HOME服务站")
    await expect(agent.page.locator("[data-dispatch]")).to_contain_text("约 20 分钟")
    await wall.shows(assigned=1)

    await station.presses("已出发")
    await owner.sees("救援车已出发")
    await expect(agent.page.locator("[data-test=work] h2 .stage")).to_have_text("途中")
    await wall.shows(en_route=1)

    await station.presses("已到达")
    await owner.sees("救援车已到达")
    await expect(agent.page.locator("[data-test=work] h2 .stage")).to_have_text("已到场")
    await wall.shows(on_site=1)

    photo = tmp_path / "car.png"
    photo.write_bytes(png(640, 480))
    await finishes(station, photo)
    await owner.sees("救援已完成")
    await expect(agent.page.locator("[data-test=work] h2 .stage")).to_have_text("已解决")
    await wall.shows()
    proofs = (await client.get(f"/api/v1/rescues/{ticket_id}"))["proofs"]
    assert {proof["kind"] for proof in proofs} == {"photo", "signature"}
    await client.post(f"/api/v1/tickets/{ticket_id}/closure")
    await wall.shows(closed_today=1)
    assert [
        fault for one in (agent, owner, station) for fault in await grave_faults(one.page)
    ] == []
