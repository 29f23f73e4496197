"""Many workers, killed with -9 whenever it suits, a provider that lies, a clock that jumps, owners
who want to hear no more; and afterwards the count of what the provider has seen."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
from aiohttp import web
from aiohttp.test_utils import TestServer

from callcenter.clock import CHINA
from callcenter.db.database import Database
from callcenter.messages import receipts
from callcenter.messages.http_gateway import HTTP
from callcenter.messages.model import DeliveryState, Part
from callcenter.messages.receipts import Receipt
from callcenter.outbound.touches.by_message import TouchFollower
from callcenter.outbound.touches.ports import nothing_follows
from tests.forked import PROCESSES
from tests.outbound import storm_worker
from tests.outbound.scene import Scene, set_clock
from tests.outbound.storm_worker import Doom

EVENING = datetime(2026, 3, 10, 19, 40, tzinfo=CHINA)
NIGHT, MORNING = EVENING + timedelta(hours=2), EVENING + timedelta(hours=13, minutes=30)
CAMPAIGNS, CAP = 3, 2
FOLLOWER = TouchFollower(nothing_follows)
SILENCE = """
update owner_reach set silent = '{text}', silent_at = clock_timestamp() where owner_id = $1
"""
LOCK = "select owner_id from owner_reach where owner_id = $1 for update"
OUTSIDE = """
select count(*) from touches where id = any($1::uuid[])
  and (sending_at at time zone 'Asia/Shanghai')::time not between '08:00' and '20:59:59.999999'
"""
AFTER_OPT_OUT = """
select count(*) from touches t join owner_reach r using (owner_id)
where t.id = any($1::uuid[]) and t.sending_at > r.silent_at
"""
OVER_CAP = """
select count(*) from (
    select owner_id from touches where id = any($1::uuid[]) group by owner_id having count(*) > $2
) too_many
"""
UNDER_WAY = """
select count(*) from touches
where state in ('claimed', 'sending') or (state = 'ready' and due_at <= now())
"""
SEEN_NOT_SENT = "select count(*) from touches where id = any($1::uuid[]) and state <> 'sent'"
SENT_NOT_SEEN = "select count(*) from touches where state = 'sent' and id <> all($1::uuid[])"


@dataclass
class LyingProvider:
    """Takes a text, and says so, says nothing, hangs up, or wants it later. What it has taken it
    reports of: twice, late, in no order."""

    dice: random.Random
    seen: list[UUID] = field(default_factory=list)
    to_report: list[UUID] = field(default_factory=list)
    url: str = ""

    async def take(self, request: web.Request) -> web.Response:
        said = json.loads(await request.read())
        luck = self.dice.random()
        if luck < 0.05:
            return web.Response(status=503)
        await asyncio.sleep(0.02 * self.dice.random())
        self.seen.append(UUID(said["text"]))
        self.to_report += [UUID(said["message_id"])] * self.dice.choice([1, 1, 2])
        await asyncio.sleep(0.02 * self.dice.random())
        if luck < 0.09:
            await asyncio.sleep(1.0)
        if luck > 0.96 and request.transport:
            request.transport.abort()
        return web.json_response({"provider_id": f"P{said['message_id']}"})

    async def report(self, database: Database, part: float = 0.5) -> None:
        """Some of what is to be reported, in any order; the rest later."""
        self.dice.shuffle(self.to_report)
        most = int(len(self.to_report) * part)
        now, self.to_report = self.to_report[:most], self.to_report[most:]
        for message_id in now:
            word = self.dice.choice([None, DeliveryState.DELIVERED])
            if word is None:
                self.to_report.append(message_id)
            said = Receipt(HTTP, f"P{message_id}", word, part=Part(message_id, 1))
            await database.run(lambda tx, said=said: receipts.take(tx, said, FOLLOWER))  # type: ignore[misc]

    async def report_all(self, database: Database) -> None:
        while self.to_report:
            await self.report(database, 1.0)


@asynccontextmanager
async def lying_provider(dice: random.Random) -> AsyncIterator[LyingProvider]:
    it = LyingProvider(dice)
    app = web.Application()
    app.router.add_post("/texts", it.take)
    async with TestServer(app) as server:
        it.url = str(server.make_url("/texts"))
        yield it


@dataclass(frozen=True)
class Storm:
    """How hard it blows."""

    owners: int = 60
    workers: int = 4
    kills: int = 8
    seconds: float = 6.0
    dies: float = 0.01
    is_blind: bool = False
    seed: int = 1
    patience_s: float = 60.0


@dataclass(frozen=True)
class Wreck:
    """What must all be nothing, but for `unknown`: those that nobody will ever know of."""

    twice: int
    lost: int
    outside_hours: int
    over_cap: int
    after_opt_out: int
    unknown: int
    seen: int
    killed: int

    @property
    def faults(self) -> dict[str, int]:
        names = ("twice", "lost", "outside_hours", "over_cap", "after_opt_out")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


async def blow(scene: Scene, dsn: str, database: Database, storm: Storm) -> Wreck:
    """The whole: evening, kills and opt-outs, an hour's jumps, night, morning, reconciled."""
    dice = random.Random(storm.seed)
    await clock_at(scene.connection, EVENING)
    await scene.add_owners(storm.owners)
    for priority in range(CAMPAIGNS):
        await scene.campaign(priority=priority)
    async with lying_provider(dice) as provider:
        crew = Crew(dsn, provider.url, storm, dice)
        crew.fill()
        try:
            await _evening(scene, database, provider, crew, storm)
            await clock_at(scene.connection, NIGHT)
            await asyncio.sleep(min(1.0, storm.seconds / 4))
            await clock_at(scene.connection, MORNING)
            await _until_calm(scene, database, provider, crew, storm)
        finally:
            crew.end()
        await provider.report_all(database)
        return await _count(scene.connection, provider, crew.killed)


