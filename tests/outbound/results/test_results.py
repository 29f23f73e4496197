"""A campaign's results, counted from bookings, visits, ratings and complaints by the arm drawn."""

from datetime import timedelta
from uuid import UUID

import pytest

from callcenter.customers import service as customers
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.campaigns import repository as campaigns
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.model import Arm, Way
from callcenter.outbound.results.model import Effect, Verdict
from callcenter.outbound.results.service import EffectResult, results
from callcenter.outbound.results.words import effect_words

BEGUN = timedelta(days=20)


async def a_campaign(tx: Tx, treated: int, held_out: int) -> tuple[UUID, list[UUID], list[UUID]]:
    """With these members, the treated first; the cars of both."""
    run, campaign = new_id(), new_id()
    plan = template(CampaignKind.MAINTENANCE).plan.model_dump_json()
    await tx.connection.execute(
        "insert into campaigns (id, name, kind, purpose, policy, plan, state, priority, made_by)"
        " values ($1, '保养', 'maintenance', 'contract', 'cn', $2, 'running', 5, 'test')",
        campaign,
        plan,
    )
    await tx.connection.execute(
        "insert into campaign_runs (id, campaign_id, number, plan, policy, policy_version,"
        " begun_at) values ($1, $2, 1, $3, 'cn', 'test', now() - $4::interval)",
        run,
        campaign,
        plan,
        BEGUN,
    )
    cars = [new_id() for _ in range(treated + held_out)]
    owners = [new_id() for _ in cars]
    many = tx.connection.executemany
    await many("insert into owners (id, name) values ($1, '某')", [(one,) for one in owners])
    await many("insert into vehicles (id) values ($1)", [(one,) for one in cars])
    await many(
        "insert into owner_vehicles (owner_id, vehicle_id) values ($1, $2)",
        list(zip(owners, cars, strict=True)),
    )
    arms = [Arm.TREATED.value] * treated + [Arm.HELD_OUT.value] * held_out
    # Every second one without a car of his own in the run: his car is found by its owner.
    await many(
        "insert into run_members (run_id, owner_id, vehicle_id, arm) values ($1, $2, $3, $4)",
        [
            (run, owner, car if at % 2 else None, arm)
            for at, (owner, car, arm) in enumerate(zip(owners, cars, arms, strict=True))
        ],
    )
    return campaign, cars, owners


async def came(tx: Tx, cars: list[UUID], days_ago: int) -> None:
    await tx.connection.executemany(
        "insert into visits (id, vehicle_id, visited_on, kind, source)"
        " values ($1, $2, current_date - $3::int, 'maintenance', 'desk')",
        [(new_id(), car, days_ago) for car in cars],
    )


async def complained(tx: Tx, owners: list[UUID]) -> None:
    await tx.connection.executemany(
        "insert into tickets (id, number, kind, stage, priority, owner_id, opened_by, opened_at)"
        " values ($1, $2, 'complaint', 'opened', 1, $3, 'test', now() - interval '3 days')",
        [(new_id(), str(new_id()), owner) for owner in owners],
    )


async def found(tx: Tx, campaign: UUID) -> dict[Effect, EffectResult]:
    read = await results(tx, await campaigns.get(tx, campaign))
    return {one.effect: one for one in read.effects}


async def test_a_car_sold_since_counts_as_it_did(tx: Tx) -> None:
    """Of members who were in the run for this car."""
    campaign, cars, owners = await a_campaign(tx, 4, 4)
    await came(tx, cars, 5)
    before = await found(tx, campaign)
    assert before[Effect.CAME_BACK].treated.effects == 4
    for owner, car in zip(owners[1::2], cars[1::2], strict=True):
        await customers.unlink_vehicle(tx, "test", owner, car)
    assert await found(tx, campaign) == before


async def test_everybody_counts_for_the_arm_he_was_drawn_into(tx: Tx) -> None:
    campaign, cars, owners = await a_campaign(tx, 300, 100)
    await came(tx, cars[:120], 5)
    await came(tx, cars[300:310], 5)
    await complained(tx, owners[:3])
    told = await found(tx, campaign)
    back = told[Effect.CAME_BACK]
    assert (back.treated.members, back.treated.effects) == (300, 120)
    assert (back.held_out.members, back.held_out.effects) == (100, 10)
    assert back.verdict is Verdict.MORE
    assert told[Effect.COMPLAINED].treated.effects == 3
    assert told[Effect.COMPLAINED].verdict is Verdict.TOO_FEW
    assert told[Effect.BOOKED].treated.effects == 0


async def test_what_happened_before_or_too_late_is_not_the_campaigns(tx: Tx) -> None:
    campaign, cars, _ = await a_campaign(tx, 50, 50)
    await came(tx, cars, 40)
    assert (await found(tx, campaign))[Effect.CAME_BACK].treated.effects == 0


async def test_what_was_said_has_its_cost(tx: Tx) -> None:
    campaign, cars, owners = await a_campaign(tx, 100, 40)
    await came(tx, cars[:60], 5)
    await came(tx, cars[100:104], 5)
    run = await tx.connection.fetchval("select id from campaign_runs")
    await tx.connection.executemany(
        "insert into touches (id, run_id, campaign_id, owner_id, step, channel, purpose, priority,"
        " bucket, state, due_at, expires_at)"
        " values ($1, $2, $3, $4, 0, 'text', 'contract', 5, 1, $5, now(), now())",
        [
            (new_id(), run, campaign, owner, "sent" if at < 80 else "skipped")
            for at, owner in enumerate(owners[:100])
        ],
    )
    read = await results(tx, await campaigns.get(tx, campaign))
    each = template(CampaignKind.MAINTENANCE).plan.costs[Way.TEXT]
    assert read.cost == each * 80
    back = next(one for one in read.effects if one.effect is Effect.CAME_BACK)
    assert back.cost is not None
    assert back.cost.low < back.cost.value
    assert read.members == {Arm.TREATED: 100, Arm.HELD_OUT: 40, Arm.HELD_OUT_OF_ALL: 0}


async def test_without_a_hold_out_nothing_is_claimed(tx: Tx) -> None:
    campaign, cars, _ = await a_campaign(tx, 60, 0)
    await came(tx, cars, 5)
    back = (await found(tx, campaign))[Effect.CAME_BACK]
    assert (back.verdict, back.uplift, back.cost) == (Verdict.NO_HOLD_OUT, None, None)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_each_verdict_has_its_words(tx: Tx, language: str) -> None:
    campaign, cars, _ = await a_campaign(tx, 60, 40)
    await came(tx, cars[:50], 5)
    told = await found(tx, campaign)
    assert "+83.3" in effect_words(language, told[Effect.CAME_BACK])
    assert effect_words(language, told[Effect.BOOKED])
