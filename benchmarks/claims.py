"""Claims with every check, in batches and one by one, on a PostgreSQL of its own with fsync.

    .venv/bin/python -m benchmarks.claims [--owners 300000] [--seconds 5] [--rounds 3] [--json]

Each worker is a process with one connection. Legs alternate in a round: batches of 200, then single
claims; the ratio is the median of the rounds'. At last batches again while a snapshot that is older
than all claims is held open, so that no dead row can be cleared away, and their figure again as a
part of the first. Counted are touches that were claimed, each behind its owner's lock with his
words, hours, caps and open tickets looked at.
"""

import argparse
import asyncio
import contextlib
import multiprocessing
import random
import statistics
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg
import psutil
import uvloop

from benchmarks.figures import Row, machine, show
from benchmarks.fresh import fresh_database
from callcenter.db.database import Database
from callcenter.db.embedded import EmbeddedPostgres
from callcenter.outbound.model import Way
from callcenter.outbound.touches.claim import claim
from callcenter.outbound.touches.model import ALL_BUCKETS, BATCH, BUCKETS

WORKERS = 8
GROUP = 4
AT_LEAST_PER_S = 10_000
AT_LEAST_TIMES = 5.0
NAME = "claims"

# Hours of the pack in force would make a figure of the night another than one of the day.
WORLD = """
insert into owners (id, name, zone)
select gen_random_uuid(), 'owner ' || n,
    (array['Asia/Shanghai', 'Asia/Urumqi', 'Asia/Shanghai', 'Asia/Tokyo'])[1 + n % 4]
from generate_series(1, $1::int) n
"""
REACH = """
insert into owner_reach (owner_id, granted, refused)
select id, '{marketing:text,marketing:call}', case when random() < 0.02 then '{contract:email}'
    else '{}' end::text[] from owners on conflict do nothing
"""
CAMPAIGN = """
with campaign as (
    insert into campaigns (id, name, kind, purpose, policy, plan, state, priority, made_by)
    values (gen_random_uuid(), 'claims', 'maintenance', 'safety', 'eu', '{}', 'running', 5, 'b')
    returning id
), run as (
    insert into campaign_runs (id, campaign_id, number, plan, policy, policy_version)
    select gen_random_uuid(), id, 1, '{}', 'eu', '' from campaign returning id, campaign_id
)
insert into touches (id, run_id, campaign_id, owner_id, step, channel, purpose, priority, bucket,
    due_at, expires_at)
select gen_random_uuid(), run.id, run.campaign_id, o.id, 1, 'email',
    (array['contract', 'safety'])[1 + (random() < 0.5)::int], 3 + (random() * 4)::int,
    get_byte(uuid_send(o.id), 15) & 63, now() - random() * interval '1 hour',
    now() + interval '30 days'
from owners o, run
"""
HEARD = """
insert into contact_ledger (id, owner_id, channel, purpose, at, state)
select gen_random_uuid(), id, 'text', 'contract', now() - random() * interval '60 days', 'said'
from owners cross join generate_series(1, 2)
"""
TICKETS = """
insert into tickets (id, number, kind, stage, priority, owner_id, opened_by)
select gen_random_uuid(), 'b' || row_number() over (), 'complaint', 'in_progress', 1, id, 'b'
from owners where random() < 0.02
"""


@dataclass(frozen=True)
class Leg:
    """What all workers did together in so many seconds."""

    claimed: int
    judged: int
    seconds: float
    cpu_s: float
    postgres_cpu_s: float

    @property
    def per_s(self) -> float:
        return self.claimed / self.seconds

    @property
    def cpu_us(self) -> tuple[float, float]:
        """Of one claim: the workers' processor time, PostgreSQL's."""
        return self.cpu_s / self.claimed * 1e6, self.postgres_cpu_s / self.claimed * 1e6


@asynccontextmanager
async def world(owners: int) -> AsyncIterator[EmbeddedPostgres]:
    """A server with so many owners, each with a due e-mail, two contacts behind him, some with an
    open complaint or a no."""
    async with fresh_database(NAME) as (postgres, connection):
        await connection.execute(WORLD, owners)
        for statement in (REACH, HEARD, TICKETS, CAMPAIGN, "vacuum analyze"):
            await connection.execute(statement)
        yield postgres


def work(dsn: str, number: int, batch: int, seconds: float, barrier: Any, told: Any) -> None:
    """One worker process: claims for so long, from when all of them are there."""
    told.put(uvloop.run(_work(dsn, number, batch, seconds, barrier)))


