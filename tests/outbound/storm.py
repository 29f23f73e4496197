"""Many workers, killed with -9 whenever it suits, a provider that lies, a clock that jumps, owners
who want to hear no more; and afterwards the count of what the provider has seen."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg

from callcenter.clock import CHINA
from callcenter.db.database import Database
from tests.outbound.crew import Crew
from tests.outbound.lying_provider import LyingProvider, lying_provider
from tests.outbound.scene import Scene, set_clock
from tests.outbound.storm_worker import Doom
from tests.outbound.wreck import IS_UNDER_WAY, OptOuts, Wreck, count

EVENING = datetime(2026, 3, 10, 19, 40, tzinfo=CHINA)
AN_HOUR = timedelta(hours=1)
NIGHT, MORNING = EVENING + timedelta(hours=2), EVENING + timedelta(hours=13, minutes=30)
CAMPAIGNS_OF_ONE_OWNER = 3
"""One more than his cap lets through."""
SILENT_SHARE = 0.2


IS_LOOKED_AT = """
select exists (select from touches where campaign_id = $1 and (state <> 'ready' or due_at > now()))
"""
LOOKED_AT_S = 10.0


@dataclass(frozen=True)
class Storm:
    """How hard it blows. `without`: the guard that a control does without; `waits_s`: a worker, for
    the provider; `patience_s`: we, for calm."""

    owners: int = 50
    workers: int = 4
    kills: int = 8
    seconds: float = 4.0
    dies: float = 0.01
    without: str = ""
    seed: int = 1
    waits_s: float = 0.6
    patience_s: float = 120.0


@dataclass
class Weather:
    """All that is in it."""

    scene: Scene
    database: Database
    storm: Storm
    provider: LyingProvider
    crew: Crew
    opt_outs: OptOuts
    dice: random.Random

    @property
    def pause_s(self) -> float:
        """Between two kills."""
        return self.storm.seconds / max(self.storm.kills, 1)

    async def evening(self) -> None:
        """Kills at any moment; more campaigns begin half-way; the clock is an hour ahead for a
        third of it, and back again."""
        third = self.storm.kills // 3
        for kill in range(self.storm.kills):
            await asyncio.sleep(self.pause_s * self.dice.random() * 2)
            self.crew.kill_one()
            self.crew.fill()
            if kill == third:
                await clock_at(self.scene.connection, EVENING + AN_HOUR)
            if kill == self.storm.kills // 2:
                await self.more_campaigns()
            if kill == 2 * third:
                await clock_at(self.scene.connection, EVENING)

    async def more_campaigns(self) -> None:
        for priority in range(1, CAMPAIGNS_OF_ONE_OWNER):
            await self.scene.campaign(priority=priority)

    async def night(self) -> None:
        """Owners of whom nobody has heard yet, and a campaign that begins too late."""
        await clock_at(self.scene.connection, NIGHT)
        owners = await self.scene.add_owners(max(10, self.storm.owners // 10))
        late = await self.scene.campaign(owners)
        loop = asyncio.get_running_loop()
        until = loop.time() + LOOKED_AT_S
        while not await self.scene.one(IS_LOOKED_AT, late) and loop.time() < until:
            await asyncio.sleep(0.1)
        await asyncio.sleep(min(1.0, self.storm.seconds / 4))

    async def until_calm(self) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + self.storm.patience_s
        while loop.time() < until:
            asked_at = loop.time()
            if not await self.scene.one(IS_UNDER_WAY):
                return
            self.crew.fill()
            await asyncio.sleep(max(0.2, 10 * (loop.time() - asked_at)))

    async def opt_out_all_the_time(self) -> None:
        """One after the other, until a fifth of them have."""
        many = int(self.storm.owners * SILENT_SHARE)
        pause_s = self.storm.seconds / many
        for owner_id in self.dice.sample(self.scene.owners, many):
            await self.opt_outs.add(self.database, owner_id)
            # It may last longer than the kills, and workers die by themselves meanwhile.
            self.crew.fill()
            await asyncio.sleep(pause_s * self.dice.random() * 2)

    async def report_all_the_time(self) -> None:
        while True:
            await self.provider.report(self.database)
            await asyncio.sleep(min(0.2, self.pause_s))


async def blow(scene: Scene, dsn: str, database: Database, storm: Storm) -> Wreck:
    """The whole: evening, kills and opt-outs, an hour's jumps, night, morning, reconciled."""
    dice = random.Random(storm.seed)
    await clock_at(scene.connection, EVENING)
    await scene.add_owners(storm.owners)
    await scene.campaign(priority=0)
    async with lying_provider(dice, storm.waits_s) as provider:
        doom = Doom(0, storm.dies, storm.without, storm.waits_s)
        crew = Crew(dsn, provider.url, dice, many=storm.workers, kills=storm.kills, doom=doom)
        opt_outs = OptOuts()
        weather = Weather(scene, database, storm, provider, crew, opt_outs, dice)
        crew.fill()
        try:
            async with beside(weather.report_all_the_time()):
                async with asyncio.TaskGroup() as group:
                    group.create_task(weather.opt_out_all_the_time())
                    group.create_task(weather.evening())
                await weather.night()
                await clock_at(scene.connection, MORNING)
                await weather.until_calm()
        finally:
            crew.end()
        await provider.report_all(database)
        return await count(scene.connection, provider.seen, opt_outs, crew.killed, provider.did)


@asynccontextmanager
async def beside(work: object) -> AsyncIterator[None]:
    """It goes on meanwhile; what it breaks on breaks the test."""
    task = asyncio.ensure_future(work)  # type: ignore[call-overload]
    try:
        yield
        if task.done():
            task.result()
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def clock_at(connection: asyncpg.Connection, at: datetime) -> None:
    """It jumps there, and runs on."""
    by = "timestamptz '" + at.isoformat() + "' - pg_catalog.clock_timestamp()"
    offset = await connection.fetchval(f"select {by}")
    await set_clock(
        connection,
        f"select pg_catalog.clock_timestamp() + interval '{offset.total_seconds()} s'",
    )
