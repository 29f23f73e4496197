"""The guards behind "always a next step" outlive whatever they meet."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from callcenter import worker
from callcenter.db import jobs, parked
from callcenter.db.database import Database
from callcenter.db.enqueue import Job, enqueue
from callcenter.db.events import SQL
from callcenter.db.jobs import Work
from callcenter.settings import JobSettings, Settings
from callcenter.staff import alarms
from callcenter.staff.parked_jobs import tell_of_parked_jobs
from tests.db.conftest import Deeds, Workers
from tests.service import Client, Service, confirm_place, eventually, offer_for, open_rescue

# What no retry mends: a bug in a function of the database, and a disk that is full.
FAILURES = ["P0001", "53100"]
OFFERS_OF_ONE_FAIL = """
create function fail() returns trigger language plpgsql as $$
begin
    if old.ticket_id = '{ticket_id}' then
        raise exception 'sabotage' using errcode = '{errcode}';
    end if;
    return new;
end $$;
create trigger fail before update on offers for each row execute function fail();
"""
CLOCKS_LOST = """
delete from pgqueuer;
update offers set made_at = made_at - interval '1 h', expires_at = now() - interval '10 s';
update ladders set began_at = began_at - interval '1 h';
"""


@contextlib.asynccontextmanager
async def beside(loop: Any) -> AsyncIterator[None]:
    """One of the worker's loops, while the block runs."""
    running = asyncio.create_task(loop)
    try:
        yield
        assert not running.done()
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def watch(database: Database) -> contextlib.AbstractAsyncContextManager[None]:
    return beside(worker.watch(database, Settings(jobs=JobSettings(watchdog_s=0.2))))


async def open_alarms(database: Database) -> list[tuple[str, UUID | None]]:
    async with database.transaction() as tx:
        found = await alarms.listed(tx, limit=100, only_open=True)
    return sorted(((a.kind, a.ticket_id) for a in found), key=str)


async def asked_of_two(service: Service) -> tuple[str, str, Client]:
    """Two rescues whose station was asked; then all clocks are lost and the offers' time is up."""
    agent = await service.agent()
    station = await service.station("near", trucks=[["flatbed"], ["flatbed"]])
    opened = []
    for phone in ("13800138001", "13800138002"):
        ticket = await open_rescue(agent, caller_phone=phone)
        await confirm_place(agent, ticket["id"])
        await offer_for(station, ticket["id"])
        opened.append(ticket["id"])
    return opened[0], opened[1], station


async def is_still_offered(database: Database, ticket_id: str) -> bool:
    async with database.reading() as tx:
        ask = "select exists (select from offers where ticket_id = $1 and state = 'offered')"
        return bool(await tx.connection.fetchval(ask, UUID(ticket_id)))


@pytest.mark.parametrize("errcode", FAILURES)
async def test_one_rescue_that_cannot_be_mended_does_not_keep_help_from_the_others(
    service: Service, owner: asyncpg.Connection, errcode: str
) -> None:
    bad, good, _ = await asked_of_two(service)
    await owner.execute(CLOCKS_LOST)
    await owner.execute(OFFERS_OF_ONE_FAIL.format(ticket_id=bad, errcode=errcode))
    database = service.database
    async with database.transaction() as tx:
        await SQL.park_job(
            tx.connection, id=uuid4(), name="test.tow", key="k1", payload="{}", error="no"
        )
    expected = {
        ("jobs_parked", None),
        ("rescue_nobody_left", UUID(good)),
        ("rescue_not_accepted", UUID(bad)),
    }

    async def all_told() -> bool:
        return expected <= set(await open_alarms(database))

    async def mended() -> bool:
        return not await is_still_offered(database, bad)

    async with watch(database):
        await eventually(all_told)
        assert not await is_still_offered(database, good)
        assert await is_still_offered(database, bad)
        await owner.execute("drop function fail cascade")
        await eventually(mended)


async def test_a_look_that_fails_altogether_is_taken_again(
    service: Service, owner: asyncpg.Connection
) -> None:
    bad, good, _ = await asked_of_two(service)
    await owner.execute("alter table ladders rename to mislaid")
    async with watch(service.database):
        await asyncio.sleep(1)
        await owner.execute("alter table mislaid rename to ladders")
        await owner.execute(CLOCKS_LOST)

        async def mended() -> bool:
            database = service.database
            return not any([await is_still_offered(database, one) for one in (bad, good)])

        await eventually(mended)


@pytest.mark.parametrize("errcode", FAILURES)
async def test_a_heart_that_missed_a_beat_beats_on(
    database: Database,
    owner: asyncpg.Connection,
    workers: Workers,
    monkeypatch: pytest.MonkeyPatch,
    errcode: str,
) -> None:
    monkeypatch.setattr(jobs, "BEAT_EVERY_S", 0.2)
    await owner.execute(
        "create function fail() returns trigger language plpgsql as"
        f" $$ begin raise exception 'sabotage' using errcode = '{errcode}'; end $$;"
        " create trigger fail before insert on worker_heartbeats"
        " for each row execute function fail()"
    )
    workers.start(Work())
    await asyncio.sleep(1)
    assert await owner.fetchval("select count(*) from worker_heartbeats") == 0
    await owner.execute("drop function fail cascade")

    async def beats() -> bool:
        return bool(await owner.fetchval("select count(*) from worker_heartbeats"))

    await eventually(beats)


async def test_what_cannot_be_forgotten_does_not_keep_the_rest(
    database: Database, owner: asyncpg.Connection
) -> None:
    await owner.execute("drop table idempotency_keys, sign_in_failures")
    await owner.execute("insert into jobs_done values ('old', now() - interval '8 days')")

    async def forgotten() -> bool:
        return not await owner.fetchval("select count(*) from jobs_done")

    async with beside(worker.purge(database)):
        await eventually(forgotten)


async def test_a_job_that_is_tried_without_an_end_is_told_until_it_succeeds(
    database: Database,
    deeds: Deeds,
    workers: Workers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A gateway that is away: the messages wait for it, and somebody knows."""
    monkeypatch.setattr(parked, "MANY_TRIES", 1)
    away = True

    async def send(parts: Database, payload: dict[str, Any]) -> None:
        if away:
            raise ConnectionError("the gateway is away")
        await parts.run(lambda tx: deeds.do(tx, "sent"))

    async def told() -> bool:
        await database.run(tell_of_parked_jobs)
        return ("jobs_parked", None) in await open_alarms(database)

    async def over() -> bool:
        return not await told()

    workers.start(Work(errands={"test.send": send}))
    for key in ("k1", "k2"):
        await database.run(lambda tx, key=key: enqueue(tx, [Job("test.send", {}, key)]))
    await eventually(told)

    async def both_listed() -> bool:
        async with database.transaction() as tx:
            (listed,) = await parked.parked_jobs(tx)
        return listed.name == "test.send" and "2 jobs" in listed.error

    await eventually(both_listed)
    assert await deeds.parked() == []
    away = False
    await eventually(over)
    assert await deeds.done() == ["sent", "sent"]
