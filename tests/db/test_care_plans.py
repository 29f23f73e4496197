"""What a page or a visit waits for of owners is looked up by an index, however many there are."""

from datetime import date
from typing import Any

import asyncpg

from callcenter.customers.consents.service import SQL as CONSENTS
from callcenter.customers.days.model import birthdays_within
from callcenter.customers.tiers.standing import SQL as TIERS
from callcenter.customers.visits.service import SQL as VISITS
from tests.db.test_plans import ID, Ask, connection, each, planned, unknown_or_known

__all__ = ["connection"]

BORN = birthdays_within(date(2026, 12, 1), date(2026, 12, 7))
WHO_WAS_BORN_THEN = """
select o.id from owners o
join unnest($1::text[], $2::smallint[], $3::smallint[]) as b (calendar, month, day)
  on (o.birthday_calendar, o.birthday_month, o.birthday_day) = (b.calendar, b.month, b.day)
"""


async def who_was_born_then(c: Any) -> Any:
    calendars, months, days = zip(*((b.calendar, b.month, b.day) for b in BORN), strict=True)
    return (await c.fetch(WHO_WAS_BORN_THEN, list(calendars), list(months), list(days)))[0]


LOOKED_UP: dict[str, tuple[str, Ask]] = {
    "visits_of_a_car": (
        "visits_vehicle_id_visited_on_kind_work_order_key",
        lambda c: VISITS.visits_of_vehicle(c, vehicle_id=ID, limit=500),
    ),
    "owners_of_a_visited_car": (
        "owner_vehicles_by_vehicle",
        lambda c: VISITS.owners_of_visited(c, vehicle_id=ID),
    ),
    "words_of_an_owner": ("consents_by_owner", lambda c: CONSENTS.consents_of(c, owner_id=ID)),
    "words_that_come_to_something": (
        "owner_reach_pkey",
        lambda c: CONSENTS.keep_reach(c, owner_ids=[ID], purposes=["marketing"]),
    ),
    "how_he_may_be_contacted": ("owner_reach_pkey", lambda c: CONSENTS.reach_of(c, owner_id=ID)),
    "how_an_owner_stands_by_himself": (
        "owners_pkey",
        lambda c: TIERS.standing_of(c, owner_id=ID),
    ),
    "how_an_owner_stands_by_his_cars": (
        "owner_vehicles_pkey",
        lambda c: TIERS.standing_of(c, owner_id=ID),
    ),
    "who_has_his_birthday_in_a_week": ("owners_by_birthday", who_was_born_then),
}


@unknown_or_known
@each(LOOKED_UP)
async def test_it_is_looked_up_and_not_searched_for(
    connection: asyncpg.Connection, index: str, ask: Ask, guarded: bool, generic: bool
) -> None:
    plan = await planned(connection, index, ask, guarded, generic)
    assert plan.scanned == set()
    assert index in plan.indexes
