"""Jobs and timers, written in the transaction of the fact that asks for them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.queries import Queries as Queue

from callcenter.db.transaction import Tx

AT_ONCE = timedelta(0)


@dataclass(frozen=True)
class Job:
    """Work for the worker: `key` makes its effect happen once, however often it is run."""

    name: str
    payload: dict[str, Any]
    key: str
    after: timedelta = AT_ONCE


async def enqueue(tx: Tx, jobs: Sequence[Job]) -> None:
    """Write the jobs; a job whose key still waits is left as it is."""
    await Queue(AsyncpgDriver(tx.connection)).enqueue(
        [job.name for job in jobs],
        [json.dumps({"key": job.key, "payload": job.payload}).encode() for job in jobs],
        [0] * len(jobs),
        [job.after for job in jobs],
        [job.key for job in jobs],
        on_conflict="skip",
    )


async def schedule(tx: Tx, name: str, payload: dict[str, Any], *, at: datetime, key: str) -> None:
    """A timer: runs `name` with `payload` at `at` by the database's clock, once per `key`."""
    after = max(at - await tx.now(), AT_ONCE)
    await enqueue(tx, [Job(name, payload, f"{name}:{key}", after)])
