"""Workers lose their connection, die and start again: the jobs go on within seconds."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from callcenter.db.database import Database
from callcenter.db.enqueue import Job, enqueue, schedule
from callcenter.db.jobs import Work
from callcenter.db.transaction import Tx
from tests.db.cast import CONTROL, with_control
from tests.db.conftest import KEY_NEVER_KNOWN, Deeds, Workers
from tests.service import eventually

ROOT = Path(__file__).parents[2]
CUT_ALL = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
"""
CUT_IDLE = CUT_ALL + " and state = 'idle'"


def towing(deeds: Deeds, *, takes_s: float = 0) -> Work:
    async def tow(tx: Tx, payload: dict[str, Any]) -> None:
        await deeds.do(tx, payload["what"])
        await asyncio.sleep(takes_s)

    return Work(timers={"test.tow": tow})


async def put(database: Database, what: str) -> None:
    await database.run(lambda tx: enqueue(tx, [Job("test.tow", {"what": what}, what)]))


async def all_done(deeds: Deeds, *expected: str, within_s: float = 20) -> None:
    async def done() -> bool:
        return sorted(await deeds.done()) == sorted(expected)

    await eventually(done, within_s=within_s)


@pytest.mark.parametrize("cut", [CUT_ALL, CUT_IDLE], ids=["all", "the_worker's_own"])
async def test_a_worker_that_is_cut_off_takes_jobs_again_within_seconds(
    database: Database, owner: Any, deeds: Deeds, workers: Workers, cut: str
) -> None:
    workers.start(towing(deeds))
    expected: list[str] = []
    for time in ("first", "second", "third"):
        await put(database, time)
        expected.append(time)
        await all_done(deeds, *expected)
        await owner.execute(cut)


async def test_cut_off_in_the_middle_of_its_jobs_it_does_each_once(
    database: Database, owner: Any, deeds: Deeds, workers: Workers
) -> None:
    workers.start(towing(deeds, takes_s=0.3))
    expected = [f"{n:02}" for n in range(20)]
    for what in expected:
        await put(database, what)
    for _ in range(3):
        await asyncio.sleep(0.25)
        await owner.execute(CUT_ALL)
    await all_done(deeds, *expected, within_s=60)


@asynccontextmanager
async def dead_in_the_job(
    database: Database, step: str, *, killed: bool = True
) -> AsyncIterator[None]:
    """Another process has taken the job and was killed at this step, or broke by another fault."""
    await put(database, "tow")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.db.dying_worker", database.dsn, step),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert await asyncio.wait_for(process.stdout.readline(), 60) == b"there\n"
        if not killed:
            process.stdin.write_eof()
            await asyncio.wait_for(process.wait(), 60)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    yield


async def test_a_job_is_not_lost_when_its_worker_breaks_by_something_else(
    database: Database, deeds: Deeds, workers: Workers
) -> None:
    """All that is under way there is cancelled, and the queue forgets what is cancelled."""
    async with dead_in_the_job(database, "before_commit", killed=False):
        assert await deeds.done() == []
        workers.start(towing(deeds))
        await all_done(deeds, "tow")


@pytest.mark.parametrize(
    ("heartbeat_timeout_s", "within_s"),
    [pytest.param(1, 20, id="guarded"), pytest.param(60, 4, id="control", marks=CONTROL)],
)
async def test_a_job_of_a_killed_worker_is_taken_over(
    database: Database,
    deeds: Deeds,
    workers: Workers,
    heartbeat_timeout_s: float,
    within_s: float,
) -> None:
    async with dead_in_the_job(database, "before_commit"):
        assert await deeds.done() == []
        workers.start(towing(deeds), heartbeat_timeout_s=heartbeat_timeout_s)
        await all_done(deeds, "tow", within_s=within_s)


@with_control(sabotage=KEY_NEVER_KNOWN)
async def test_a_job_whose_worker_was_killed_after_the_commit_acts_once(
    database: Database, owner: Any, deeds: Deeds, workers: Workers, sabotage: str | None
) -> None:
    if sabotage:
        await owner.execute(sabotage)
    async with dead_in_the_job(database, "after_commit"):
        assert await deeds.done() == ["tow"]
        workers.start(towing(deeds))

        async def empty() -> bool:
            return await deeds.queued() == 0

        await eventually(empty, within_s=20)
    assert await deeds.done() == ["tow"]


async def test_a_job_that_takes_longer_than_the_timeout_is_not_taken_over(
    database: Database, deeds: Deeds, workers: Workers
) -> None:
    runs = 0

    async def send(parts: Database, payload: dict[str, Any]) -> None:
        nonlocal runs
        runs += 1
        await asyncio.sleep(13)
        await parts.run(lambda tx: deeds.do(tx, "sent"))

    for _ in range(2):
        workers.start(Work(errands={"test.send": send}), heartbeat_timeout_s=6)
    await database.run(lambda tx: enqueue(tx, [Job("test.send", {}, "k1")]))
    await all_done(deeds, "sent")
    assert runs == 1


async def late_s(owner: Any) -> float:
    """How long after its hour the one deed was done; below zero is too early."""
    return float(await owner.fetchval("select extract(epoch from d.at - due.at) from deeds d, due"))


COMES_DUE = """
with due as (update due set at = now() returning at)
update pgqueuer set execute_after = due.at from due
"""


@pytest.mark.parametrize("due_while_down", [False, True], ids=["before_it_is_due", "after_it_was"])
async def test_a_timer_outlives_the_worker(
    database: Database, owner: Any, deeds: Deeds, workers: Workers, due_while_down: bool
) -> None:
    await owner.execute("create table due as select now() + interval '1 hour' as at")
    at = await owner.fetchval("select at from due")
    first = workers.start(towing(deeds))
    await database.run(lambda tx: schedule(tx, "test.tow", {"what": "late"}, at=at, key="k1"))
    await asyncio.sleep(0.3)
    await workers.stop(first)
    if due_while_down:
        await owner.execute(COMES_DUE)
    assert await deeds.done() == []
    workers.start(towing(deeds))
    if not due_while_down:
        await asyncio.sleep(0.5)
        assert await deeds.done() == []
        await owner.execute(COMES_DUE)
    await all_done(deeds, "late")
    assert 0 <= await late_s(owner) < 10


async def test_a_timer_long_past_acts_at_once_and_one_rolled_back_never(
    database: Database, deeds: Deeds, workers: Workers
) -> None:
    workers.start(towing(deeds))
    async with database.pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        tx = Tx(connection, {})
        await schedule(tx, "test.tow", {"what": "never"}, at=await tx.now(), key="k1")
        await transaction.rollback()
    async with database.transaction() as tx:
        past = await tx.now() - timedelta(days=1)
        await schedule(tx, "test.tow", {"what": "past"}, at=past, key="k2")
    await all_done(deeds, "past")


async def test_a_stopping_worker_finishes_what_is_under_way_and_takes_nothing_new(
    database: Database, deeds: Deeds, workers: Workers
) -> None:
    begun = asyncio.Event()

    async def tow(tx: Tx, payload: dict[str, Any]) -> None:
        begun.set()
        await asyncio.sleep(0.5)
        await deeds.do(tx, payload["what"])

    worker = workers.start(Work(timers={"test.tow": tow}))
    await put(database, "first")
    await begun.wait()
    stopping = asyncio.create_task(workers.stop(worker))
    await asyncio.sleep(0.1)
    await put(database, "second")
    await stopping
    assert (await deeds.done(), await deeds.queued()) == (["first"], 1)
