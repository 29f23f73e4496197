"""The worker's turn over campaigns: what one fails at holds up no other, and is said."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.audiences.errors import AudienceTooLarge
from callcenter.outbound.campaigns import repository, runs, service
from callcenter.outbound.campaigns.model import Campaign, CampaignState
from callcenter.outbound.campaigns.model import CampaignKind as Kind
from callcenter.outbound.campaigns.plan import Repeat
from callcenter.outbound.campaigns.runs import Frozen
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.model import Way
from callcenter.outbound.policies.shelf import PolicyUnknown
from tests.outbound.campaigns.at_once import begin_at_once
from tests.outbound.campaigns.life import PLANNER, AllCars, campaign, his_car, steps
from tests.outbound.campaigns.rows import touches

CONTROL = pytest.mark.xfail(strict=True, raises=(AssertionError, AudienceTooLarge))


class TooLargeFor(AllCars):
    """What the audience of one campaign names was made larger since."""

    def __init__(self, campaign_id: UUID, trouble: Exception) -> None:
        self.campaign_id, self.trouble = campaign_id, trouble

    async def freeze(self, tx: Tx, campaign: Campaign, run_id: UUID) -> Frozen:
        if campaign.id == self.campaign_id:
            raise self.trouble
        return await super().freeze(tx, campaign, run_id)


async def read(database: Database, campaign_id: UUID) -> Campaign:
    return await database.run(lambda tx: repository.get(tx, campaign_id))


async def facts(database: Database, kind: str) -> Sequence[Any]:
    async with database.reading() as tx:
        rows = await tx.connection.fetch("select facts from events where kind = $1", kind)
    return [row["facts"] for row in rows]


@pytest.mark.parametrize("blind", [False, pytest.param(True, id="control", marks=CONTROL)])
async def test_one_that_cannot_begin_is_put_off_and_the_next_begins(
    database: Database, monkeypatch: pytest.MonkeyPatch, blind: bool
) -> None:
    if blind:
        monkeypatch.setattr(runs, "_alone", _without_a_net)
    await his_car(database)
    broken = await campaign(database, Kind.MAINTENANCE)
    whole = await campaign(database, Kind.WIN_BACK)
    by = TooLargeFor(broken.id, AudienceTooLarge(most=150, found=180))
    assert await runs.begin_due(database, by) == 1
    assert [row["campaign_id"] for row in await touches(database)] == [whole.id]
    after = await read(database, broken.id)
    assert "150" in after.state_reason
    assert "最多" in after.state_reason
    assert after.next_run_at is not None
    assert broken.next_run_at is not None
    assert after.next_run_at - broken.next_run_at >= timedelta(minutes=59)
    assert len(await facts(database, "campaign.run_put_off")) == 1
    # Neither is due again.
    assert await runs.begin_due(database, by) == 0


async def _without_a_net(database: Database, campaign_id: UUID, turn: Any) -> bool:
    done: bool = await database.run(turn)
    return done


async def test_once_it_can_it_begins_and_the_reason_is_gone(database: Database) -> None:
    """Also after a fault that nobody has foreseen."""
    await his_car(database)
    broken = await campaign(database, Kind.MAINTENANCE)
    assert await runs.begin_due(database, TooLargeFor(broken.id, RuntimeError("torn"))) == 0
    assert "一小时后" in (await read(database, broken.id)).state_reason
    await database.run(lambda tx: tx.connection.execute("update campaigns set next_run_at = now()"))
    assert await runs.begin_due(database, AllCars()) == 1
    assert (await read(database, broken.id)).state_reason == ""


async def test_a_policy_that_nobody_has_written_is_refused_when_it_is_handed_in(
    database: Database,
) -> None:
    usual = template(Kind.COMPLAINT_CALL_BACK)
    fields: dict[str, Any] = {
        "name": "投诉回访",
        "kind": usual.kind,
        "purpose": usual.purpose,
        "audience_id": None,
        "policy": "zz",
        "plan": usual.plan,
        "starts_at": None,
        "ends_at": None,
    }

    async def hands_in(tx: Tx) -> None:
        made = await service.draft(tx, PLANNER, fields)
        with pytest.raises(PolicyUnknown):
            await service.submit(tx, PLANNER, made, [], "zh")

    await database.run(hands_in)


async def test_before_its_beginning_nothing_runs_and_behind_its_end_all_is_over(
    database: Database,
) -> None:
    await his_car(database)
    now = await database.run(lambda tx: tx.now())
    made = await campaign(
        database,
        Kind.WIN_BACK,
        starts_at=now + timedelta(days=2),
        ends_at=now + timedelta(days=9),
    )
    assert made.next_run_at == now + timedelta(days=2)
    assert await runs.begin_due(database, AllCars()) == 0
    await passes(database, "2 days")
    assert await runs.begin_due(database, AllCars()) == 1
    assert await steps(database) == [(0, "ready", "")]
    # A week later it is due again, and over at the same moment's end: what waits is not said.
    await passes(database, "7 days")
    assert await runs.begin_due(database, AllCars()) == 0
    assert (await read(database, made.id)).state is CampaignState.OVER
    assert await steps(database) == [(0, "withdrawn", "campaign_over")]


async def passes(database: Database, time: str) -> None:
    """So much later by the campaigns' clock."""

    async def later(tx: Tx) -> None:
        await tx.connection.execute(
            "update campaigns set starts_at = starts_at - $1::text::interval,"
            " ends_at = ends_at - $1::text::interval,"
            " next_run_at = next_run_at - $1::text::interval",
            time,
        )
        await tx.connection.execute(
            "update campaign_runs set begun_at = begun_at - $1::text::interval", time
        )

    await database.run(later)


