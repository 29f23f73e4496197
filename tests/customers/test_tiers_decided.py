"""Who decides about a tier: the statement as the rules read, a person, two visits, the night."""

import asyncio
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from callcenter.customers import edits
from callcenter.customers import service as customers
from callcenter.customers.tiers import service as tiers
from callcenter.customers.tiers import standing
from callcenter.customers.tiers.model import Measure, TierRule, decided
from callcenter.customers.visits import service as visits
from callcenter.customers.visits.model import VisitKind, VisitSource
from callcenter.customers.visits.service import Told
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from tests.db.cast import with_control

TWO_VISITS = TierRule(tier=1, needs_all=True, thresholds={Measure.VISITS: 2})
A_PERSON_S_WORD_IS_FORGOTTEN = """
create function forget_who() returns trigger language plpgsql as
    $$ begin new.tier_set_by := 'rule'; return new; end $$;
create trigger forget_who before insert or update on owners
    for each row execute function forget_who();
"""
NO_OWNER_IS_LOCKED = """
alter table owners rename to owners_behind;
create function seen_owners() returns setof owners_behind language sql stable as
    $$ select * from owners_behind $$;
create view owners as select * from seen_owners();
grant select, update on owners to public;
create function write_owner() returns trigger language plpgsql as $$ begin
    update owners_behind set tier = new.tier, version = new.version where id = old.id;
    return new;
end $$;
create trigger write_owner instead of update on owners
    for each row execute function write_owner();
"""
"""Owners behind a function: who reads one FOR UPDATE locks nothing."""


@with_control(sabotage=A_PERSON_S_WORD_IS_FORGOTTEN)
async def test_no_rule_changes_what_a_person_has_set(
    database: Database, owner: Any, sabotage: str | None
):
    if sabotage:
        await owner.execute(sabotage)
    async with database.transaction() as tx:
        invited = await customers.add_owner(tx, "desk", name="王", tier=3)
        await tiers.make_rules(tx, "desk", [TWO_VISITS], instead_of=0)
        await standing.follow_rules(tx, "desk", [invited.id])
        assert (await customers.get_owner(tx, invited.id)).tier == 3


async def test_the_statement_decides_as_the_rules_read(database: Database):
    """Hundreds of owners with random cars and visits: all at once, and each by `decided`."""
    dice = Random(11)
    rules = [
        TierRule(1, False, {Measure.VISITS: 2, Measure.SPEND: 1_500, Measure.YEARS: 4}),
        TierRule(2, True, {Measure.CARS: 2, Measure.VISITS: 1}),
        TierRule(3, False, {Measure.SPEND: 6_000}),
    ]
    async with database.transaction() as tx:
        ids = [await _random_owner(tx, dice) for _ in range(150)]
        moves = await tiers.preview(tx, rules)
        by_rules = {one: decided(rules, await standing.standing_of(tx, one)) for one in ids}
        made = await tiers.make_rules(tx, "desk", rules, instead_of=0)
        have = {one: (await customers.get_owner(tx, one)).tier for one in ids}
    assert have == by_rules
    assert {*have.values()} == {0, 1, 2, 3}, "each is there"
    assert made.changed == sum(tier != 0 for tier in have.values())
    assert {(one.was, one.tier): one.owners for one in moves} == {
        (0, tier): [*have.values()].count(tier) for tier in range(4)
    }


@with_control(sabotage=NO_OWNER_IS_LOCKED)
async def test_two_visits_at_once_count_for_each_other(
    database: Database, owner: Any, sabotage: str | None
):
    async with database.transaction() as tx:
        his = await customers.add_owner(tx, "desk", name="王")
        cars = [await customers.add_vehicle(tx, "desk", {}) for _ in range(2)]
        for car in cars:
            await customers.link_vehicle(tx, "desk", his.id, car.id)
        await tiers.make_rules(tx, "desk", [TWO_VISITS], instead_of=0)
    if sabotage:
        await owner.execute(sabotage)
    ready = asyncio.Barrier(2)

    async def visit(vehicle_id: UUID) -> None:
        async with database.transaction() as tx:
            await ready.wait()
            await visits.record_visit(tx, "desk", _told(vehicle_id))
            # Both are written before either is committed, unless one waits for the other.
            await asyncio.sleep(0.2)

    await asyncio.gather(*(visit(car.id) for car in cars))
    async with database.reading() as tx:
        assert (await customers.get_owner(tx, his.id)).tier == 1


async def test_once_in_a_night_what_has_grown_old_is_looked_at(database: Database):
    async with database.transaction() as tx:
        assert await tiers.apply_by_night(tx) is None, "there are no rules"
        his = await customers.add_owner(tx, "desk", name="王")
        car = await customers.add_vehicle(tx, "desk", {})
        await customers.link_vehicle(tx, "desk", his.id, car.id)
        await tiers.make_rules(tx, "desk", [TWO_VISITS], instead_of=0)
        for kind in (VisitKind.REPAIR, VisitKind.MAINTENANCE):
            await visits.record_visit(tx, "desk", _told(car.id, kind))
        assert (await customers.get_owner(tx, his.id)).tier == 1
        assert await tiers.apply_by_night(tx) is None, "they were applied today"
        await tx.connection.execute("update visits set visited_on = visited_on - 366")
        await tx.connection.execute("update tier_rules set applied_at = now() - interval '1 day'")
        assert await tiers.apply_by_night(tx) == 1
        assert await tiers.apply_by_night(tx) is None, "once"
        assert (await customers.get_owner(tx, his.id)).tier == 0


async def test_a_car_that_is_gone_counts_no_more(database: Database):
    async with database.transaction() as tx:
        his = await customers.add_owner(tx, "desk", name="王")
        car = await customers.add_vehicle(tx, "desk", {"delivered_on": date(2020, 1, 1)})
        await customers.link_vehicle(tx, "desk", his.id, car.id)
        assert (await standing.standing_of(tx, his.id)).cars == 1
        await edits.edit_vehicle(tx, "desk", car, {"gone_on": date(2026, 1, 1)})
        now = await standing.standing_of(tx, his.id)
    assert (now.cars, now.years > 5) == (0, True)


def _told(vehicle_id: UUID, kind: VisitKind = VisitKind.REPAIR) -> Told:
    return Told(vehicle_id, date.today() - timedelta(days=3), kind, VisitSource.DESK)


async def _random_owner(tx: Tx, dice: Random) -> UUID:
    his = await customers.add_owner(tx, "desk", name="王")
    for _ in range(dice.randrange(4)):
        delivered = date.today() - timedelta(days=dice.randrange(2_500))
        car = await customers.add_vehicle(tx, "desk", {"delivered_on": delivered})
        await customers.link_vehicle(tx, "desk", his.id, car.id)
        await tx.connection.executemany(
            "insert into visits (id, vehicle_id, visited_on, kind, amount, source)"
            " values (gen_random_uuid(), $1, current_date - $2::integer, 'repair', $3, 'demo')"
            " on conflict do nothing",
            [
                (car.id, dice.randrange(1, 700), dice.choice([None, 400, 2_000]))
                for _ in range(dice.randrange(3))
            ],
        )
    return his.id
