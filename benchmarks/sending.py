"""How fast texts of a campaign leave, and what a rescue's next step waits meanwhile.

    .venv/bin/python -m benchmarks.sending [--texts 5000] [--answers-s 0.05] [--at-once N] [--json]

A PostgreSQL of its own with fsync; one worker process as the product has it (its connections, its
queue, the loop that claims due touches) and a provider on loopback that answers so much later. Ten
times a second a job is written as a fact of a rescue writes its next step: one transaction; timed
by the database's clock from its enqueueing to the end of it. First without a campaign, then until
all texts are sent; the ratio is that of the two p95. `--at-once 0`: without the limit of texts
under way.
"""

import argparse
import asyncio
import multiprocessing
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg
import uvloop
from aiohttp import web

from benchmarks.figures import Row, beats, machine, show, spread_ms, words_of
from benchmarks.fresh import fresh_database
from callcenter.db.database import Database
from callcenter.db.embedded import EmbeddedPostgres
from callcenter.db.enqueue import Job, enqueue
from callcenter.db.jobs import Worker
from callcenter.db.transaction import Tx
from callcenter.messages import sending
from callcenter.messages.carriers import carriers_of
from callcenter.messages.many import AT_ONCE, SEND_MANY
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.campaigns.plan import Plan, PlanStep, Variant
from callcenter.outbound.campaigns.plan import Said as PlanSaid
from callcenter.outbound.model import Touch, Way
from callcenter.outbound.touches.by_message import TouchFollower
from callcenter.outbound.touches.model import Said, Unsaid
from callcenter.outbound.touches.sending import send_while_due
from callcenter.sender_settings import GatewaySettings, SenderSettings
from callcenter.worker import WORKER_CONNECTIONS

NAME = "sending"
SECRET = "a secret of 24 characters"
BEFORE_S = 10.0
STEPS_A_SECOND = 10
AT_MOST_P95_MS = 100.0

PLAN = Plan(
    steps=(PlanStep(way=Way.TEXT), PlanStep(way=Way.AGENT_CALL)),
    variants=(Variant(code="all", words={Way.TEXT: PlanSaid(zh="该保养了", en="due")}),),
)
STEPS = "create table steps (id int primary key, written timestamptz, done timestamptz)"
OWNERS = """
insert into owners (id, name, zone)
select gen_random_uuid(), 'owner ' || n, 'Asia/Shanghai' from generate_series(1, $1::int) n
"""
REACH = "insert into owner_reach (owner_id) select id from owners on conflict do nothing"
CAMPAIGN = """
with campaign as (
    insert into campaigns (id, name, kind, purpose, policy, plan, state, priority, made_by)
    values (gen_random_uuid(), 'texts', 'special_survey', 'safety', 'eu', $1, 'running', 5, 'b')
    returning id
), run as (
    insert into campaign_runs (id, campaign_id, number, plan, policy, policy_version)
    select gen_random_uuid(), id, 1, $1, 'eu', '' from campaign returning id, campaign_id
)
insert into touches (id, run_id, campaign_id, owner_id, step, channel, purpose, priority, bucket,
    due_at, expires_at)
select gen_random_uuid(), run.id, run.campaign_id, o.id, 1, 'text', 'safety', 5,
    get_byte(uuid_send(o.id), 15) & 63, now(), now() + interval '30 days'
from owners o, run
"""
LEFT = "select count(*) from touches where state not in ('sent', 'unknown', 'failed')"
TOOK = "select done - written as took from steps where id >= $1"
STATES = "select state, count(*) from touches group by state"


@asynccontextmanager
async def world(owners: int) -> AsyncIterator[EmbeddedPostgres]:
    """A server with so many owners who may be written to."""
    async with fresh_database(NAME) as (postgres, connection):
        await connection.execute(STEPS)
        await connection.execute(f"grant all on steps to {postgres.app_role}")
        await connection.execute(OWNERS, owners)
        for statement in (REACH, "vacuum analyze"):
            await connection.execute(statement)
        yield postgres


async def words(tx: Tx, touches: Sequence[Touch]) -> Mapping[UUID, Said | Unsaid]:
    return {
        one.id: Said(f"+86{one.owner_id.int % 10**11:011}", "zh", f"您的车该保养了 {one.id}")
        for one in touches
    }


def provide(told: Any, answers_s: float) -> None:
    """The provider's process: takes each text and says so, so much later."""

    async def take(request: web.Request) -> web.Response:
        await request.read()
        await asyncio.sleep(answers_s)
        return web.json_response({"provider_id": request.headers["Idempotency-Key"]})

    async def run() -> None:
        app = web.Application()
        app.router.add_post("/texts", take)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        told.put(runner.addresses[0][1])
        await asyncio.Event().wait()

    uvloop.run(run())


