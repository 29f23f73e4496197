"""The desk has told a visit of the wrong car, or of the wrong day: all that is reckoned from visits
is right once it is taken back and told anew, or corrected."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from callcenter.composition import all_subscriptions
from callcenter.customers import service as customers
from callcenter.customers.tiers import service as tiers
from callcenter.customers.tiers.model import Measure, TierRule
from callcenter.customers.visits import service as visits
from callcenter.customers.visits.model import Visit, VisitKind, VisitSource
from callcenter.db.database import Database
from callcenter.db.events import read_after
from callcenter.outbound.audiences.refreshed import keep_current
from callcenter.outbound.due.reactions import work
from callcenter.outbound.due.repository import SQL

DESK = "staff:desk"
SPENDS = TierRule(1, needs_all=True, thresholds={Measure.SPEND: 3000})
MIRROR = "select last_visit_on, visits_12, paid_12 from audience_cars where vehicle_id = $1"
FORGETFUL = "drop trigger visits_stale_out on visits"
CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)


def ago(days: int) -> date:
    return date.today() - timedelta(days=days)


@dataclass
class Town:
    """Two owners, each with a car of 700 days that was here once, 400 days ago; spending makes a
    tier. `deaf_to`: the news that nobody hears."""

    database: Database
    owners: list[UUID] = field(default_factory=list)
    cars: list[UUID] = field(default_factory=list)
    deaf_to: str = ""
    heard: set[UUID] = field(default_factory=set)

    @classmethod
    async def at(cls, database: Database) -> "Town":
        found = cls(database)
        await database.run(lambda tx: tiers.make_rules(tx, DESK, [SPENDS], instead_of=0))
        for plate in ("辽A12345", "辽A54321"):
            owner = await database.run(lambda tx, p=plate: customers.add_owner(tx, DESK, name=p))
            found.owners.append(owner.id)
            await found.car(owner.id, plate, ago(700))
            await found.came(len(found.cars) - 1, 400, 8_000, 300)
        return found

    async def car(self, owner: UUID, plate: str, delivered_on: date | None) -> None:
        async with self.database.transaction() as tx:
            fields = {"plate": plate, "delivered_on": delivered_on}
            made = await customers.add_vehicle(tx, DESK, fields)
            await customers.link_vehicle(tx, DESK, owner, made.id)
        self.cars.append(made.id)

    async def came(
        self, at: int, days: int, km: int, amount: int, kind: VisitKind = VisitKind.MAINTENANCE
    ) -> Visit:
        what = (self.cars[at], ago(days), kind, VisitSource.DESK)
        told = visits.Told(*what, km, Decimal(amount))
        return await self.database.run(lambda tx: visits.record_visit(tx, DESK, told))

    async def not_so(self, one: Visit) -> None:
        await self.database.run(lambda tx: visits.take_back_visit(tx, DESK, one))

    async def corrected(self, one: Visit, **changes: Any) -> Visit:
        return await self.database.run(lambda tx: visits.correct_visit(tx, DESK, one, changes))

    async def worker_was_here(self) -> None:
        """What due dates answer to all that was told since, and the audiences' own rows."""
        reactions = work().reactions
        async with self.database.transaction() as tx:
            events = await read_after(tx.connection, "0-0", 500)
            for event in events:
                if event.id in self.heard or event.kind == self.deaf_to:
                    continue
                self.heard.add(event.id)
                for name in all_subscriptions().get(event.kind, ()):
                    if name in reactions:
                        await reactions[name](tx, event)
        await keep_current(self.database)

    async def stands(self, at: int) -> tuple[Any, ...]:
        """Of one owner and his car: tier, when it is due, and what audiences find it by."""
        found_by = await self.found_by(at)
        async with self.database.reading() as tx:
            owner = await customers.get_owner(tx, self.owners[at])
            due = await SQL.due_of(tx.connection, vehicle_id=self.cars[at])
        return owner.tier, due["due_p50"], due["next_service"], due["last_visit_on"], found_by

    async def found_by(self, at: int) -> tuple[Any, ...]:
        """What audiences ask of a car's visits: the last, and of a year how many for how much."""
        await self.worker_was_here()
        async with self.database.reading() as tx:
            return tuple(await tx.connection.fetchrow(MIRROR, self.cars[at]))


@pytest.mark.parametrize(
    "deaf_to", [pytest.param(""), pytest.param("visit.taken_back", marks=CONTROL, id="control")]
)
async def test_a_visit_of_the_wrong_car_is_taken_back_and_told_anew(
    database: Database, deaf_to: str
):
    town = await Town.at(database)
    town.deaf_to = deaf_to
    before = await town.stands(0)
    assert (before[0], before[-1]) == (0, (ago(400), 0, 0))
    assert await town.stands(1) == before
    wrong = await town.came(0, 3, 15_000, 3_500)
    with_it = await town.stands(0)
    assert with_it[0] == 1
    assert with_it[1] > before[1]
    assert with_it[-1] == (ago(3), 1, 350_000)

    await town.not_so(wrong)
    assert await town.stands(0) == before
    await town.came(1, 3, 15_000, 3_500)
    assert await town.stands(1) == with_it
    assert await town.stands(0) == before


@pytest.mark.parametrize(
    "sabotage", [pytest.param("select"), pytest.param(FORGETFUL, marks=CONTROL, id="control")]
)
async def test_audiences_forget_one_of_a_car_that_is_never_due(
    database: Database, owner: Any, sabotage: str
):
    """Nothing but the visit itself has changed."""
    await owner.execute(sabotage)
    town = await Town.at(database)
    await town.car(town.owners[0], "辽A77777", None)
    one = await town.came(-1, 3, 15_000, 500, VisitKind.REPAIR)
    assert await town.found_by(-1) == (ago(3), 1, 50_000)
    await town.not_so(one)
    assert await town.found_by(-1) == (None, 0, 0)


async def test_a_wrong_day_and_a_wrong_kind_are_corrected(database: Database):
    town = await Town.at(database)
    right = await town.came(1, 3, 15_000, 3_500)
    wrong = await town.came(0, 380, 15_000, 3_500)
    assert (await town.stands(0))[0] == 0, "it lies more than a year back"
    fixed = await town.corrected(wrong, visited_on=ago(3))
    serviced = await town.stands(0)
    assert serviced == await town.stands(1)
    assert serviced[0] == 1
    await town.corrected(fixed, kind=VisitKind.REPAIR)
    repaired = await town.stands(0)
    assert repaired[1] < serviced[1], "a repair is no service"
    await town.corrected(right, kind=VisitKind.REPAIR)
    assert await town.stands(1) == repaired
