"""The worker killed with -9 at every step of every job: nothing lost, nothing twice.

Each story is played four times: once with a healthy worker, and once for each point at which the
process is killed. What is in the database at the end must be the same. (A message that was with
the carrier at that moment may have been sent or not: it is told to be unknown, and not repeated.)
"""

import asyncio
import shutil
import signal
from collections import Counter
from pathlib import Path

import asyncpg
import pytest

from callcenter.composition import all_subscriptions, all_work
from callcenter.db.database import Database
from callcenter.db.jobs import Worker
from callcenter.web import installation
from callcenter.web.links import SignedLinks
from tests.conftest import Server
from tests.faults import doomed_worker
from tests.faults.crash_stories import BESIDE, JOBS, STORIES
from tests.faults.doomed_worker import POINTS, SETTINGS, WITHOUT_ROUTER, with_tables
from tests.faults.story import Story
from tests.forked import PROCESSES
from tests.races.invariants import violations
from tests.races.sabotage import NOTHING, guarded_or_not
from tests.races.scene import Scene
from tests.service import eventually

KILLED_WITHIN_S = 60.0
SETTLED_WITHIN_S = 40.0

PICTURE = """
select 'event ' || kind || coalesce(' ' || (facts ->> 'stage'), ''), count(*) from events group by 1
union all select 'message ' || purpose || ' ' || replace(state, 'unknown', 'sent'), count(*)
    from messages group by 1
union all select 'alarm ' || kind || case when cleared_at is null then ' open' else ' cleared' end,
    count(*) from alarms group by 1
union all select 'offer ' || state, count(*) from offers group by 1
union all select 'dispatch ' || stage, count(*) from dispatches group by 1
union all select 'ticket ' || stage, count(*) from tickets group by 1
union all select 'waiting ' || entrypoint, count(*) from pgqueuer group by 1
union all select 'push ' || last_outcome, count(*) from push_devices
    where last_outcome is not null group by 1
union all select 'place ' || kind || ' ' || state, count(*) from queue_entries group by 1
union all select 'seat ' || availability || ' ' || contact
    || case when lost then ' lost' else '' end, count(*) from seats group by 1
union all select 'recording ' || state || case when file is null then '' else ' in a file' end,
    count(*) from call_recordings group by 1
union all select 'survey place ' || state, count(*) from survey_quota_places group by state
union all select 'touch ' || channel || ' ' || state, count(*) from touches group by 1
union all select 'touch outcome ' || outcome, count(*) from touches
    where outcome is not null group by 1
union all select 'owner call ' || state, count(*) from owner_calls group by 1
union all select 'due ' || next_service, count(*) from due_dates group by 1
union all select 'all may be spoken to', 1 where exists (select from consents)
    and not exists (select from owner_reach where silent <> '{}')
union all select 'done', count(*) from jobs_done
union all select 'parked', count(*) from jobs_parked
union all select 'no old idempotency_keys', 1
    where not exists (select from idempotency_keys where created_at < now() - interval '1 day')
union all select 'no old jobs_done', 1
    where not exists (select from jobs_done where done_at < now() - interval '7 days')
union all select 'no old early_receipts', 1
    where not exists (select from early_receipts where received_at < now() - interval '7 days')
union all select 'no old recording_plays', 1
    where not exists (select from recording_plays where opened_at < now() - interval '2 days')
union all select 'no old owner_import_rows', 1
    where not exists (select from owner_import_rows r join owner_imports i on i.id = r.import_id
                      where i.made_at < now() - interval '30 days')
union all select 'owner in audiences', count(*) from audience_cars
union all select 'no old sign_in_failures', 1
    where not exists (select from sign_in_failures where at < now() - interval '1 day')
"""
WORK_LEFT = "select 1 from pgqueuer where execute_after <= now() or status = 'picked' limit 1"
FORGETS_WHAT_IS_DONE = """
alter table jobs_done drop constraint jobs_done_pkey;
create function forget() returns trigger language plpgsql as
    $$ begin delete from jobs_done where key = new.key; return new; end $$;
create trigger forget before insert on jobs_done for each row execute function forget();
create unique index again on jobs_done (key);
"""


