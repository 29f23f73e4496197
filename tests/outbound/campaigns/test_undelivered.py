"""What follows a text that did not arrive is what the step says, whether its provider refuses it at
once or reports it later."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.messages import receipts
from callcenter.messages.model import CarrierRefused, Channel, DeliveryState
from callcenter.messages.receipts import Receipt
from callcenter.messages.sending import sender
from callcenter.outbound.campaigns import follow
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.plan import Plan, Rule, Then
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.model import Outcome, Touch, TouchState, Way
from callcenter.outbound.touches.by_message import TouchFollower, claim_and_queue
from callcenter.outbound.touches.model import Said
from tests.outbound.campaigns.at_once import begin_at_once
from tests.outbound.campaigns.life import AllCars, campaign, his_car
from tests.outbound.campaigns.rows import touches, zone_of_the_morning
from tests.outbound.test_by_message import Provider

CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
FOLLOWER = TouchFollower(after_touch)
RETRY = Rule(then=Then.RETRY, after_minutes=60, at_most=2)


def plan(rule: Rule | None) -> Plan:
    usual = template(CampaignKind.MAINTENANCE).plan
    rules = {} if rule is None else {Outcome.UNDELIVERED: rule}
    text = usual.steps[0].model_copy(update={"rules": rules})
    return usual.model_copy(update={"steps": (text, *usual.steps[1:])})


async def words(tx: Any, touches: Sequence[Touch]) -> Mapping[UUID, Said]:
    return {touch.id: Said("+8613800138000", "zh", "您好") for touch in touches}


async def texted(database: Database, rule: Rule | None, provider: Provider) -> None:
    """The text of a campaign is handed to its provider, by a worker that has the job twice."""
    await his_car(database)
    made = await campaign(database, CampaignKind.MAINTENANCE, plan(rule))

    async def claims(tx: Tx) -> UUID:
        await tx.connection.execute(
            "update owners set zone = $1", zone_of_the_morning(await tx.now())
        )
        await begin_at_once(tx, made, AllCars())
        assert await claim_and_queue(tx, Way.TEXT, "me", words, following=after_touch) == 1
        message_id: UUID = await tx.connection.fetchval("select message_id from touches")
        return message_id

    message_id = await database.run(claims)
    errand = sender({channel: provider for channel in Channel}, follower=FOLLOWER)
    for _ in range(2):
        await errand(database, {"message_id": str(message_id)})


async def reported(database: Database) -> None:
    """That it did not arrive; by three lines at once."""
    rows = await touches(database)
    said = Receipt("provider", f"id {rows[0]['message_id']}", DeliveryState.UNDELIVERED)
    await asyncio.gather(
        *(database.run(lambda tx: receipts.take(tx, said, FOLLOWER)) for _ in range(3))
    )


async def made(database: Database) -> list[tuple[int, int, str]]:
    """Step, attempt and state of each touch."""
    return [(row["step"], row["attempt"], row["state"]) for row in await touches(database)]


RULES = [
    pytest.param(None, [(1, 1, "ready")], id="usual"),
    pytest.param(RETRY, [(0, 2, "ready")], id="again"),
    pytest.param(Rule(then=Then.END), [], id="end"),
]


@pytest.mark.parametrize("blind", [False, pytest.param(True, id="control", marks=CONTROL)])
@pytest.mark.parametrize(("rule", "follows"), RULES[1:])
async def test_what_is_refused_follows_the_rule_of_undelivered_once(
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    rule: Rule | None,
    follows: list[tuple[int, int, str]],
    blind: bool,
) -> None:
    """Not a text and a call at once, and no call where nothing should follow."""
    if blind:
        monkeypatch.setattr("callcenter.outbound.campaigns.following.after_end", _at_once)
    await texted(database, rule, Provider(CarrierRefused("no such number")))
    assert await made(database) == [(0, 1, "failed"), *follows]


def _at_once(plan: Plan, touch: Touch, state: TouchState, now: Any) -> follow.Next | None:
    """A writing that failed goes on to the next way, too."""
    if state is TouchState.FAILED:
        return follow.Next(touch.step + 1, 1, now, now + timedelta(days=2))
    return follow.after_end(plan, touch, state, now)


async def test_without_a_rule_the_next_way_is_taken_at_once(database: Database) -> None:
    await texted(database, None, Provider(CarrierRefused("no such number")))
    text, call = await touches(database)
    assert (text["state"], call["step"], call["state"]) == ("failed", 1, "ready")
    assert call["due_at"] - text["due_at"] < timedelta(hours=1)


async def test_reported_later_it_is_texted_again_and_the_call_waits_for_that(
    database: Database,
) -> None:
    await texted(database, RETRY, Provider())
    await reported(database)
    text, again, call = await touches(database)
    assert (again["step"], again["attempt"], again["state"]) == (0, 2, "ready")
    assert call["due_at"] == again["due_at"] + timedelta(hours=72)
    assert again["due_at"] - text["due_at"] >= timedelta(hours=1)


async def test_reported_later_nothing_follows_where_the_step_ends(database: Database) -> None:
    await texted(database, Rule(then=Then.END), Provider())
    assert await made(database) == [(0, 1, "sent"), (1, 1, "ready")]
    await reported(database)
    assert await made(database) == [(0, 1, "sent"), (1, 1, "withdrawn")]