async def clock_at(connection: asyncpg.Connection, at: datetime) -> None:
    """It jumps there, and runs on."""
    by = "timestamptz '" + at.isoformat() + "' - pg_catalog.clock_timestamp()"
    offset = await connection.fetchval(f"select {by}")
    await set_clock(
        connection,
        f"select pg_catalog.clock_timestamp() + interval '{offset.total_seconds()} s'",
    )


class Crew:
    """The workers; who dies has a successor."""

    def __init__(self, dsn: str, url: str, storm: Storm, dice: random.Random) -> None:
        self.dsn, self.url, self.storm, self.dice = dsn, url, storm, dice
        self.alive: list[Any] = []
        self.begun = self.killed = 0

    def fill(self) -> None:
        """As many as there should be."""
        self.killed += sum(one.exitcode is not None for one in self.alive)
        self.alive = [one for one in self.alive if one.exitcode is None]
        while len(self.alive) < self.storm.workers:
            self.begun += 1
            # The last of them live: else nothing would ever be over.
            dies = self.storm.dies if self.killed < self.storm.kills else 0.0
            doom = Doom(self.begun, dies, self.storm.is_blind)
            one = PROCESSES.Process(
                target=storm_worker.run, args=(self.dsn, self.url, doom), daemon=True
            )
            one.start()
            self.alive.append(one)

    def kill_one(self) -> None:
        self.dice.choice(self.alive).kill()

    def end(self) -> None:
        for one in self.alive:
            one.kill()
        for one in self.alive:
            one.join()


async def _evening(
    scene: Scene, database: Database, provider: LyingProvider, crew: Crew, storm: Storm
) -> None:
    """Kills and opt-outs at any moment; the clock is an hour ahead for a while, and back again."""
    loop = asyncio.get_running_loop()
    began, kills = loop.time(), 0
    jumped = False
    pause = storm.seconds / max(storm.kills, 1)
    while kills < storm.kills or loop.time() - began < storm.seconds:
        await asyncio.sleep(pause * crew.dice.random() * 2)
        if kills < storm.kills:
            crew.kill_one()
            kills += 1
        crew.fill()
        await _opts_out(database, crew.dice.choice(scene.owners))
        await provider.report(database)
        if not jumped and kills > storm.kills / 2:
            jumped = True
            await clock_at(scene.connection, EVENING + timedelta(hours=1))


async def _opts_out(database: Database, owner_id: UUID) -> None:
    async with database.transaction() as tx:
        await tx.connection.execute(LOCK, owner_id)
        await tx.connection.execute(SILENCE, owner_id)


async def _until_calm(
    scene: Scene, database: Database, provider: LyingProvider, crew: Crew, storm: Storm
) -> None:
    loop = asyncio.get_running_loop()
    until = loop.time() + storm.patience_s
    while await scene.one(UNDER_WAY) and loop.time() < until:
        crew.fill()
        await provider.report(database)
        await asyncio.sleep(0.2)


async def _count(connection: asyncpg.Connection, provider: LyingProvider, killed: int) -> Wreck:
    """The provider's own list against the books."""
    seen = [*set(provider.seen)]
    books = {
        name: await connection.fetchval(ask, seen)
        for name, ask in (
            ("seen_not_sent", SEEN_NOT_SENT),
            ("sent_not_seen", SENT_NOT_SEEN),
            ("outside_hours", OUTSIDE),
            ("after_opt_out", AFTER_OPT_OUT),
        )
    }
    under_way = await connection.fetchval(UNDER_WAY)
    return Wreck(
        twice=sum(many - 1 for many in Counter(provider.seen).values()),
        lost=books["seen_not_sent"] + books["sent_not_seen"] + under_way,
        outside_hours=books["outside_hours"],
        over_cap=await connection.fetchval(OVER_CAP, seen, CAP),
        after_opt_out=books["after_opt_out"],
        unknown=await connection.fetchval("select count(*) from touches where state = 'unknown'"),
        seen=len(seen),
        killed=killed,
    )
