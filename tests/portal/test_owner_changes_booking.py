"""On his phone an owner finds the workshop nearest to him, books, changes his mind, and cancels."""

from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import expect

from callcenter.customers import service as customers
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.campaigns.plan_links import BOOKING
from callcenter.web import installation
from callcenter.web.links import SignedLinks
from tests.outbound.campaigns.test_story import approved
from tests.portal.conftest import Office
from tests.portal.test_duty import looks_well
from tests.portal.test_owner_booking import a_text, goes_on, owners, shows
from tests.service import SHENYANG, add_station

HERE = {"latitude": SHENYANG[0] + 0.9, "longitude": SHENYANG[1]}
"""A hundred kilometres north of the middle of Shenyang."""


@pytest.fixture
def outbound() -> bool:
    """The worker does all of it."""
    return True


async def invited(office: Office) -> str:
    """His link: one workshop in the city, one near to where he is now."""
    async with office.service.database.transaction() as tx:
        audience = await owners(tx)
        await tx.connection.execute("update owners set city = '沈阳市'")
        await add_station(tx, "北郊", 98, workshop_hours="24/7", city_zh="铁岭", city_en="Tieling")
    await approved(office.service, audience)
    _, path = await a_text(office)
    return path


async def booked(office: Office) -> list[Any]:
    async with office.service.database.reading() as tx:
        rows = await tx.connection.fetch(
            "select b.state, s.code, b.booked_by from service_bookings b"
            " join stations s on s.id = b.station_id order by b.booked_at"
        )
    return [(row["state"], row["code"], row["booked_by"].split(":")[0]) for row in rows]


@pytest.mark.parametrize("english", [False, True])
async def test_nearest_first_then_another_time_then_cancelled(office: Office, english: bool):
    path = await invited(office)
    person = await office.person(
        phone=True, english=english, geolocation=HERE, permissions=["geolocation"]
    )
    page = person.page
    await person.goes_to(path)
    choices = page.locator("a.button[href*='station=']")
    await expect(choices.first).to_contain_text("沈阳东望" if not english else "Station 沈阳东望")
    await page.click("#locate")
    await expect(choices.first).to_contain_text("1.9 km")
    await shows(person, f"booking-near-{english}")
    await looks_well(person)
    await goes_on(person, "a.button[href*='station=']")
    await page.locator("input[name=starts_at]").first.check()
    await goes_on(person, "button.main")
    await shows(person, f"booking-booked-{english}")
    await looks_well(person)

    await page.click("text=Another time" if english else "text=改时间")
    await expect(page.locator("form.card")).to_contain_text("so far" if english else "原来的预约")
    await page.locator("input[name=starts_at]").last.check()
    await shows(person, f"booking-change-{english}")
    await looks_well(person)
    await goes_on(person, "button.main")
    await expect(page.get_by_role("status")).to_contain_text("Booked" if english else "已预约")
    assert await booked(office) == [("booked", "北郊", "link")]

    await page.click("summary")
    await shows(person, f"booking-cancel-{english}")
    await looks_well(person)
    await goes_on(person, "button.bad")
    await person.sees("cancelled" if english else "已取消")
    await expect(choices.first).to_be_visible()
    assert await booked(office) == [("cancelled", "北郊", "link")]


async def test_without_scripts_he_changes_and_cancels_as_well(office: Office):
    path = await invited(office)
    person = await office.person(phone=True, java_script_enabled=False)
    page = person.page
    await person.goes_to(path)
    await expect(page.locator("#locate")).to_be_hidden()
    await goes_on(person, "a.button[href*='station=']")
    await page.locator("input[name=starts_at]").first.check()
    await goes_on(person, "button.main")
    await goes_on(person, "a.button[href*='change=1']")
    await goes_on(person, "a.tap[href*='change=1']")
    await goes_on(person, "a.button[href*='station='] >> nth=1")
    await page.locator("input[name=starts_at]").first.check()
    await goes_on(person, "button.main")
    assert [state for state, *_ in await booked(office)] == ["booked"]
    await page.click("summary")
    await goes_on(person, "button.bad")
    assert [state for state, *_ in await booked(office)] == ["cancelled"]


async def test_what_another_owner_has_booked_for_the_car_is_not_shown(office: Office):
    path = await invited(office)
    async with office.service.database.transaction() as tx:
        await taken_over(tx, path, await the_link_key(tx))
    person = await office.person(phone=True)
    await person.goes_to(path)
    await expect(person.page.locator("summary")).to_have_count(0)
    await expect(person.page.locator("a.button[href*='station=']").first).to_be_visible()


async def test_who_has_sold_the_car_does_not_book_it_by_his_old_link(office: Office):
    path = await invited(office)
    async with office.service.database.transaction() as tx:
        touch_id = (await the_link_key(tx)).read(BOOKING, path.rpartition("/")[2])
        his = "select owner_id, vehicle_id from touches where id = $1"
        await customers.unlink_vehicle(tx, "test", *await tx.connection.fetchrow(his, touch_id))
    person = await office.person(phone=True)
    await person.goes_to(path)
    await person.sees("热线")
    await expect(person.page.locator("a.button[href*='station=']")).to_have_count(0)


async def the_link_key(tx: Tx) -> SignedLinks:
    return SignedLinks((await installation.ensure(tx)).link_key)


async def taken_over(tx: Tx, path: str, links: SignedLinks) -> UUID:
    """The car of this link has a booking of somebody who has it now."""
    touch_id = links.read(BOOKING, path.rpartition("/")[2])
    car = await tx.connection.fetchval("select vehicle_id from touches where id = $1", touch_id)
    other = await customers.add_owner(tx, "test", name="李四", phones=[])
    booking = new_id()
    await tx.connection.execute(
        "insert into service_bookings (id, station_id, vehicle_id, owner_id, starts_at, wanted,"
        " source, booked_by) select $1, id, $2, $3, now() + interval '2 days', 'maintenance',"
        " 'desk', 'x' from stations limit 1",
        booking,
        car,
        other.id,
    )
    return booking
