"""A table that tests' jobs act on, so that their deeds can be counted."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from callcenter.db.database import Database
from callcenter.db.jobs import Work, Worker
from callcenter.db.transaction import Tx

DEEDS = """
create table deeds (what text not null, at timestamptz not null default clock_timestamp());
grant select, insert on deeds to callcenter;
"""
KEY_NEVER_KNOWN = """
create function blur_key() returns trigger language plpgsql as $$
begin
    new.key := new.key || gen_random_uuid();
    return new;
end $$;
create trigger blur_key before insert on jobs_done for each row execute function blur_key();
"""


class Deeds:
    """What was done, and how often."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def do(self, tx: Tx, what: str) -> None:
        await tx.connection.execute("insert into deeds (what) values ($1)", what)

    async def done(self) -> list[str]:
        return [row["what"] for row in await self._read("select what from deeds order by at")]

    async def queued(self) -> int:
        """Jobs that still lie in the queue, under way or not."""
        return int((await self._read("select count(*) from pgqueuer"))[0][0])

    async def parked(self) -> list[Any]:
        return await self._read("select * from jobs_parked order by key")

    async def _read(self, question: str) -> list[Any]:
        """Tried again, since the test may have cut the line a moment ago."""
        fetched = await self.database.run(lambda tx: tx.connection.fetch(question), readonly=True)
        return list(fetched)


@pytest.fixture
async def deeds(database: Database, owner: Any) -> Deeds:
    await owner.execute(DEEDS)
    return Deeds(database)


class Workers:
    """Workers of this test; all are stopped at its end."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.running: dict[Worker, asyncio.Task[None]] = {}

    def start(self, work: Work, *, heartbeat_timeout_s: float = 1, poll_s: float = 0.2) -> Worker:
        worker = Worker(self.database, work, heartbeat_timeout_s=heartbeat_timeout_s, poll_s=poll_s)
        self.running[worker] = asyncio.create_task(worker.run())
        return worker

    async def stop(self, worker: Worker) -> None:
        worker.stop()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait_for(self.running.pop(worker), 60)


@pytest.fixture
async def workers(database: Database) -> AsyncIterator[Workers]:
    started = Workers(database)
    yield started
    for worker in list(started.running):
        await started.stop(worker)