@pytest.mark.parametrize(
    ("kind", "ways", "repeats"),
    [
        (Kind.FIRST_SERVICE, [Way.TEXT, Way.AGENT_CALL], Repeat.DAILY),
        (Kind.WIN_BACK, [Way.TEXT, Way.AGENT_CALL], Repeat.WEEKLY),
        (Kind.SPECIAL_SURVEY, [Way.TEXT, Way.AGENT_CALL], Repeat.ONCE),
    ],
)
async def test_each_kind_runs_as_its_template_says(
    database: Database, kind: Kind, ways: list[Way], repeats: Repeat
) -> None:
    """Its first run speaks to its owner by its first way; its next one leaves him out."""
    await his_car(database)
    made = await campaign(database, kind)
    assert [step.way for step in made.plan.steps] == ways
    assert made.plan.repeat is repeats
    assert await runs.begin_due(database, AllCars()) == 1
    (first,) = await touches(database)
    assert (first["channel"], first["purpose"], first["priority"]) == (
        ways[0],
        made.purpose,
        made.priority,
    )
    pause = runs.PAUSES.get(repeats)
    after = await read(database, made.id)
    assert made.next_run_at is not None
    assert after.next_run_at == (made.next_run_at + pause if pause else None)
    await passes(database, "8 days")
    begun = await runs.begin_due(database, AllCars())
    assert begun == (0 if repeats is Repeat.ONCE else 1)
    assert len(await touches(database)) == 1


async def test_a_second_car_is_spoken_of_though_the_first_was_lately(database: Database) -> None:
    """By the runs of a campaign about cars; of a greeting he hears once."""
    await his_car(database)
    for kind, heard in ((Kind.MAINTENANCE, 1), (Kind.SPECIAL_SURVEY, 0)):
        made = await campaign(database, kind)
        await database.run(partial(begin_at_once, campaign=made, audiences=AllCars()))
        second = await database.run(partial(begin_at_once, campaign=made, audiences=AnotherCar()))
        assert second.left_out == ({} if heard else {"again_too_soon": 1})


class AnotherCar(AllCars):
    """The car that is due now is another one of his."""

    async def freeze(self, tx: Tx, campaign: Campaign, run_id: UUID) -> Frozen:
        await tx.connection.execute(
            "with car as (insert into vehicles (id, model) values (gen_random_uuid(), 'B')"
            " returning id)"
            " insert into run_members (run_id, owner_id, vehicle_id, arm)"
            " select $1, o.id, car.id, 'treated' from owners o, car",
            run_id,
        )
        return Frozen(1, {}, "{}")
