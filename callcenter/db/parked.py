"""Jobs that were given up after their last try: kept until a person runs them again."""

import json
from dataclasses import dataclass
from datetime import datetime

from callcenter.db.enqueue import Job, enqueue
from callcenter.db.events import SQL
from callcenter.db.transaction import Tx


@dataclass(frozen=True)
class ParkedJob:
    """What was given up, why and when."""

    name: str
    error: str
    parked_at: datetime


async def parked_jobs(tx: Tx) -> list[ParkedJob]:
    """All of them, oldest first."""
    rows = await SQL.parked_jobs(tx.connection)
    return [ParkedJob(row["name"], row["error"], row["parked_at"]) for row in rows]


async def run_parked_again(tx: Tx) -> int:
    """Put all of them back into the queue; answers how many."""
    rows = await SQL.take_parked_jobs(tx.connection)
    jobs = [Job(row["name"], json.loads(row["payload"]), row["key"]) for row in rows]
    if jobs:
        await enqueue(tx, jobs)
    return len(jobs)
