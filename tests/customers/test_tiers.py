"""Tiers by rules: previewed, made, applied to all at once, after a visit, and in the night."""

import asyncio
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

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
from callcenter.web.permission import Permission
from tests.db.cast import with_control
from tests.service import Client, Refused, Service

RULES: dict[str, Any] = {
    "rules": [
        {"tier": 1, "needs": "any", "least": {"visits": 2, "spend": 3000}},
        {"tier": 2, "needs": "all", "least": {"visits": 3, "years": 2}},
    ]
}
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


def ago(days: int) -> str:
    return str(date.today() - timedelta(days=days))


async def admin(service: Service) -> Client:
    return await service.client([Permission.CUSTOMERS_ADMIN])


async def an_owner(agent: Client, name: str, *visits: tuple[int, int], since: int = 100) -> str:
    """With a car delivered so many days ago, and visits so many days ago for so many CNY."""
    car = await agent.post("/api/v1/vehicles", {"plate": "辽A12345", "delivered_on": ago(since)})
    owner = await agent.post("/api/v1/owners", {"name": name})
    await agent.post(f"/api/v1/owners/{owner['id']}/vehicles", {"vehicle_id": car["id"]})
    for days, amount in visits:
        body = {"visited_on": ago(days), "kind": "maintenance", "amount": amount}
        await agent.post(f"/api/v1/vehicles/{car['id']}/visits", body)
    return str(owner["id"])


async def tier_of(agent: Client, owner_id: str) -> int:
    return int((await agent.get(f"/api/v1/owners/{owner_id}"))["tier"])


async def test_rules_are_previewed_then_made_and_every_owner_has_his_tier(service: Service):
    agent, boss = await service.agent(), await admin(service)
    faithful = await an_owner(agent, "王", (10, 500), (100, 500), (200, 500), since=800)
    generous = await an_owner(agent, "李", (10, 3_200))
    gone_cold = await an_owner(agent, "张", (400, 9_000), (500, 9_000))
    invited = await an_owner(agent, "赵")
    version = (await agent.get(f"/api/v1/owners/{invited}"))["version"]
    await agent.patch(f"/api/v1/owners/{invited}", {"tier": 3}, version=version)

    assert (await boss.get("/api/v1/tier-rules"))["version"] == 0
    told = await boss.post("/api/v1/tier-rules/preview", RULES)
    assert told["moves"] == [
        {"was": 0, "tier": 1, "owners": 1},
        {"was": 0, "tier": 2, "owners": 1},
    ]
    assert (told["owners"], told["changed"], told["by_person"]) == (4, 2, 1)
    assert (told["now"], told["then"]) == ([3, 0, 0, 1], [1, 1, 1, 1])
    assert await tier_of(agent, faithful) == 0, "a preview changes nothing"

    made = await put(boss, RULES, 0)
    assert (made["version"], made["changed"], made["rules"]) == (1, 2, told_again(RULES))
    tiers_now = [await tier_of(agent, one) for one in (faithful, generous, gone_cold, invited)]
    assert tiers_now == [2, 1, 0, 3]

    why = await agent.get(f"/api/v1/owners/{faithful}/tier")
    assert (why["set_by"], why["by_rules"], why["because"]) == ("rule", 2, ["visits", "years"])
    assert (why["cars"], why["visits"], why["spend"], why["years"]) == (1, 3, 1500, 2)
    assert (await agent.get(f"/api/v1/owners/{invited}/tier"))["by_rules"] == 0


async def test_what_a_person_has_set_is_handed_back_to_the_rules(service: Service):
    agent, boss = await service.agent(), await admin(service)
    await put(boss, RULES, 0)
    owner = await an_owner(agent, "王", (10, 5_000))
    assert await tier_of(agent, owner) == 1, "after the visit, at once"
    path = f"/api/v1/owners/{owner}"
    read = await agent.get(path)
    set_by_hand = await agent.patch(path, {"tier": 0}, version=read["version"])
    assert (set_by_hand["tier"], set_by_hand["tier_set_by"]) == (0, "person")
    back = await agent.patch(path, {"tier_set_by": "rule"}, version=set_by_hand["version"])
    assert (back["tier"], back["tier_set_by"]) == (1, "rule")


@pytest.mark.parametrize(
    "rules",
    [
        [{"tier": 1, "needs": "any", "least": {}}],
        [{"tier": 0, "needs": "any", "least": {"cars": 1}}],
        [{"tier": 1, "needs": "any", "least": {"cars": 1}}] * 2,
        [{"tier": 1, "needs": "any", "least": {"cars": 0}}],
    ],
)
async def test_rules_that_say_nothing_are_refused(service: Service, rules: list[Any]):
    boss = await admin(service)
    with pytest.raises(Refused) as no:
        await boss.post("/api/v1/tier-rules/preview", {"rules": rules})
    assert no.value.status == 422


async def test_of_two_who_make_rules_at_once_one_is_told(service: Service):
    boss = await admin(service)
    answers = await asyncio.gather(*(put(boss, RULES, 0) for _ in range(4)), return_exceptions=True)
    refused = [one for one in answers if isinstance(one, Refused)]
    assert [one.code for one in refused] == ["version_stale"] * 3
    assert (await boss.get("/api/v1/tier-rules"))["version"] == 1


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


async def put(boss: Client, rules: Any, version: int) -> Any:
    headers = {"If-Match": f'"{version}"'}
    return await boss._send("PUT", "/api/v1/tier-rules", json=rules, headers=headers)


def told_again(rules: dict[str, Any]) -> list[Any]:
    """As they are answered: what has no threshold is null."""
    nothing = dict.fromkeys(("cars", "visits", "spend", "years"))
    return [rule | {"least": nothing | rule["least"]} for rule in rules["rules"]]


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