async def test_every_job_and_every_loop_has_its_crash_story(database: Database):
    assert sorted(JOBS) == all_work(SETTINGS, SignedLinks(b"k" * 32)).names()
    assert BESIDE.keys() == (await doomed_worker.turns(database)).keys()


def test_a_job_without_a_story_is_noticed():
    names = all_work(SETTINGS, SignedLinks(b"k" * 32)).names()
    assert sorted(JOBS) != sorted([*names, "routing.brand_new"])


async def set_up(
    server: Server, tables: Path, name: str, sabotage: str
) -> tuple[str, Database, Scene]:
    copy = await server.copy()
    owner = await asyncpg.connect(server.owner_dsn(copy))
    await owner.execute(sabotage)
    await owner.close()
    database = await Database.open(
        server.app_dsn(copy), subscriptions=all_subscriptions(), min_size=1, max_size=6
    )
    installed = await database.run(installation.ensure)
    work = all_work(with_tables(WITHOUT_ROUTER, tables), SignedLinks(installed.link_key))
    scene = Scene(database, WITHOUT_ROUTER.routing, work)
    for number in range(3):
        await scene.station(f"S{number}", number * 9.0)
    await STORIES[name].begins(Story(scene, name))
    return copy, database, scene


async def killed_at(dsn: str, tables: Path, name: str, point: str) -> None:
    process = PROCESSES.Process(target=doomed_worker.run, args=(dsn, tables, name, point))
    process.start()
    try:
        await asyncio.to_thread(process.join, KILLED_WITHIN_S)
        assert process.exitcode == -signal.SIGKILL, f"{name} was not reached: {process.exitcode}"
    finally:
        process.kill()


async def picture(database: Database) -> Counter[str]:
    """All that is there, counted."""
    async with database.reading() as tx:
        return Counter(dict(await tx.connection.fetch(PICTURE)))


async def settle(database: Database, scene: Scene, name: str) -> Counter[str]:
    """A healthy worker does what is due; then the picture of all that is there."""
    if name in BESIDE:
        await (await doomed_worker.turns(database))[name]()
    worker = Worker(database, scene.work, heartbeat_timeout_s=1, poll_s=0.1)
    working = asyncio.create_task(worker.run())

    async def nothing_is_left() -> bool:
        work = database.run(lambda tx: tx.connection.fetchval(WORK_LEFT), readonly=True)
        return await work is None

    await eventually(nothing_is_left, within_s=SETTLED_WITHIN_S)
    worker.stop()
    await working
    async with database.reading() as tx:
        assert await violations(tx.connection) == []
    return await picture(database)


async def played(
    server: Server, tables: Path, name: str, point: str | None, sabotage: str = NOTHING
) -> Counter[str]:
    """The picture at the end of the story; the step has left in it what it is for."""
    copy, database, scene = await set_up(server, tables, name, sabotage)
    try:
        before = await picture(database)
        if point:
            await killed_at(server.app_dsn(copy), tables, name, point)
        after = await settle(database, scene, name)
    finally:
        await database.close()
        await server.drop(copy)
        shutil.rmtree(doomed_worker.data_dir_of(database), ignore_errors=True)
    assert after[STORIES[name].leaves] > before[STORIES[name].leaves], f"{name} did nothing"
    return after


@pytest.mark.timeout(240)
@pytest.mark.parametrize("name", STORIES)
async def test_killed_at_any_step_it_ends_as_if_nothing_had_happened(
    server: Server, tables: Path, name: str
):
    healthy, *pictures = await asyncio.gather(
        played(server, tables, name, None),
        *(played(server, tables, name, point) for point in POINTS),
    )
    for point, seen in zip(POINTS, pictures, strict=True):
        assert (point, seen) == (point, healthy)


@pytest.mark.timeout(240)
@guarded_or_not(FORGETS_WHAT_IS_DONE)
async def test_what_is_done_is_known_behind_the_crash(server: Server, tables: Path, sabotage: str):
    name = "routing.check_departure"
    healthy, seen = await asyncio.gather(
        played(server, tables, name, None, sabotage),
        played(server, tables, name, "after", sabotage),
    )
    assert seen == healthy
