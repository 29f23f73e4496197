"""A large campaign that is paused takes no agent's time and nobody's place; when it goes on, all of
it is due."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from callcenter.db.database import Database
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.campaigns.going_on import go_on
from callcenter.outbound.dialling import before_agent
from callcenter.outbound.dialling.by_campaign import CampaignTouches
from callcenter.outbound.model import Touch, Way
from callcenter.outbound.touches import claim as claiming
from callcenter.outbound.touches import service
from callcenter.outbound.touches.ports import nothing_follows
from tests.outbound.scene import Scene, claim_all
from tests.outbound.test_by_message import words

BLIND = load_queries(__file__, "blind.sql")
CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
CALLS = CampaignTouches(words, nothing_follows)
ME = new_id()
MANY = 3_000


async def paused_and_running(scene: Scene) -> tuple[UUID, UUID]:
    """A recall of very many, which goes before all others, and another of a few."""
    recall = await scene.campaign(await scene.add_owners(MANY), way=Way.AGENT_CALL, priority=1)
    await scene.connection.execute("update campaigns set state = 'paused'")
    other = await scene.campaign(await scene.add_owners(3), way=Way.AGENT_CALL, priority=9)
    await scene.connection.execute("analyze touches")
    return recall, other


async def next_owner(database: Database) -> Sequence[Touch]:
    """What "next owner" asks for."""
    return await database.run(lambda tx: CALLS.claim(tx, Way.AGENT_CALL, "me", 1, staff_id=ME))


@pytest.mark.parametrize("blind", [False, pytest.param(True, id="control", marks=CONTROL)])
async def test_who_waits_in_another_campaign_is_the_next_owner(
    scene: Scene, database: Database, monkeypatch: pytest.MonkeyPatch, blind: bool
) -> None:
    if blind:
        monkeypatch.setattr(claiming.SQL, "lock_due_calls", BLIND.lock_due_calls)
    _, other = await paused_and_running(scene)
    found = await next_owner(database)
    assert [touch.campaign_id for touch in found] == [other]
    # Nothing of the paused one was even looked at.
    assert await scene.one("select count(*) from touches where reason <> ''") == 0


async def test_the_paused_are_not_counted_as_waiting(scene: Scene, database: Database) -> None:
    await paused_and_running(scene)
    assert await database.run(lambda tx: before_agent.owners_due(tx, ME)) == 3


async def test_who_may_not_be_called_hides_nobody_behind_them(
    scene: Scene, database: Database
) -> None:
    """Some hundred who want no calls come first in the same campaign."""
    await scene.campaign(await scene.add_owners(200), way=Way.AGENT_CALL)
    await scene.connection.execute("update owner_reach set silent = '{call}'")
    await scene.connection.execute("update touches set due_at = due_at - interval '1 hour'")
    late = await scene.campaign(await scene.add_owners(4), way=Way.AGENT_CALL)
    found = await next_owner(database)
    assert [touch.campaign_id for touch in found] == [late]
    # He has one of the four; the others still wait for somebody.
    assert await scene.states() == {"skipped": 200, "claimed": 1, "ready": 3}


async def test_two_agents_at_once_have_two_owners(scene: Scene, database: Database) -> None:
    await scene.campaign(await scene.add_owners(2), way=Way.AGENT_CALL)
    async with database.transaction() as first, database.transaction() as second:
        (mine,) = await CALLS.claim(first, Way.AGENT_CALL, "me", 1, staff_id=ME)
        (his,) = await CALLS.claim(second, Way.AGENT_CALL, "he", 1, staff_id=new_id())
    assert mine.owner_id != his.owner_id


async def test_texts_that_waited_for_it_are_due_when_it_goes_on(
    scene: Scene, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More of them than are woken at once."""
    campaign_id = await scene.campaign(await scene.add_owners(30))
    await scene.connection.execute("update campaigns set state = 'paused'")
    assert await claim_all(database) == []
    assert await scene.reasons() == {("ready", "paused")}
    await scene.connection.execute("update campaigns set state = 'running'")

    async def few(tx: Tx, campaign_id: UUID) -> int:
        return await wake(tx, campaign_id, 7)

    wake = service.wake
    monkeypatch.setattr(service, "wake", few)
    payload: dict[str, Any] = {"campaign_id": str(campaign_id), "paused_at": None}
    await go_on(database, payload)
    assert len(await claim_all(database)) == 30
