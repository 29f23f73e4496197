"""A campaign that runs each week: an owner counts once, by his first run, whatever came after it.

A maintenance campaign of eight weekly runs is simulated: owners fall due, are spoken to or held
out, and are in each run until they have booked. The planted effect must lie in the interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

import pytest

from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.campaigns import repository as campaigns
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.model import Arm, Way
from callcenter.outbound.results import service
from callcenter.outbound.results.model import Count, Effect, Verdict
from callcenter.outbound.results.service import EffectResult, Results, results
from tests.outbound.results.arms import booked
from tests.outbound.results.test_results import a_campaign, came

BLIND = load_queries(__file__, "blind.sql")
CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
WITHIN, AGAIN, WEEKS, OWNERS = 28, 7, 8, 2_400
COMES_ANYWAY, MOVED = 0.5, 0.12
"""Who books without being spoken to, within four weeks; which part of the others is moved to."""
PLANTED = (1 - COMES_ANYWAY) * MOVED
BEGAN = timedelta(days=90)


@dataclass(frozen=True)
class Owner:
    """In days since the first run: when he is due and, if he ever does, books."""

    id: UUID
    car: UUID
    is_treated: bool
    due: float
    books: float | None


def lives(chance: Random) -> list[Owner]:
    """Who would come anyway comes sooner when he is spoken to; some others come then, too."""
    found = []
    for at in range(OWNERS):
        is_treated, due = at % 2 == 0, 7.0 * chance.randrange(WEEKS - 2)
        comes = chance.random() < COMES_ANYWAY
        moved = is_treated and (comes or chance.random() < MOVED)
        after = chance.uniform(0.5, 5) if moved else chance.uniform(0.5, 27.5) if comes else None
        books = None if after is None else due + after
        found.append(Owner(new_id(), new_id(), is_treated, due, books))
    return found


def in_run(one: Owner, day: float) -> bool:
    """Due, and not booked yet."""
    return one.due <= day and (one.books is None or one.books > day)


async def runs_each_week(tx: Tx, owners: Sequence[Owner]) -> UUID:
    """The campaign with all its runs, touches of those spoken to, and the bookings."""
    campaign = new_id()
    plan = template(CampaignKind.MAINTENANCE).plan.model_copy(
        update={"within_days": WITHIN, "again_after_days": AGAIN}
    )
    many, written = tx.connection.executemany, plan.model_dump_json()
    await tx.connection.execute(
        "insert into campaigns (id, name, kind, purpose, policy, plan, state, priority, made_by)"
        " values ($1, '每周', 'maintenance', 'contract', 'cn', $2, 'running', 5, 'test')",
        *(campaign, written),
    )
    await many("insert into owners (id, name) values ($1, '某')", [(one.id,) for one in owners])
    await many("insert into vehicles (id) values ($1)", [(one.car,) for one in owners])
    await many(
        "insert into owner_vehicles (owner_id, vehicle_id) values ($1, $2)",
        [(one.id, one.car) for one in owners],
    )
    began = await tx.now() - BEGAN
    for week in range(WEEKS):
        run, at = new_id(), began + timedelta(weeks=week)
        await tx.connection.execute(
            "insert into campaign_runs (id, campaign_id, number, plan, policy, policy_version,"
            " begun_at) values ($1, $2, $3, $4, 'cn', 'test', $5)",
            *(run, campaign, week + 1, written, at),
        )
        members = [one for one in owners if in_run(one, 7.0 * week)]
        await many(
            "insert into run_members (run_id, owner_id, vehicle_id, arm) values ($1, $2, $3, $4)",
            [(run, one.id, one.car, arm_of(one)) for one in members],
        )
        await told(tx, campaign, run, [one for one in members if one.is_treated])
    await book(tx, owners, began)
    return campaign


def arm_of(one: Owner) -> str:
    return (Arm.TREATED if one.is_treated else Arm.HELD_OUT).value


async def told(tx: Tx, campaign: UUID, run: UUID, members: Sequence[Owner]) -> None:
    await tx.connection.executemany(
        "insert into touches (id, run_id, campaign_id, owner_id, vehicle_id, step, channel,"
        " purpose, priority, bucket, state, due_at, expires_at)"
        " values ($1, $2, $3, $4, $5, 0, 'text', 'contract', 5, 1, 'sent', now(), now())",
        [(new_id(), run, campaign, one.id, one.car) for one in members],
    )


async def book(tx: Tx, owners: Sequence[Owner], began: datetime) -> None:
    who = [one for one in owners if one.books is not None]
    await booked(tx, [one.car for one in who], "came")
    await tx.connection.executemany(
        "update service_bookings set booked_at = $2 where vehicle_id = $1",
        [(one.car, began + timedelta(days=one.books or 0)) for one in who],
    )


async def simulated(tx: Tx, seed: int) -> tuple[Results, EffectResult, Sequence[Owner]]:
    owners = lives(Random(seed))
    campaign = await runs_each_week(tx, owners)
    read = await results(tx, await campaigns.get(tx, campaign))
    return read, next(one for one in read.effects if one.effect is Effect.BOOKED), owners


@pytest.mark.parametrize(
    "run_by_run", [False, pytest.param(True, marks=CONTROL)], ids=["once", "control"]
)
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_the_planted_effect_is_covered_though_the_runs_overlap(
    tx: Tx, monkeypatch: pytest.MonkeyPatch, seed: int, run_by_run: bool
) -> None:
    """Counted run by run, who was held out and comes late is in up to four runs, each time a
    success, and the sign turns."""
    if run_by_run:
        monkeypatch.setattr(service.SQL, "effects", BLIND.effects)
    _, told_of, _ = await simulated(tx, seed)
    assert told_of.uplift is not None
    assert told_of.uplift.low <= PLANTED <= told_of.uplift.high
    assert told_of.verdict is not Verdict.FEWER


async def test_members_are_owners_and_what_was_said_within_their_days_is_counted(tx: Tx) -> None:
    read, told_of, owners = await simulated(tx, 4)
    each = template(CampaignKind.MAINTENANCE).plan.costs[Way.TEXT]
    weeks = [7.0 * week for week in range(WEEKS)]
    treated = [one for one in owners if one.is_treated]
    in_all = [(one, day) for one in treated for day in weeks if in_run(one, day)]
    in_time = [day for one, day in in_all if day < one.due + WITHIN]
    assert read.members[Arm.TREATED] == read.members[Arm.HELD_OUT] == OWNERS // 2
    assert read.settled == OWNERS
    assert told_of.treated.effects == sum(one.books is not None for one in treated)
    assert len(in_time) < len(in_all)
    assert (read.cost, read.cost_counted) == (each * len(in_all), each * len(in_time))
    assert told_of.cost is not None
    more = told_of.uplift.value * told_of.treated.members if told_of.uplift else 0
    assert float(told_of.cost.value) == pytest.approx(float(read.cost_counted) / more, abs=0.01)


async def test_what_was_said_of_his_other_car_is_no_part_of_what_the_first_has_cost(tx: Tx) -> None:
    campaign, _, owners = await a_campaign(tx, 40, 40)
    first, other = await tx.connection.fetchval("select id from campaign_runs"), new_id()
    await tx.connection.execute(
        "update run_members m set vehicle_id = o.vehicle_id from owner_vehicles o"
        " where o.owner_id = m.owner_id"
    )
    rows = await tx.connection.fetch("select owner_id, vehicle_id from run_members")
    cars = {row["owner_id"]: row["vehicle_id"] for row in rows}
    spoken_to = [Owner(one, cars[one], True, 0, None) for one in owners[:40]]
    await told(tx, campaign, first, spoken_to)
    await tx.connection.execute(
        "insert into campaign_runs (id, campaign_id, number, plan, policy, policy_version)"
        " select $1, campaign_id, 2, plan, policy, policy_version from campaign_runs",
        other,
    )
    second = [Owner(one.id, new_id(), True, 0, None) for one in spoken_to[:10]]
    await tx.connection.executemany(
        "insert into vehicles (id) values ($1)", [(one.car,) for one in second]
    )
    await told(tx, campaign, other, second)
    read = await results(tx, await campaigns.get(tx, campaign))
    each = template(CampaignKind.MAINTENANCE).plan.costs[Way.TEXT]
    assert (read.cost, read.cost_counted) == (each * 50, each * 40)
    await tx.connection.execute("update campaigns set kind = 'greeting'")
    read = await results(tx, await campaigns.get(tx, campaign))
    assert read.cost_counted == each * 50


async def test_the_marks_are_those_before_the_first_run(tx: Tx) -> None:
    """Both arms were alike then; later runs hold other people."""
    campaign, cars, owners = await a_campaign(tx, 100, 100)
    run = new_id()
    await tx.connection.execute(
        "insert into campaign_runs (id, campaign_id, number, plan, policy, policy_version)"
        " select $2, campaign_id, 2, plan, policy, policy_version from campaign_runs"
        " where campaign_id = $1",
        *(campaign, run),
    )
    await tx.connection.execute("update owners set tier = 3 where id = any($1)", owners[:50])
    await tx.connection.execute("update owners set tier = 3 where id = any($1)", owners[100:150])
    await tx.connection.execute(
        "insert into run_members (run_id, owner_id, arm) select $1, owner_id, arm from run_members"
        " where owner_id = any($2)",
        *(run, owners[:50] + owners[150:]),
    )
    await came(tx, cars[:50], 5)
    read = await results(tx, await campaigns.get(tx, campaign))
    assert read.differences["tier"] == 0.0
    assert not read.unlike
    back = next(one for one in read.effects if one.effect is Effect.CAME_BACK)
    assert (back.treated, back.held_out) == (Count(100, 50), Count(100, 0))
    assert read.cost_counted == Decimal(0)
