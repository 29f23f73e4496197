"""An owner follows the link in a campaign's text, books a service, and hears nothing else of it."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from callcenter.customers import edits
from callcenter.customers import service as customers
from callcenter.db.transaction import Tx
from callcenter.outbound.audiences import service as audiences
from callcenter.outbound.audiences.model import AllOf, NeverCame
from callcenter.web.links import TOKEN_LENGTH
from tests.outbound.campaigns.rows import zone_of_the_morning
from tests.outbound.campaigns.test_story import approved
from tests.portal.conftest import Office, Person
from tests.portal.test_duty import looks_well
from tests.service import add_station, eventually


@pytest.fixture
def outbound() -> bool:
    """The worker does all of it."""
    return True


async def owners(tx: Tx) -> UUID:
    """Some whose cars were never serviced, near one workshop: not all of them are held out."""
    await add_station(tx, "沈阳东望", workshop_hours="24/7", province="LN")
    zone = zone_of_the_morning(datetime.now(UTC))
    for number in range(5):
        phones = [f"+861380013800{number}"]
        owner = await customers.add_owner(tx, "test", name=f"王{number}", phones=phones, tier=2)
        car = await customers.add_vehicle(tx, "test", {"plate": f"辽A1234{number}"})
        linked = await customers.link_vehicle(tx, "test", owner.id, car.id)
        await edits.edit_owner(tx, "test", linked, {"zone": zone, "province": "LN"})
    return (await audiences.make(tx, "test", "从未进站", AllOf(of=(NeverCame(),)))).id


async def a_text(office: Office) -> tuple[UUID, str]:
    """Who has got it, and the path that it leads to."""

    async def text() -> Any:
        async with office.service.database.reading() as tx:
            return await tx.connection.fetchrow(
                "select t.owner_id, m.body from touches t join messages m on m.id = t.message_id"
                " where t.state = 'sent' limit 1"
            )

    owner_id, said = await eventually(text)
    _, _, rest = said.partition("/b/")
    return owner_id, "/b/" + rest[:TOKEN_LENGTH]


async def goes_on(person: Person, button: str) -> None:
    async with person.page.expect_navigation():
        await person.page.click(button)


@pytest.mark.parametrize("english", [False, True])
async def test_from_the_text_to_the_booking(office: Office, english: bool):
    """In Chinese without scripts; in English looked through by axe, which is one."""
    async with office.service.database.transaction() as tx:
        audience = await owners(tx)
    await approved(office.service, audience)
    owner_id, path = await a_text(office)
    person = await office.person(phone=True, english=english, java_script_enabled=english)
    await person.goes_to(path)
    await shows(person, f"booking-where-{english}")
    if english:
        await looks_well(person)
    await goes_on(person, "a.button[href*='station=']")
    await person.page.locator("input[name=starts_at]").first.check()
    await shows(person, f"booking-when-{english}")
    if english:
        await looks_well(person)
    await goes_on(person, "button.main")
    await person.sees("Booked" if english else "已预约")
    await shows(person, f"booking-done-{english}")

    async def outcome() -> list[Any] | None:
        async with office.service.database.reading() as tx:
            rows = await tx.connection.fetch(
                "select state, outcome from touches where owner_id = $1 order by step", owner_id
            )
        found = [tuple(row) for row in rows]
        return found if found[0][1] == "booked" else None

    first, *later = await eventually(outcome)
    assert first == ("sent", "booked")
    assert {state for state, _ in later} <= {"withdrawn"}
    async with office.service.database.reading() as tx:
        (booked,) = await tx.connection.fetch("select source, state from service_bookings")
    assert tuple(booked) == ("campaign", "booked")


async def test_a_made_up_link_says_what_to_do(office: Office):
    person = await office.person(phone=True)
    await person.goes_to("/b/" + "a" * TOKEN_LENGTH)
    await person.sees("热线")


async def shows(person: Person, name: str) -> None:
    """For who looks at the pages by eye."""
    if folder := os.environ.get("BOOKING_PICTURES"):
        await person.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
