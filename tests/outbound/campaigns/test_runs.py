"""A campaign's life: handed in, approved by another, run, paused, stopped, over."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from callcenter.customers import service as customers
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns import repository, runs, service
from callcenter.outbound.campaigns.errors import (
    AudienceEmpty,
    AudienceMissing,
    CampaignMoveRefused,
    CampaignNeedsAnother,
)
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.campaigns.model import Campaign, CampaignKind, CampaignState
from callcenter.outbound.campaigns.people import About
from callcenter.outbound.campaigns.runs import Frozen
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.campaigns.trial import tried
from callcenter.outbound.model import Outcome, TouchState
from tests.outbound.campaigns.at_once import begin_at_once
from tests.outbound.campaigns.rows import touch_of, touches

AUDIENCE = UUID(int=7)
PLANNER, BOSS = "staff:00000000-0000-0000-0000-000000000001", "staff:other"


class Everybody:
    """All owners there are, nobody held out."""

    async def freeze(self, tx: Tx, campaign: Campaign, run_id: UUID) -> Frozen:
        await tx.connection.execute(
            "insert into run_members (run_id, owner_id, arm) select $1, id, 'treated' from owners",
            run_id,
        )
        there = await tx.connection.fetchval("select count(*) from owners")
        return Frozen(there, {}, "{}")

    async def policy_version(self, tx: Tx, policy: str) -> str:
        return "2026-01-01"

    async def sample(self, tx: Tx, audience_id: UUID, at_most: int) -> Sequence[About]:
        rows = await tx.connection.fetch("select id from owners order by id limit $1", at_most)
        return [About(row["id"]) for row in rows]


async def draft(database: Database, kind: CampaignKind, audience: UUID | None = None) -> Campaign:
    fields: dict[str, Any] = {
        "name": "保养",
        "kind": kind,
        "purpose": template(kind).purpose,
        "audience_id": audience,
        "policy": "cn",
        "plan": template(kind).plan,
        "starts_at": None,
        "ends_at": None,
    }
    return await database.run(lambda tx: service.draft(tx, PLANNER, fields))


async def audience(database: Database) -> UUID:
    made = AUDIENCE

    async def make(tx: Tx) -> None:
        await tx.connection.execute(
            "insert into audiences (id, name, rule, made_by) values ($1, '全部', '{}', 'test')"
            " on conflict do nothing",
            made,
        )

    await database.run(make)
    return made


async def owners(database: Database, *plates: str) -> list[UUID]:
    async def add(tx: Tx) -> list[UUID]:
        made = []
        for number, plate in enumerate(plates):
            owner = await customers.add_owner(
                tx, "test", name=f"车主{number}", phones=[f"+86138001380{number:02}"]
            )
            car = await customers.add_vehicle(tx, "test", {"plate": plate, "model": "EX5"})
            await customers.link_vehicle(tx, "test", owner.id, car.id)
            made.append(owner.id)
        return made

    return await database.run(add)


async def running(database: Database, kind: CampaignKind = CampaignKind.MAINTENANCE) -> Campaign:
    """Handed in by one, approved by another."""
    made = await draft(database, kind, await audience(database))

    async def approved(tx: Tx) -> Campaign:
        people = await tried(tx, Everybody(), AUDIENCE, "400")
        # A sample without cars says the same to all; what that means is told elsewhere.
        handed_in = await service.submit(tx, PLANNER, made, people[:1], "zh")
        return await service.approve(tx, BOSS, handed_in)

    return await database.run(approved)


async def test_who_hands_it_in_does_not_approve_it(database: Database):
    await owners(database, "辽A12345")
    made = await draft(database, CampaignKind.MAINTENANCE, await audience(database))

    async def alone(tx: Tx) -> None:
        people = await tried(tx, Everybody(), AUDIENCE, "400")
        handed_in = await service.submit(tx, PLANNER, made, people, "zh")
        with pytest.raises(CampaignNeedsAnother):
            await service.approve(tx, PLANNER, handed_in)
        back = await service.send_back(tx, BOSS, handed_in, "称呼不对")
        assert (back.state, back.state_reason) == (CampaignState.DRAFT, "称呼不对")

    await database.run(alone)


async def test_without_an_audience_or_with_an_empty_one_it_is_refused(database: Database):
    nobody = await draft(database, CampaignKind.MAINTENANCE)
    empty = await draft(database, CampaignKind.MAINTENANCE, await audience(database))

    async def hand_in(tx: Tx) -> None:
        with pytest.raises(AudienceMissing):
            await service.submit(tx, PLANNER, nobody, [], "zh")
        with pytest.raises(AudienceEmpty):
            await service.submit(tx, PLANNER, empty, [], "zh")

    await database.run(hand_in)


async def test_two_workers_begin_it_once_and_each_owner_has_one_touch(database: Database):
    known = await owners(database, "辽A12345", "辽A12346", "辽A12347")
    campaign = await running(database)
    begun = await asyncio.gather(*(runs.begin_due(database, Everybody()) for _ in range(4)))
    assert sum(begun) == 1
    made = await touches(database)
    assert [row["owner_id"] for row in made] == sorted(known)
    assert {(row["step"], row["channel"], row["state"]) for row in made} == {(0, "text", "ready")}
    after = await database.run(lambda tx: repository.get(tx, campaign.id))
    assert after.next_run_at is not None
    assert campaign.next_run_at is not None
    assert after.next_run_at == campaign.next_run_at + timedelta(days=1)


async def test_tomorrows_run_leaves_out_whom_today_spoke_to(database: Database):
    await owners(database, "辽A12345", "辽A12346")
    campaign = await running(database)
    await runs.begin_due(database, Everybody())
    (newcomer,) = await owners(database, "辽A99999")

    async def tomorrow(tx: Tx) -> None:
        again = await begin_at_once(tx, campaign, Everybody())
        assert (again.in_audience, again.left_out) == (3, {"again_too_soon": 2})
        assert again.number == 2

    await database.run(tomorrow)
    assert [row["owner_id"] for row in (await touches(database))].count(newcomer) == 1
    assert len(await touches(database)) == 3


async def test_stopped_is_silent_at_once_and_for_good(database: Database):
    await owners(database, "辽A12345")
    campaign = await running(database)
    await runs.begin_due(database, Everybody())
    await database.run(lambda tx: service.stop(tx, BOSS, campaign, "话写错了"))
    assert [(row["state"], row["reason"]) for row in await touches(database)] == [
        ("withdrawn", "campaign_stopped")
    ]
    with pytest.raises(CampaignMoveRefused):
        await database.run(lambda tx: service.resume(tx, BOSS, campaign))


async def test_an_outcome_told_twice_makes_one_next_touch(database: Database):
    await owners(database, "辽A12345")
    await running(database)
    await runs.begin_due(database, Everybody())
    (first,) = [touch_of(row) for row in await touches(database)]

    async def undelivered(tx: Tx) -> None:
        await after_touch(tx, first, outcome=Outcome.UNDELIVERED)

    await database.run(lambda tx: after_touch(tx, first, state=TouchState.SENT))
    await asyncio.gather(*(database.run(undelivered) for _ in range(3)))
    made = await touches(database)
    assert [(row["step"], row["channel"], row["attempt"]) for row in made] == [
        (0, "text", 1),
        (1, "automated_call", 1),
    ]
    # It does not wait three days for an owner who has not read it.
    assert made[1]["due_at"] - made[0]["due_at"] < timedelta(hours=1)


async def test_who_has_booked_is_not_called_any_more(database: Database):
    await owners(database, "辽A12345")
    await running(database)
    await runs.begin_due(database, Everybody())
    (first,) = [touch_of(row) for row in await touches(database)]
    await database.run(lambda tx: after_touch(tx, first, state=TouchState.SENT))
    await database.run(lambda tx: after_touch(tx, first, outcome=Outcome.BOOKED))
    assert [(row["state"], row["reason"]) for row in await touches(database)] == [
        ("withdrawn", "booked"),
        ("withdrawn", "booked"),
    ]


async def test_the_plan_of_a_run_is_read_once_and_is_that_runs(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    """More runs than are kept: the one known longest is read anew, and each has its own plan."""
    monkeypatch.setattr(repository, "MOST_PLANS", 2)
    monkeypatch.setattr(repository, "_plans", {})
    asked: list[UUID] = []
    read = repository.SQL.get_run

    async def counted(connection: Any, *, id: UUID) -> Any:
        asked.append(id)
        return await read(connection, id=id)

    monkeypatch.setattr(repository.SQL, "get_run", counted)
    begun: dict[UUID, CampaignKind] = {}
    for kind in (CampaignKind.MAINTENANCE, CampaignKind.RESCUE_FOLLOW_UP, CampaignKind.GREETING):
        campaign = await draft(database, kind, await audience(database))
        run = await database.run(partial(begin_at_once, campaign=campaign, audiences=Everybody()))
        begun[run.id] = kind
    asked.clear()
    first, second, third = begun
    for run_id in (first, first, second, first, third, first):
        plan = await database.run(partial(repository.plan, run_id=run_id))
        assert plan == template(begun[run_id]).plan
    assert asked == [first, second, third, first]
