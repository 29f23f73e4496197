"""A large campaign begins in pieces: killed, stopped or paused between two of them nobody is spoken
to twice and nobody is forgotten."""

import asyncio

import pytest

from callcenter.db.database import Database
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns import first_touches, repository, runs, service
from callcenter.outbound.model import Arm, Way
from callcenter.outbound.results.service import results
from callcenter.outbound.touches.claim import claim
from tests.outbound.campaigns.large import (
    OWNERS,
    SLICE,
    Slow,
    all_runs,
    killed,
    large,
    spoken_to,
    stand,
    told,
    write,
)
from tests.outbound.campaigns.life import BOSS, AllCars
from tests.outbound.campaigns.test_begin_due import facts, read

BLIND = load_queries(__file__, "blind.sql")
CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
BLINDLY = pytest.mark.parametrize("blind", [False, pytest.param(True, id="control", marks=CONTROL)])
NOBODY_KNOWS = "update campaign_runs set planned_past = null"


@BLINDLY
@pytest.mark.parametrize("slices", range(3))
async def test_killed_behind_any_piece_each_is_spoken_to_once(
    database: Database, monkeypatch: pytest.MonkeyPatch, slices: int, blind: bool
) -> None:
    """Also before the first. The control has forgotten where it stood."""
    await large(database, monkeypatch)
    await killed(database, slices)
    assert len(await spoken_to(database)) == slices * SLICE
    assert [run.beginning for run in await all_runs(database)] == [True]
    assert await told(database) == []
    if blind:
        await write(database, NOBODY_KNOWS)
    assert await runs.begin_due(database, AllCars()) == 0
    heard = await spoken_to(database)
    assert (len(heard), len(set(heard))) == (OWNERS, OWNERS)
    assert [(run.beginning, run.in_audience) for run in await all_runs(database)] == [
        (False, OWNERS)
    ]
    assert await told(database) == [OWNERS]


async def test_half_begun_it_is_in_no_results_and_is_shown_as_what_it_is(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await large(database, monkeypatch)
    await killed(database, slices=1)

    async def treated(tx: Tx) -> int:
        return (await results(tx, made)).members[Arm.TREATED]

    assert await database.run(treated) == 0
    await runs.begin_due(database, AllCars())
    assert await database.run(treated) == OWNERS


@BLINDLY
async def test_stopped_behind_a_piece_nobody_else_is_spoken_to(
    database: Database, monkeypatch: pytest.MonkeyPatch, blind: bool
) -> None:
    made = await large(database, monkeypatch)
    await killed(database, slices=1)
    await database.run(lambda tx: service.stop(tx, BOSS, made, "话写错了"))
    if blind:
        monkeypatch.setattr(first_touches, "ENDED", frozenset())
    assert await runs.begin_due(database, AllCars()) == 0
    assert await stand(database) == {("withdrawn", "campaign_stopped")}
    assert len(await spoken_to(database)) == SLICE
    assert [run.beginning for run in await all_runs(database)] == [False]
    assert await told(database) == [SLICE]


@BLINDLY
async def test_stopped_while_a_piece_is_written_that_is_withdrawn_too(
    database: Database, monkeypatch: pytest.MonkeyPatch, blind: bool
) -> None:
    """The control only looks at the campaign: the stop does not see what is not committed."""
    made = await large(database, monkeypatch)
    await killed(database, slices=0)
    if blind:
        monkeypatch.setattr(first_touches, "share", repository.get)
    (run,) = await all_runs(database)
    async with database.transaction() as tx:
        assert await first_touches.make_some(tx, run.id)
        stops = database.run(lambda tx: service.stop(tx, BOSS, made, "话写错了"))
        stopping = asyncio.create_task(stops)
        await asyncio.wait({stopping}, timeout=0.5)
    await stopping
    assert await runs.begin_due(database, AllCars()) == 0
    assert await stand(database) == {("withdrawn", "campaign_stopped")}


async def test_paused_behind_a_piece_all_wait_and_all_go_on(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those whose touch was made in the pause like those before it."""
    made = await large(database, monkeypatch)
    await killed(database, slices=1)
    await database.run(lambda tx: service.pause(tx, BOSS, made, "话写错了"))
    await runs.begin_due(database, AllCars())
    assert len(await spoken_to(database)) == OWNERS
    judged, claimed = await database.run(lambda tx: claim(tx, Way.TEXT, "me"))
    assert (judged, claimed) == (OWNERS, [])
    assert await stand(database) == {("ready", "paused")}
    await database.run(lambda tx: service.resume(tx, BOSS, made))
    assert await stand(database) == {("ready", "")}
    assert await told(database) == [OWNERS]


@BLINDLY
async def test_two_workers_do_not_make_the_same_piece(
    database: Database, monkeypatch: pytest.MonkeyPatch, blind: bool
) -> None:
    """The second neither waits nor says once more that the run has begun."""
    await large(database, monkeypatch)
    await killed(database, slices=0)
    if blind:
        monkeypatch.setattr(first_touches.SQL, "lock_half_begun", BLIND.lock_half_begun)
    monkeypatch.setattr(first_touches, "AT_ONCE", OWNERS + 1)
    (run,) = await all_runs(database)

    async def a_piece(tx: Tx) -> bool:
        return await first_touches.make_some(tx, run.id)

    async with database.transaction() as tx:
        await a_piece(tx)
        second = asyncio.create_task(database.run(a_piece))
        await asyncio.wait({second}, timeout=0.5)
    await second
    assert len(await spoken_to(database)) == OWNERS
    assert await told(database) == [OWNERS]


@pytest.mark.parametrize("verb", ["pause", "stop"])
async def test_moved_while_it_is_frozen_it_does_not_begin(
    database: Database, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    """Whoever moves it does not wait for the snapshot; once it goes on it begins."""
    made, slow = await large(database, monkeypatch), Slow()
    beginning = asyncio.create_task(runs.begin_due(database, slow))
    await slow.under_way.wait()
    move = getattr(service, verb)
    async with asyncio.timeout(2):
        await database.run(lambda tx: move(tx, BOSS, made, "话写错了"))
    slow.goes_on.set()
    assert await beginning == 0
    assert (await all_runs(database), await facts(database, "campaign.run_put_off")) == ([], [])
    members = await count(database, "run_members")
    assert members == 0
    if verb == "pause":
        await database.run(lambda tx: service.resume(tx, BOSS, made))
        assert await runs.begin_due(database, AllCars()) == 1
    assert len(await spoken_to(database)) == (OWNERS if verb == "pause" else 0)


async def count(database: Database, table: str) -> int:
    async with database.reading() as tx:
        found: int = await tx.connection.fetchval(f"select count(*) from {table}")
    return found


async def test_one_that_another_has_begun_is_not_put_off(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two workers try it: the one fails at it behind the other's beginning."""
    made = await large(database, monkeypatch)
    assert await runs.begin_due(database, AllCars()) == 1
    begun = await read(database, made.id)

    async def fails(tx: Tx) -> bool:
        raise RuntimeError("torn")

    assert not await runs._alone(database, made.id, fails)
    after = await read(database, made.id)
    assert (after.next_run_at, after.state_reason) == (begun.next_run_at, "")
    assert await facts(database, "campaign.run_put_off") == []
