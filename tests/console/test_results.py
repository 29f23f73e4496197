"""Did it help, as a supervisor sees it: of a campaign, and of all campaigns together."""

from playwright.async_api import expect

from callcenter.ids import new_id
from callcenter.outbound.audiences.gate import HoldOut
from callcenter.outbound_settings import OutboundSettings
from tests.console.conftest import DESK_AT_125_PERCENT, at_the_console, wcag_faults
from tests.outbound.results.arms import booked, gave_stars
from tests.outbound.results.test_results import a_campaign
from tests.portal.conftest import Office

DRAWN = """
select v.vehicle_id from owners o join owner_vehicles v on v.owner_id = o.id
where ((uuid_hash_extended(o.id, $1) & 1048575) < $2) = $3 limit 10
"""


async def test_he_sees_at_once_what_helped_and_what_is_missing(office: Office):
    async with office.service.database.transaction() as tx:
        campaign, cars, owners = await a_campaign(tx, 100, 40)
        await booked(tx, cars[:50], "booked")
        await booked(tx, cars[100:104], "came")
        await booked(tx, cars[104:140], "cancelled")
        await gave_stars(tx, owners[:12], 5)
    boss = await at_the_console(office, "supervisor", f"outbound/campaigns/{campaign}")
    page = boss.page
    results = page.get_by_role("region", name="有没有用")
    more = results.locator("[data-tone=good]")
    await expect(more).to_have_count(1)
    await expect(more).to_contain_text("+40.0")
    await expect(more).to_contain_text("50 / 100")
    await expect(more).to_contain_text("4 / 40")
    satisfied = results.locator("[data-tone=open]").filter(has_text="占说过评价的")
    await expect(satisfied).to_contain_text("12 / 30")
    await expect(satisfied).to_contain_text("对照组中说过评价的 30 人")
    await results.get_by_text("用表格看").click()
    await expect(results.get_by_role("row", name="预约 50 / 100")).to_be_visible()
    await expect(results).to_contain_text("每位车主只算一次")
    await expect(results).not_to_contain_text("每多一次的花费按它算")
    await page.set_viewport_size(DESK_AT_125_PERCENT)
    assert await wcag_faults(page) == []
    assert not await boss.is_too_wide()
    await page.get_by_role("button", name="English").click()
    await expect(page.locator("[data-tone=good]")).to_contain_text("More bookings: +40.0")


async def test_what_was_spent_behind_the_days_that_count_is_told_apart(office: Office):
    """The campaign ran for the same owners again, two months later."""
    async with office.service.database.transaction() as tx:
        campaign, cars, owners = await a_campaign(tx, 100, 40)
        await booked(tx, cars[:50], "booked", days_ago=55)
        await tx.connection.execute(
            "update campaign_runs set begun_at = begun_at - interval '40 days'"
        )
        runs = [await tx.connection.fetchval("select id from campaign_runs"), new_id()]
        await tx.connection.execute(
            "insert into campaign_runs (id, campaign_id, number, plan, policy, policy_version)"
            " select $1, campaign_id, 2, plan, policy, policy_version from campaign_runs",
            runs[1],
        )
        for run in runs:
            await tx.connection.execute(
                "insert into touches (id, run_id, campaign_id, owner_id, step, channel, purpose,"
                " priority, bucket, state, due_at, expires_at)"
                " select gen_random_uuid(), $1, $2, unnest($3::uuid[]), 0, 'agent_call',"
                " 'contract', 5, 1, 'sent', now(), now()",
                *(run, campaign, owners[50:100]),
            )
    boss = await at_the_console(office, "supervisor", f"outbound/campaigns/{campaign}")
    results = boss.page.get_by_role("region", name="有没有用")
    await expect(results).to_contain_text("已花费 ¥600.00")
    await expect(results).to_contain_text("其中 ¥300.00 是在这些天数里花的,每多一次的花费按它算。")
    # Fifty in a hundred of a hundred owners have cost the first half of it.
    await expect(results).to_contain_text("每多一次花费 6.00 元")
    await boss.page.get_by_role("button", name="English").click()
    results = boss.page.get_by_role("region", name="Did it help?")
    await expect(results).to_contain_text("¥300.00 of it within these days")


async def test_below_all_campaigns_stands_whether_they_helped_together(office: Office):
    share = OutboundSettings().held_out_of_all
    lots = HoldOut(of_all=share * 100).lots[0]
    async with office.service.database.transaction() as tx:
        await a_campaign(tx, 900, 0)
        cars = [row["vehicle_id"] for row in await tx.connection.fetch(DRAWN, *lots, False)]
        await booked(tx, cars, "booked")
        drawn = await tx.connection.fetchval(
            "select count(*) from owners where (uuid_hash_extended(id, $1) & 1048575) < $2", *lots
        )
    boss = await at_the_console(office, "supervisor", "outbound/campaigns")
    together = boss.page.get_by_role("region", name="所有活动合起来有没有用")
    await expect(together).to_contain_text(f"不参加任何活动的车主 {drawn}")
    told = together.get_by_role("listitem").first
    await expect(told).to_contain_text(f"10 / {900 - drawn}")
    await expect(told).to_contain_text(f"0 / {drawn}")
    await boss.page.set_viewport_size(DESK_AT_125_PERCENT)
    assert await wcag_faults(boss.page) == []
    assert not await boss.is_too_wide()
    # A quarter reaches back to the same first run.
    await together.get_by_role("radio", name="最近一季").check()
    await expect(told).to_contain_text(f"10 / {900 - drawn}")
