"""Calls that nobody can make are over when their time is: their plan goes on, or ends with its
campaign."""

from datetime import timedelta

import pytest

from callcenter.calls.model import EndReason
from callcenter.outbound.campaigns.plan import Plan, PlanStep
from callcenter.outbound.dialling import service
from callcenter.outbound.dialling.errors import NobodyToCall
from callcenter.outbound.dialling.model import OwnerCall
from callcenter.outbound.model import Way
from callcenter.outbound.touches.claim import SQL as TOUCHES
from tests.outbound.conftest import TUESDAY
from tests.outbound.dialling.promising import THEN_A_ROBOT, Promising
from tests.outbound.dialling.test_by_campaign import calling
from tests.outbound.dialling.test_promises import moves, promising
from tests.outbound.scene import Scene
from tests.outbound.test_claim_races import BLIND, with_control

__all__ = ["calling", "promising"]

MONTH = timedelta(days=30, seconds=1)
"""So long a touch of the scene lives."""
FIRST_THE_VOICE = THEN_A_ROBOT.model_copy(
    update={"steps": (PlanStep(way=Way.AUTOMATED_CALL), PlanStep(way=Way.AGENT_CALL))}
)


async def has_plan(scene: Scene, plan: Plan) -> None:
    await scene.connection.execute("update campaign_runs set plan = $1", plan.model_dump_json())


async def states(scene: Scene) -> list[tuple[int, int, str, str]]:
    rows = await scene.connection.fetch(
        "select step, attempt, state, reason from touches order by step, attempt"
    )
    return [(row["step"], row["attempt"], row["state"], row["reason"]) for row in rows]


@with_control("lock_expired_calls")
async def test_where_no_voice_speaks_an_agent_calls_when_its_time_is_over(
    promising: Promising, scene: Scene, monkeypatch: pytest.MonkeyPatch, blind: tuple[str, ...]
):
    """The house has no switch, or the switch no voice: the owner waits for nothing, and then a
    person rings him."""
    for name in blind:
        monkeypatch.setattr(TOUCHES, name, getattr(BLIND, name))
    await has_plan(scene, FIRST_THE_VOICE)
    await scene.connection.execute("update touches set channel = 'automated_call'")
    await promising.clock(TUESDAY + MONTH)
    await promising.the_worker_looks()
    assert await states(scene) == [(0, 1, "expired", "expired"), (1, 1, "ready", "")]
    assert isinstance(await promising.takes(), OwnerCall)


@pytest.mark.parametrize(
    "goes_on",
    [
        pytest.param(False, id="guarded"),
        pytest.param(
            True, id="control", marks=pytest.mark.xfail(strict=True, raises=AssertionError)
        ),
    ],
)
@pytest.mark.parametrize("verb", ["stop", "end"])
async def test_a_call_that_ends_behind_its_campaign_is_followed_by_none(
    promising: Promising, scene: Scene, verb: str, goes_on: bool
):
    """It was busy in the minute after the stop: no second try waits that nobody will ever make."""
    taken = await promising.takes()
    dialled = await promising.calling.dials(taken)
    assert dialled.call_id is not None
    if not goes_on:
        await moves(promising, verb)
    await promising.calling.floor.ends(dialled.call_id, EndReason.BUSY)
    given = ("test", dialled.call_id, promising.calling.touches)
    await promising.calling.floor.do(service.call_ended, *given)
    assert await states(scene) == [(0, 1, "sent", "")]


@with_control("lock_expired_calls")
@pytest.mark.parametrize("verb", ["stop", "end"])
async def test_what_was_planned_in_the_moment_of_the_stop_is_gone_with_its_time(
    promising: Promising,
    scene: Scene,
    monkeypatch: pytest.MonkeyPatch,
    verb: str,
    blind: tuple[str, ...],
):
    """Whoever withdraws what waits has not seen it: nothing else follows it either."""
    for name in blind:
        monkeypatch.setattr(TOUCHES, name, getattr(BLIND, name))
    await scene.connection.execute("update touches set channel = 'automated_call', step = 1")
    await moves(promising, verb)
    await scene.connection.execute("update touches set state = 'ready', reason = ''")
    await promising.clock(TUESDAY + MONTH)
    await promising.the_worker_looks()
    assert await states(scene) == [(1, 1, "withdrawn", "campaign_over")]
    assert isinstance(await promising.takes(), NobodyToCall)
