"""Jobs that a person must know of: given up after the last try, or tried again without an end.

The former are kept until somebody runs them again. The latter fail of what may pass by itself (a
gateway that is away, a lost connection): they go on by themselves, so that nobody need be there
when it has passed.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from callcenter.db.enqueue import Job, enqueue
from callcenter.db.events import SQL
from callcenter.db.transaction import Tx

MANY_TRIES = 20
"""Reached some ten minutes after the first failure."""


@dataclass(frozen=True)
class ParkedJob:
    """What was given up, why and when; for those still tried, how many and since when."""

    name: str
    error: str
    parked_at: datetime


async def parked_jobs(tx: Tx) -> list[ParkedJob]:
    """All of them, oldest first; those still tried as one for each kind of job."""
    rows = await SQL.parked_jobs(tx.connection, many_tries=MANY_TRIES)
    return [ParkedJob(row["name"], row["error"], row["since"]) for row in rows]


async def run_parked_again(tx: Tx) -> int:
    """Put all that were given up back into the queue; answers how many."""
    rows = await SQL.take_parked_jobs(tx.connection)
    jobs = [Job(row["name"], json.loads(row["payload"]), row["key"]) for row in rows]
    if jobs:
        await enqueue(tx, jobs)
    return len(jobs)
