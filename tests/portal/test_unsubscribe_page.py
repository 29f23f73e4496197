"""The page that ends our e-mails, on the owner's phone: opened it changes nothing."""

from uuid import UUID

from playwright.async_api import expect

from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.unsubscribe import UNSUBSCRIBE
from tests.outbound.scene import Scene
from tests.portal.conftest import Office
from tests.portal.test_duty import looks_well
from tests.portal.test_survey import links_of


async def mailed(tx: Tx) -> tuple[UUID, UUID]:
    """An owner, and what was said to him."""
    scene = Scene(tx.connection)
    (owner_id,) = await scene.add_owners(1)
    await scene.campaign([owner_id])
    plan = template(CampaignKind.MAINTENANCE).plan.model_dump_json()
    await tx.connection.execute("update campaign_runs set plan = $1", plan)
    await tx.connection.execute("update touches set state = 'sent', channel = 'email'")
    return owner_id, await tx.connection.fetchval("select id from touches")


async def silent(office: Office, owner_id: UUID) -> set[Channel]:
    reach = await office.service.database.run(lambda tx: consents.reach_of(tx, owner_id))
    return set(reach.silent)


async def test_one_press_ends_our_emails_without_scripts_and_once_for_all(office: Office):
    owner_id, touch_id = await office.service.database.run(mailed)
    path = f"/u/{(await links_of(office.service)).make(UNSUBSCRIBE, touch_id)}"
    person = await office.person(phone=True, java_script_enabled=False)
    await person.goes_to(path)
    assert await silent(office, owner_id) == set()
    for _ in range(2):
        await person.goes_to(path)
        async with person.page.expect_navigation():
            await person.page.get_by_role("button", name="不再发邮件").click()
        await expect(person.page.get_by_role("status")).to_contain_text("不再给您发邮件")
        assert await silent(office, owner_id) == {Channel.EMAIL}


async def test_in_english_it_reads_well_before_and_after(office: Office):
    owner_id, touch_id = await office.service.database.run(mailed)
    links = await links_of(office.service)
    person = await office.person(phone=True, english=True)
    await person.goes_to(f"/u/{links.make(UNSUBSCRIBE, touch_id)}")
    await expect(person.page.locator("main")).to_contain_text("safety recalls still reach you")
    await looks_well(person)
    async with person.page.expect_navigation():
        await person.page.get_by_role("button", name="No more e-mails").click()
    await expect(person.page.get_by_role("status")).to_contain_text("no more e-mails from us")
    await looks_well(person)
    assert await silent(office, owner_id) == {Channel.EMAIL}
