"""Many claim at once, from overlapping campaigns: nobody hears too much, nothing is had twice."""

import asyncio
import random
from collections import Counter

import pytest

from callcenter.db.database import Database
from callcenter.db.queries import load_queries
from callcenter.outbound.model import Touch, Way
from callcenter.outbound.touches import claim as claiming
from callcenter.outbound.touches import service as touches
from callcenter.outbound.touches.claim import claim
from tests.outbound.scene import Scene

BLIND = load_queries(__file__, "blind.sql")
LONG_AGO = """
update touches set claimed_at = claimed_at - interval '3 h',
    sending_at = sending_at - interval '3 h'
"""
CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
CLAIMERS, OWNERS, CAMPAIGNS = 8, 60, 5
CAP = 2
"""Satisfaction, in 30 days, by China's pack."""
OVER_CAP = """
select count(*) from (
    select owner_id from contact_ledger where state <> 'void'
    group by owner_id having count(*) > $1
) too_many
"""


def with_control(*blind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "blind",
        [pytest.param((), id="guarded"), pytest.param(blind, id="control", marks=CONTROL)],
    )


def put_out(monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]) -> None:
    for name in names:
        monkeypatch.setattr(claiming.SQL, name, getattr(BLIND, name))


@with_control("lock_due_touches", "lock_due_calls")
@pytest.mark.parametrize("seed", range(3))
async def test_no_owner_goes_over_a_cap(
    scene: Scene,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
    blind: tuple[str, ...],
) -> None:
    put_out(monkeypatch, blind)
    await scene.add_owners(OWNERS)
    for number in range(CAMPAIGNS):
        await scene.campaign(way=list(Way)[number % 4], priority=number)
    # Whether it may be called by the machine is another story's.
    await scene.connection.execute(
        "update owner_reach set granted = '{satisfaction:automated_call}'"
    )
    dice = random.Random(seed)
    claimed = await asyncio.gather(*(_claims(database, dice, n) for n in range(CLAIMERS)))
    taken = Counter(touch.id for some in claimed for touch in some)
    assert set(taken.values()) == {1}
    assert await scene.one(OVER_CAP, CAP) == 0
    assert sum(taken.values()) == OWNERS * CAP


async def _claims(database: Database, dice: random.Random, number: int) -> list[Touch]:
    """One of them: any way, some buckets, until nothing is left to judge for a while."""
    found: list[Touch] = []
    idle = 0
    while idle < 12:
        way = dice.choice(list(Way))
        most = dice.choice([1, 7, 200])
        judged, claimed = await database.run(
            lambda tx, way=way, most=most: claim(tx, way, f"claimer {number}", most)  # type: ignore[misc]
        )
        found += claimed
        idle = 0 if judged else idle + 1
    return found


@with_control("lock_owner_of_touch")
async def test_an_opt_out_and_a_begin_at_one_moment(
    scene: Scene, database: Database, monkeypatch: pytest.MonkeyPatch, blind: tuple[str, ...]
) -> None:
    """Whoever is first: once his word is written down, nothing begins any more."""
    put_out(monkeypatch, blind)
    await scene.campaign(await scene.add_owners(1))
    _, (touch,) = await database.run(lambda tx: claim(tx, Way.TEXT, "one"))
    async with database.transaction() as tx:
        await tx.connection.execute("update owner_reach set silent = '{text}'")
        beginning = asyncio.create_task(
            database.run(lambda tx: touches.begin(tx, touch.id, by="one"))
        )
        await asyncio.sleep(0.3)
    await beginning
    assert await scene.reasons() == {("skipped", "silent")}


@with_control("begin_touch")
async def test_who_wakes_late_begins_nothing(
    scene: Scene, database: Database, monkeypatch: pytest.MonkeyPatch, blind: tuple[str, ...]
) -> None:
    """His lease was over, and another has the touch."""
    put_out(monkeypatch, blind)
    await scene.campaign(await scene.add_owners(1))
    _, (touch,) = await database.run(lambda tx: claim(tx, Way.TEXT, "one"))
    await scene.connection.execute(LONG_AGO)
    await database.run(lambda tx: touches.lapse(tx, 600))
    await database.run(lambda tx: claim(tx, Way.TEXT, "two"))
    late = await database.run(lambda tx: touches.begin(tx, touch.id, by="one"))
    begun = await asyncio.gather(
        *(database.run(lambda tx: touches.begin(tx, touch.id, by="two")) for _ in range(3))
    )
    assert (late, sum(found is not None for found in begun)) == (None, 1)


@with_control("lapsed_touches")
async def test_what_had_begun_is_never_begun_again(
    scene: Scene, database: Database, monkeypatch: pytest.MonkeyPatch, blind: tuple[str, ...]
) -> None:
    put_out(monkeypatch, blind)
    await scene.campaign(await scene.add_owners(1))
    _, (touch,) = await database.run(lambda tx: claim(tx, Way.TEXT, "one"))
    await database.run(lambda tx: touches.begin(tx, touch.id, by="one"))
    await scene.connection.execute(LONG_AGO)
    await database.run(lambda tx: touches.lapse(tx, 600))
    _, again = await database.run(lambda tx: claim(tx, Way.TEXT, "two"))
    assert again == []


async def test_a_pause_holds_back_what_is_claimed(scene: Scene, database: Database) -> None:
    campaign_id = await scene.campaign(await scene.add_owners(1))
    _, (touch,) = await database.run(lambda tx: claim(tx, Way.TEXT, "one"))
    await scene.connection.execute("update campaigns set state = 'paused'")
    await database.run(lambda tx: touches.begin(tx, touch.id, by="one"))
    assert await scene.reasons() == {("ready", "paused")}
    await scene.connection.execute("update campaigns set state = 'running'")
    await database.run(lambda tx: touches.wake(tx, campaign_id))
    _, again = await database.run(lambda tx: claim(tx, Way.TEXT, "two"))
    assert [one.id for one in again] == [touch.id]