def work(dsn: str, url: str, at_once: int, told: Any) -> None:
    """The worker's process."""
    uvloop.run(_work(dsn, url, at_once, told))


async def _work(dsn: str, url: str, at_once: int, told: Any) -> None:
    database = await Database.open(dsn, max_size=WORKER_CONNECTIONS)
    follower = TouchFollower(after_touch)
    settings = SenderSettings(text="http", http=GatewaySettings(url=url, secret=SECRET))
    async with carriers_of(settings, database, follower) as carriers:
        all_work = sending.work(carriers, follower=follower)
        all_work = replace(
            all_work,
            errands={**all_work.errands, "bench.step": step},
            at_once={SEND_MANY: at_once} if at_once else {},
        )
        worker = Worker(database, all_work, heartbeat_timeout_s=5.0, poll_s=1.0)
        told.put("ready")
        await asyncio.gather(worker.run(), claims(database))


async def claims(database: Database) -> None:
    while True:
        await send_while_due(database, words, "worker", after_touch)
        await asyncio.sleep(1.0)


async def step(database: Database, payload: dict[str, Any]) -> None:
    await database.run(
        lambda tx: tx.connection.execute(
            "update steps set done = clock_timestamp() where id = $1", payload["id"]
        )
    )


async def steps_while(database: Database, goes_on: Callable[[], Awaitable[bool]]) -> list[float]:
    """Steps at a steady beat; how long each took, in seconds."""
    first: int = await database.pool.fetchval("select coalesce(max(id), 0) + 1 from steps")
    async for number, _ in beats(STEPS_A_SECOND, 10**9):
        key = first + number

        async def write(tx: Any, key: int = key) -> None:
            await tx.connection.execute(
                "insert into steps (id, written) values ($1, clock_timestamp())", key
            )
            await enqueue(tx, [Job("bench.step", {"id": key}, f"bench.step:{key}")])

        await database.run(write)
        if not await goes_on():
            break
    while await database.pool.fetchval("select count(*) from steps where done is null"):
        await asyncio.sleep(0.1)
    rows = await database.pool.fetch(
        "select done - written as took from steps where id >= $1", first
    )
    return [row["took"].total_seconds() for row in rows]


async def measure(texts: int, answers_s: float, at_once: int) -> dict[str, Any]:
    spawn = multiprocessing.get_context("spawn")
    told = spawn.Queue()
    async with world(texts) as postgres:
        provider = spawn.Process(target=provide, args=(told, answers_s), daemon=True)
        provider.start()
        url = f"http://127.0.0.1:{await asyncio.to_thread(told.get, timeout=60)}/texts"
        worker = spawn.Process(
            target=work, args=(postgres.app_dsn(NAME), url, at_once, told), daemon=True
        )
        worker.start()
        await asyncio.to_thread(told.get, timeout=60)
        database = await Database.open(postgres.app_dsn(NAME), max_size=4)
        try:
            until = time.monotonic() + BEFORE_S

            async def before() -> bool:
                return time.monotonic() < until

            quiet = await steps_while(database, before)
            owner = await asyncpg.connect(postgres.owner_dsn(NAME))
            await owner.execute(CAMPAIGN, PLAN.model_dump_json())
            await owner.close()
            began = time.monotonic()

            async def during() -> bool:
                return bool(await database.pool.fetchval(LEFT))

            busy = await steps_while(database, during)
            took = time.monotonic() - began
            states = dict(await database.pool.fetch(STATES))
        finally:
            await database.close()
            for one in (worker, provider):
                one.kill()
                one.join()
    return {
        "texts": texts,
        "at_once": at_once,
        "texts_per_s": round(texts / took, 1),
        "states": states,
        "step_quiet": spread_ms(quiet),
        "step_busy": spread_ms(busy),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=5_000)
    parser.add_argument("--answers-s", type=float, default=0.05)
    parser.add_argument("--at-once", type=int, default=AT_ONCE)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    told = machine() | asyncio.run(measure(given.texts, given.answers_s, given.at_once))
    quiet, busy = told["step_quiet"], told["step_busy"]
    rows: list[Row] = [
        ("短信 texts", f"{told['texts_per_s']:g} /s, {told['states']}", ""),
        ("救援一步,平时 a rescue's step, quiet", words_of(quiet), ""),
        ("救援一步,群发时 meanwhile", words_of(busy), ""),
        (
            "p95",
            f"{busy['p95']:g} ms = {busy['p95'] / quiet['p95']:.1f} ×",
            f"<= {AT_MOST_P95_MS:g} ms",
        ),
    ]
    show("群发 sending", rows, told, as_json=given.json)
    sys.exit(0 if busy["p95"] <= AT_MOST_P95_MS else 1)


if __name__ == "__main__":
    main()