async def _work(
    dsn: str, number: int, batch: int, seconds: float, barrier: Any
) -> tuple[int, int, float, float]:
    database = await Database.open(dsn, min_size=1, max_size=1)
    dice = random.Random(number)
    claimed = judged = 0
    groups = [range(first, first + GROUP) for first in range(0, BUCKETS, GROUP)]
    await asyncio.to_thread(barrier.wait)
    began, cpu = time.perf_counter(), time.process_time()
    while time.perf_counter() - began < seconds:
        buckets = dice.choice(groups) if batch > 1 else [dice.choice(ALL_BUCKETS)]
        seen, found = await database.run(
            lambda tx, buckets=buckets: claim(tx, Way.EMAIL, f"worker {number}", batch, buckets)  # type: ignore[misc]
        )
        judged += seen
        claimed += len(found)
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    await database.close()
    return claimed, judged, took, cpu


def processor_s(postgres: EmbeddedPostgres) -> float:
    """What the server has used up to now, with those of its processes that have ended."""
    server = psutil.Process(postgres.pid)
    own = server.cpu_times()
    used = own.user + own.system + own.children_user + own.children_system
    for child in server.children():
        with contextlib.suppress(psutil.NoSuchProcess):
            of_child = child.cpu_times()
            used += of_child.user + of_child.system
    return used


def leg(postgres: EmbeddedPostgres, batch: int, seconds: float) -> Leg:
    """All workers at once."""
    dsn, used = postgres.app_dsn(NAME), processor_s(postgres)
    spawn = multiprocessing.get_context("spawn")
    told, barrier = spawn.Queue(), spawn.Barrier(WORKERS)
    workers = [
        spawn.Process(target=work, args=(dsn, number, batch, seconds, barrier, told))
        for number in range(WORKERS)
    ]
    for worker in workers:
        worker.start()
    found = [told.get(timeout=seconds + 120) for _ in workers]
    for worker in workers:
        worker.join()
    claimed, judged, _, cpu = (sum(column) for column in zip(*found, strict=True))
    took = max(one[2] for one in found)
    return Leg(claimed, judged, took, cpu, processor_s(postgres) - used)


async def measure(owners: int, seconds: float, rounds: int) -> dict[str, Any]:
    async with world(owners) as postgres:
        batches, singles = [], []
        for _ in range(rounds):
            batches.append(await asyncio.to_thread(leg, postgres, BATCH, seconds))
            singles.append(await asyncio.to_thread(leg, postgres, 1, seconds))
        holder = await asyncpg.connect(postgres.owner_dsn(NAME))
        await holder.execute("set idle_in_transaction_session_timeout = 0")
        old = holder.transaction(isolation="repeatable_read")
        await old.start()
        await holder.fetchval("select count(*) from campaigns")
        held = [await asyncio.to_thread(leg, postgres, BATCH, seconds) for _ in range(rounds)]
        await old.rollback()
        await holder.close()
    ratios = [one.per_s / two.per_s for one, two in zip(batches, singles, strict=True)]
    return {
        "owners": owners,
        "batches_per_s": [round(one.per_s) for one in batches],
        "judged_per_s": [round(one.judged / one.seconds) for one in batches],
        "cpu_us": [[round(us) for us in one.cpu_us] for one in batches],
        "singles_per_s": [round(one.per_s) for one in singles],
        "ratio": round(statistics.median(ratios), 2),
        "held_per_s": [round(one.per_s) for one in held],
        "held_ratio": round(
            statistics.median(one.per_s for one in held)
            / statistics.median(one.per_s for one in batches),
            2,
        ),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--owners", type=int, default=300_000)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    told = machine() | asyncio.run(measure(given.owners, given.seconds, given.rounds))
    best = statistics.median(told["batches_per_s"])
    rows: list[Row] = [
        ("批量认领 in batches of 200", f"{best:g} /s", f">= {AT_LEAST_PER_S} /s"),
        (
            "每条所用处理器 processor for each: workers, PostgreSQL",
            " + ".join(f"{statistics.median(us):g}" for us in zip(*told["cpu_us"], strict=True))
            + " µs",
            "",
        ),
        ("逐条认领 one by one", f"{statistics.median(told['singles_per_s']):g} /s", ""),
        ("批量与逐条之比 ratio", f"{told['ratio']:g}", f">= {AT_LEAST_TIMES:g}"),
        (
            "有旧快照时 with an old snapshot held",
            f"{statistics.median(told['held_per_s']):g} /s = {told['held_ratio']:g}",
            "",
        ),
    ]
    show("外呼认领 claims", rows, told, as_json=given.json)
    is_met = best >= AT_LEAST_PER_S and told["ratio"] >= AT_LEAST_TIMES
    sys.exit(0 if is_met else 1)


if __name__ == "__main__":
    main()
