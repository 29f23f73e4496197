"""Jobs and timers, written in the transaction of the fact that asks for them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pgqueuer.adapters.persistence.qb import QueryQueueBuilder

from callcenter.db.transaction import Tx

AT_ONCE = timedelta(0)
# The queue's own statement, put together once: its client would do so for each job anew.
ENQUEUE = QueryQueueBuilder().build_enqueue_query("skip")


@dataclass(frozen=True)
class Job:
    """Work for the worker: `key` makes its effect happen once, however often it is run."""

    name: str
    payload: dict[str, Any]
    key: str
    after: timedelta = AT_ONCE
    priority: int = 0
    """Of what is due, the higher goes first."""


async def enqueue(tx: Tx, jobs: Sequence[Job]) -> None:
    """Write the jobs; a job whose key still waits is left as it is."""
    await tx.connection.fetch(
        ENQUEUE,
        [job.priority for job in jobs],
        [job.name for job in jobs],
        [json.dumps({"key": job.key, "payload": job.payload}).encode() for job in jobs],
        [job.after for job in jobs],
        [job.key for job in jobs],
        ["null"] * len(jobs),
    )


async def schedule(tx: Tx, name: str, payload: dict[str, Any], *, at: datetime, key: str) -> None:
    """A timer: runs `name` with `payload` at `at` by the database's clock, once per `key`."""
    after = max(at - await tx.now(), AT_ONCE)
    await enqueue(tx, [Job(name, payload, f"{name}:{key}", after)])
