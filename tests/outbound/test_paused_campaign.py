"""A large campaign that is paused takes no agent's time and nobody's place; when it goes on, all of
it is due."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

import pytest

from callcenter.db.database import Database
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.going_on import go_on
from callcenter.outbound.dialling import before_agent, by_campaign
from callcenter.outbound.dialling.by_campaign import CampaignTouches
from callcenter.outbound.model import Touch, Way
from callcenter.outbound.touches import claim as claiming
from callcenter.outbound.touches import service
from callcenter.outbound.touches.model import AgentsCalls
from callcenter.outbound.touches.ports import nothing_follows
from tests.calls.floor import RULES, Floor
from tests.outbound.scene import Scene, claim_all
from tests.outbound.test_by_message import words

BLIND = load_queries(__file__, "blind.sql")
CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
CALLS = CampaignTouches(words, nothing_follows)
MANY = 3_000


async def paused_and_running(scene: Scene, way: Way = Way.AGENT_CALL) -> tuple[UUID, UUID]:
    """A recall of very many, which goes before all others, and another of a few."""
    recall = await scene.campaign(await scene.add_owners(MANY), way=way, priority=1)
    await scene.connection.execute("update campaigns set state = 'paused'")
    other = await scene.campaign(await scene.add_owners(3), way=way, priority=9)
    # Whether a machine may call is another story's.
    await scene.connection.execute(
        "update owner_reach set granted = '{satisfaction:automated_call}'"
    )
    await scene.connection.execute("analyze touches")
    return recall, other


@pytest.fixture
async def me(database: Database) -> UUID:
    """An agent of the desk."""
    return await Floor(database, RULES).agent()


async def next_owner(database: Database, me: UUID) -> Sequence[Touch]:
    """What "next owner" asks for."""
    return await database.run(lambda tx: CALLS.next_for(tx, "me", me))


@pytest.mark.parametrize("blind", [False, pytest.param(True, id="control", marks=CONTROL)])
async def test_who_waits_in_another_campaign_is_the_next_owner(
    scene: Scene, database: Database, me: UUID, monkeypatch: pytest.MonkeyPatch, blind: bool
) -> None:
    both = await paused_and_running(scene)
    if blind:
        monkeypatch.setattr(by_campaign, "agents_calls", _of(both))
    found = await next_owner(database, me)
    assert [touch.campaign_id for touch in found] == [both[1]]
    # Nothing of the paused one was even looked at.
    assert await scene.one("select count(*) from touches where reason <> ''") == 0


def _of(campaigns: Sequence[UUID]) -> Callable[..., Awaitable[AgentsCalls]]:
    async def all_of_them(tx: Tx, staff_id: UUID) -> AgentsCalls:
        return AgentsCalls(staff_id, campaigns, frozenset({"desk"}), None)

    return all_of_them


@pytest.mark.parametrize("blind", [False, pytest.param(True, id="control", marks=CONTROL)])
async def test_the_machine_calls_for_the_other_campaign(
    scene: Scene, database: Database, monkeypatch: pytest.MonkeyPatch, blind: bool
) -> None:
    if blind:
        monkeypatch.setattr(claiming.SQL, "lock_due_calls", BLIND.lock_due_calls)
    _, other = await paused_and_running(scene, Way.AUTOMATED_CALL)
    found = await database.run(lambda tx: CALLS.claim(tx, Way.AUTOMATED_CALL, "machine", 2))
    assert [touch.campaign_id for touch in found] == [other, other]
    assert await scene.one("select count(*) from touches where reason <> ''") == 0


async def test_the_paused_are_not_counted_as_waiting(
    scene: Scene, database: Database, me: UUID
) -> None:
    await paused_and_running(scene)
    assert await database.run(lambda tx: before_agent.owners_due(tx, me)) == 3


async def test_who_may_not_be_called_hides_nobody_behind_them(
    scene: Scene, database: Database, me: UUID
) -> None:
    """Some hundred who want no calls come first in the same campaign."""
    await scene.campaign(await scene.add_owners(200), way=Way.AGENT_CALL)
    await scene.connection.execute("update owner_reach set silent = '{call}'")
    await scene.connection.execute("update touches set due_at = due_at - interval '1 hour'")
    late = await scene.campaign(await scene.add_owners(4), way=Way.AGENT_CALL)
    found = await next_owner(database, me)
    assert [touch.campaign_id for touch in found] == [late]
    # He has one of the four; the others still wait for somebody.
    states = await scene.states()
    assert (states["claimed"], states["ready"]) == (1, 3)


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
