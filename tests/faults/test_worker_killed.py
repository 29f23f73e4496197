"""The worker killed with -9 at every step of every job: nothing lost, nothing twice.

Each story is played four times: once with a healthy worker, and once for each point at which the
process is killed. What is in the database at the end must be the same. (A message that was with
the carrier at that moment may have been sent or not: it is told to be unknown, and not repeated.)
"""

import asyncio
import multiprocessing
import signal

import asyncpg
import pytest

from callcenter.composition import all_subscriptions, all_work
from callcenter.db.database import Database
from callcenter.db.jobs import Worker
from callcenter.web import installation
from callcenter.web.links import SignedLinks
from tests.conftest import Server
from tests.faults import doomed_worker
from tests.faults.crash_stories import STORIES, Story
from tests.faults.doomed_worker import POINTS, SETTINGS
from tests.races.invariants import violations
from tests.races.scene import Scene
from tests.service import eventually

KILLED_WITHIN_S = 20.0
SETTLED_WITHIN_S = 12.0
# Imports the program once; each doomed process is then a fork of that.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.faults.doomed_worker"])

PICTURE = """
select 'event ' || kind || coalesce(' ' || (facts ->> 'stage'), ''), count(*) from events group by 1
union all select 'message ' || purpose || ' ' || replace(state, 'unknown', 'sent'), count(*)
    from messages group by 1
union all select 'alarm ' || kind || ' ' || (cleared_at is null), count(*) from alarms group by 1
union all select 'offer ' || state, count(*) from offers group by 1
union all select 'dispatch ' || stage, count(*) from dispatches group by 1
union all select 'ticket ' || stage, count(*) from tickets group by 1
union all select 'waiting ' || entrypoint, count(*) from pgqueuer group by 1
union all select 'done', count(*) from jobs_done
union all select 'parked', count(*) from jobs_parked
"""
WORK_LEFT = "select 1 from pgqueuer where execute_after <= now() or status = 'picked' limit 1"
FORGETS_WHAT_IS_DONE = """
alter table jobs_done drop constraint jobs_done_pkey;
create function forget() returns trigger language plpgsql as
    $$ begin delete from jobs_done where key = new.key; return new; end $$;
create trigger forget before insert on jobs_done for each row execute function forget();
create unique index again on jobs_done (key);
"""


def test_every_job_has_its_crash_story():
    names = all_work(SETTINGS, SignedLinks(b"k" * 32)).names()
    assert sorted(STORIES) == names


def test_a_job_without_a_story_is_noticed():
    names = all_work(SETTINGS, SignedLinks(b"k" * 32)).names()
    assert sorted(STORIES) != sorted([*names, "routing.brand_new"])


async def set_up(server: Server, name: str, control: bool) -> tuple[str, Database, Scene]:
    copy = await server.copy()
    if control:
        owner = await asyncpg.connect(server.owner_dsn(copy))
        await owner.execute(FORGETS_WHAT_IS_DONE)
        await owner.close()
    database = await Database.open(
        server.app_dsn(copy), subscriptions=all_subscriptions(), min_size=1, max_size=6
    )
    installed = await database.run(installation.ensure)
    work = all_work(SETTINGS, SignedLinks(installed.link_key))
    scene = Scene(database, SETTINGS.routing, work)
    for number in range(3):
        await scene.station(f"S{number}", number * 9.0)
    await STORIES[name](Story(scene, name))
    return copy, database, scene


async def killed_at(server: Server, copy: str, name: str, point: str) -> None:
    process = PROCESSES.Process(target=doomed_worker.run, args=(server.app_dsn(copy), name, point))
    process.start()
    await asyncio.to_thread(process.join, KILLED_WITHIN_S)
    assert process.exitcode == -signal.SIGKILL, f"{name} was not reached: {process.exitcode}"


async def settle(database: Database, scene: Scene) -> dict[str, int]:
    """A healthy worker does what is due; then the picture of all that is there."""
    worker = Worker(database, scene.work, heartbeat_timeout_s=1, poll_s=0.1)
    working = asyncio.create_task(worker.run())

    async def nothing_is_left() -> bool:
        async with database.reading() as tx:
            return await tx.connection.fetchval(WORK_LEFT) is None

    await eventually(nothing_is_left, within_s=SETTLED_WITHIN_S)
    worker.stop()
    await working
    async with database.reading() as tx:
        assert await violations(tx.connection) == []
        return {row[0]: row[1] for row in await tx.connection.fetch(PICTURE)}


async def played(
    server: Server, name: str, point: str | None, *, control: bool = False
) -> dict[str, int]:
    copy, database, scene = await set_up(server, name, control)
    try:
        if point:
            await killed_at(server, copy, name, point)
        return await settle(database, scene)
    finally:
        await database.close()
        await server.drop(copy)


@pytest.mark.parametrize("name", STORIES)
async def test_killed_at_any_step_it_ends_as_if_nothing_had_happened(server: Server, name: str):
    healthy, *pictures = await asyncio.gather(
        played(server, name, None), *(played(server, name, point) for point in POINTS)
    )
    for point, picture in zip(POINTS, pictures, strict=True):
        assert picture == healthy, point


@pytest.mark.xfail(strict=True, reason="what is done is forgotten: it is done twice")
@pytest.mark.parametrize("name", ["routing.check_departure"])
async def test_without_the_list_of_what_is_done(server: Server, name: str):
    healthy, picture = await asyncio.gather(
        played(server, name, None, control=True), played(server, name, "after", control=True)
    )
    assert picture == healthy
