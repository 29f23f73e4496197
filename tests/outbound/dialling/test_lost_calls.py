"""A call of which nobody knows how it went is taken as said: it is not made again, and its plan
goes on when its time comes."""

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import pytest

from callcenter.calls.model import EndReason
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns import follow
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.campaigns.plan import Plan
from callcenter.outbound.dialling import repository, service
from callcenter.outbound.dialling.model import Begun, OwnerCall
from callcenter.outbound.dialling.touches import Said
from callcenter.outbound.model import Outcome, Touch, TouchState, Way
from callcenter.outbound.touches.sending import take_back_lapsed
from callcenter.telephony.owners.left_behind import take_stock
from callcenter.telephony.owners.means import Means
from tests.calls.floor import RULES
from tests.outbound.conftest import TUESDAY
from tests.outbound.dialling.promising import Promising
from tests.outbound.dialling.test_by_campaign import calling
from tests.outbound.dialling.test_promises import THREE, promising
from tests.outbound.scene import Scene

__all__ = ["calling", "promising"]

CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
BLIND = pytest.mark.parametrize(
    "blind", [pytest.param(False, id="guarded"), pytest.param(True, id="control", marks=CONTROL)]
)
DEAD = timedelta(hours=2, seconds=1)
"""Who began a call so long ago and has said nothing of it has died."""


async def touches(scene: Scene) -> list[tuple[int, int, str, str | None]]:
    """Step, attempt, state and outcome."""
    rows = await scene.connection.fetch(
        "select step, attempt, state, outcome from touches order by step, attempt"
    )
    return [(row["step"], row["attempt"], row["state"], row["outcome"]) for row in rows]


def decided_by_its_outcome(plan: Plan, touch: Touch, state: TouchState, now: Any) -> Any:
    """As of a call that has one."""
    if state is TouchState.UNKNOWN and touch.channel is Way.AGENT_CALL:
        return None
    return follow.after_end(plan, touch, state, now)


@BLIND
async def test_a_line_that_was_lost_before_he_rang_is_followed_by_the_next_way_in_its_time(
    promising: Promising, scene: Scene, monkeypatch: pytest.MonkeyPatch, blind: bool
):
    """The owner hears of it on the voice three days later, as if the agent had spoken to him."""
    if blind:
        name = "callcenter.outbound.campaigns.following.after_end"
        monkeypatch.setattr(name, decided_by_its_outcome)
    await promising.is_not_reached(await promising.takes(), EndReason.LINE_LOST)
    assert await touches(scene) == [(0, 1, "unknown", None), (1, 1, "ready", None)]
    due = await scene.one("select due_at from touches where step = 1")
    assert due == TUESDAY + timedelta(hours=72)


async def lapsed(promising: Promising, database: Database, one: OwnerCall) -> OwnerCall:
    """It is dialled, and whoever had it dies."""
    dialled = await promising.calling.dials(one)
    await promising.clock(await promising.scene.one("select now()") + DEAD)
    await take_back_lapsed(database, after_touch)
    return dialled


async def test_the_plan_goes_on_where_a_call_died_with_its_process(
    promising: Promising, scene: Scene, database: Database
):
    await lapsed(promising, database, await promising.takes())
    assert await touches(scene) == [(0, 1, "unknown", None), (1, 1, "ready", None)]


async def test_a_promised_call_that_died_so_is_shown_at_once(
    promising: Promising, database: Database
):
    await promising.promises(THREE)
    await promising.clock(THREE)
    await lapsed(promising, database, await promising.takes())
    assert await promising.not_kept() == [("broken", "claimer_died")]


LATE = [
    pytest.param(
        EndReason.BUSY,
        [(0, 1, "sent", "busy"), (0, 2, "ready", None), (1, 1, "ready", None)],
        id="busy",
    ),
    pytest.param(
        EndReason.CALLER_HUNG_UP,
        [(0, 1, "sent", "answered"), (1, 1, "withdrawn", None)],
        id="answered",
    ),
]


@pytest.mark.parametrize(("reason", "after"), LATE)
async def test_what_its_record_says_later_counts_after_all(
    promising: Promising,
    scene: Scene,
    database: Database,
    reason: EndReason,
    after: list[tuple[int, int, str, str | None]],
):
    """Who was spoken to is not called by the voice; where it was busy that waits for a try more."""
    one = await lapsed(promising, database, await promising.takes())
    assert one.call_id is not None
    if reason is EndReason.CALLER_HUNG_UP:
        await scene.connection.execute("update calls set answered_at = now()")
    await promising.calling.floor.ends(one.call_id, reason)
    given = ("test", one.call_id, promising.calling.touches)
    await promising.calling.floor.do(service.call_ended, *given)
    assert await touches(scene) == after
    if reason is EndReason.BUSY:
        again, then = await scene.connection.fetch(
            "select due_at from touches where state = 'ready' order by step"
        )
        assert then["due_at"] == again["due_at"] + timedelta(hours=72)


async def by_keys(promising: Promising, means: Means) -> OwnerCall:
    """An automated call that he has just taken, and hears nothing yet."""
    await promising.scene.connection.execute("update touches set channel = 'automated_call'")
    await promising.scene.connection.execute(
        "update owner_reach set granted = '{satisfaction:automated_call}'"
    )

    async def taken(tx: Tx) -> OwnerCall:
        (touch,) = await means.touches.claim(tx, Way.AUTOMATED_CALL, "hotline", 1)
        said = await means.touches.said(tx, touch)
        one = await repository.take(tx, touch, cast(Said, said), Begun.KEYS, None)
        assert one is not None
        return one

    one = await means.begin(await means.database.run(taken))
    assert one is not None
    await means.rings(one, "leg")
    await means.leg_answered(one, "leg")
    await means.answered_by_nobody(one)
    return one


async def test_an_automated_call_that_dies_behind_its_pickup_is_over(
    promising: Promising, scene: Scene, database: Database
):
    """The process dies; the next one takes stock and asks the switch, which knows no such leg."""
    house: Any = {}
    means = Means(
        *(database, cast(Any, None), RULES, "4001002000", house),
        *(promising.calling.touches, cast(Any, None)),
    )
    one = await by_keys(promising, means)
    await take_stock(means, alive=())
    call_id = cast(UUID, one.call_id)
    given = ("test", call_id, promising.calling.touches)
    await promising.calling.floor.do(service.call_ended, *given)
    ended = await promising.calling.floor.do(repository.get, one.id)
    assert (ended.state.value, ended.outcome) == ("ended", Outcome.ANSWERED)
    assert await touches(scene) == [(0, 1, "sent", "answered")]
