"""What an agent may promise, and what a supervisor sees of promises that were not kept."""

import logging
from datetime import datetime, timedelta

import pytest
from playwright.async_api import expect

from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.policies.hours import Opens
from callcenter.outbound.promises import times
from tests.console.calling import campaign_runs, car_owner
from tests.console.conftest import at_the_console
from tests.console.test_desk import KNOWN
from tests.console.test_owner_calls import dials, looks_well, sits
from tests.portal.conftest import Office

LOG = logging.getLogger(__name__)
IN_TWO_HOURS, LASTS = timedelta(hours=2), timedelta(hours=3)
BROKEN = """
insert into promised_calls (id, owner_id, campaign_id, in_touch, promised_at, due_at, state, reason,
    settled_at)
select $1, owner_id, campaign_id, id, now(), now() - interval '1 day', 'broken', 'not_reached',
    now()
from touches
"""


@pytest.fixture
def quiet_for_two_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Owners may be called now, and in two hours again for three more; not between."""
    begins = datetime.now().astimezone() + IN_TWO_HOURS
    monkeypatch.setattr(Opens, "next", lambda self, pack, hours, zone: self.at)
    monkeypatch.setattr(times, "open_now", lambda _p, _h, _z, at: begins <= at < begins + LASTS)
    monkeypatch.setattr(
        times, "open_spans", lambda _p, _h, _z, _at, _until: [(begins, begins + LASTS)]
    )
    monkeypatch.setattr(times, "open_for", lambda _p, _h, _z, at, lasting: at + lasting)


@pytest.mark.usefixtures("quiet_for_two_hours")
async def test_no_time_is_promised_at_which_he_may_not_be_called(office: Office):
    client, database = await office.service.agent(), office.service.database
    await car_owner(client, "王建国", KNOWN, "辽A12345")
    await campaign_runs(database)
    agent = await at_the_console(office, "agent", "desk")
    page, panel = agent.page, agent.page.locator("[data-test=owner-call]")
    await sits(page)
    await page.keyboard.press("Alt+n")
    await expect(panel).to_contain_text("王建国")
    await dials(page)
    await page.keyboard.press("Alt+2")
    first = panel.get_by_role("button", name="最早可约").first
    await expect(first).to_be_visible()
    await expect(panel.get_by_role("button", name="一小时后")).to_have_count(0)
    await panel.locator("[name=promised-at]").fill("2035-01-07T12:00")
    await expect(panel.locator("[data-test=quiet-hours]")).to_contain_text("不允许给他打电话")
    await looks_well(agent, "quiet-hours")
    await page.keyboard.press("F4")
    await expect(panel.locator(".stage")).to_have_text("请记录结果")
    save = panel.get_by_role("button", name="记录并结束")
    await expect(save).to_be_disabled()
    await first.click()
    await expect(panel.locator("[data-test=quiet-hours]")).to_have_count(0)
    await expect(save).to_be_enabled()
    await page.keyboard.press("Alt+Enter")
    await expect(page.locator("[data-test=promised] li")).to_contain_text("王建国")


async def test_a_promise_that_was_not_kept_is_seen_and_dealt_with(office: Office):
    client, database = await office.service.agent(), office.service.database
    await car_owner(client, "王建国", KNOWN, "辽A12345")
    await campaign_runs(database)

    async def broken(tx: Tx) -> None:
        await tx.connection.execute(BROKEN, new_id())
        await tx.connection.execute(BROKEN, new_id())

    await database.run(broken)
    supervisor = await at_the_console(office, "supervisor", "outbound/campaigns")
    page = supervisor.page
    card = page.locator("[data-test=promises-not-kept]")
    await expect(card).to_contain_text("王建国")
    await expect(card).to_contain_text("打了三次都没有接通")
    await looks_well(supervisor, "not-kept")
    await card.get_by_role("textbox").first.fill("我打通了")
    await page.keyboard.press("Enter")
    await expect(card.get_by_role("listitem")).to_have_count(1)
    await card.get_by_role("button", name="再安排一次").click()
    await expect(card).to_have_count(0)
    async with database.reading() as tx:
        stand = await tx.connection.fetch(
            "select state, seen_to_note from promised_calls order by state, seen_to_note desc"
        )
    assert [tuple(one) for one in stand] == [("broken", "我打通了"), ("broken", ""), ("open", "")]
