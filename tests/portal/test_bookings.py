"""A workshop's phone: who is expected today, who came with which odometer, who stayed away."""

from datetime import timedelta

from playwright.async_api import expect

from callcenter.clock import CHINA
from callcenter.customers import service as customers
from callcenter.customers.visits import service as visits
from callcenter.stations.bookings.model import midnight_of
from tests.portal.conftest import Office

BOOKED = """
insert into service_bookings (id, station_id, vehicle_id, starts_at, wanted, source, booked_by)
values (gen_random_uuid(), $1, $2, $3, 'maintenance', 'desk', 'x')
"""


async def test_a_car_that_came_is_written_down_with_its_odometer_and_one_that_did_not_as_missed(
    office: Office,
):
    station = await office.station()
    async with office.service.database.transaction() as tx:
        today = midnight_of((await tx.now()).astimezone(CHINA).date())
        cars = []
        for plate, days in (("辽A11111", 0), ("辽A22222", 1), ("辽A33333", -1)):
            car = await customers.add_vehicle(tx, "test", {"plate": plate, "model": "E3"})
            await tx.connection.execute(BOOKED, station, car.id, today + timedelta(days=days))
            cars.append(car)
    person = await office.colleague("station", station_id=station, phone=True)
    await person.page.get_by_role("link", name="预约").click()
    page = person.page
    await expect(page.locator("#today article")).to_have_count(1)
    await expect(page.locator("#tomorrow article")).to_have_count(1)
    await expect(page.locator("#late article")).to_have_count(1)
    await page.locator("#late article").get_by_role("button", name="未到").click()
    await expect(page.locator("#late")).to_have_count(0)
    card = page.locator("#today article")
    await card.locator("summary").click()
    await card.get_by_label("里程(公里)").fill("12345")
    await card.get_by_role("button", name="已到").click()
    await expect(page.locator("#today article .tag")).to_contain_text("已到")
    assert not await person.is_too_wide()
    async with office.service.database.transaction() as tx:
        (visit,) = await visits.visits_of(tx, cars[0].id)
        assert (visit.odometer_km, visit.station_id, visit.kind.value) == (
            12345,
            station,
            "maintenance",
        )
        states = await tx.connection.fetch("select state from service_bookings order by starts_at")
    assert [row["state"] for row in states] == ["missed", "came", "booked"]
