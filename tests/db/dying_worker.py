"""A worker process that stops dead at a step of its job and waits there to be killed; or to break
by something beside its jobs, as soon as it is written to."""

import asyncio
import sys
from typing import Any

from callcenter.db import jobs
from callcenter.db.database import Database
from callcenter.db.jobs import Work, Worker
from callcenter.db.transaction import Tx


async def hang() -> None:
    print("there", flush=True)  # noqa: T201
    await asyncio.sleep(3600)


async def main(dsn: str, step: str) -> None:
    async def tow(tx: Tx, payload: dict[str, Any]) -> None:
        await tx.connection.execute("insert into deeds (what) values ($1)", payload["what"])
        if step == "before_commit":
            await hang()

    whole = jobs.run_job

    async def run_job(*job: Any) -> None:
        await whole(*job)
        await hang()

    jobs.run_job = run_job
    database = await Database.open(dsn, min_size=1, max_size=4)
    work = Work(timers={"test.tow": tow})
    worker = Worker(database, work, heartbeat_timeout_s=1, poll_s=0.2)
    await asyncio.gather(worker.run(), breaks())


async def breaks() -> None:
    """What else is done here fails."""
    await asyncio.to_thread(sys.stdin.readline)
    raise BrokenPipeError


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
