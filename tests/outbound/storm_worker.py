"""A worker of the storm: claims texts and hands them over, until it is killed. Some die of their
own, before a commit or behind it."""

import asyncio
import os
import random
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from callcenter.db import database as database_module
from callcenter.db.database import Database
from callcenter.db.jobs import Worker
from callcenter.messages import sending
from callcenter.messages.carriers import carriers_of
from callcenter.outbound.model import Touch
from callcenter.outbound.touches.model import Said
from callcenter.outbound.touches.sending import send_due, take_back_lapsed
from callcenter.sender_settings import GatewaySettings, SenderSettings
from tests.messages.gateway import SECRET
from tests.outbound.without import without

database_module.ACQUIRE_TIMEOUT_S = database_module.COMMAND_TIMEOUT_S = 60.0


@dataclass(frozen=True)
class Doom:
    """How one worker lives: `dies`: in which share of its transactions; `without`: the guard that
    it has not, in a control; `waits_s`: for the provider's answer."""

    seed: int
    dies: float = 0.0
    without: str = ""
    waits_s: float = 0.6


async def words(tx: Any, touches: Sequence[Touch]) -> Mapping[UUID, Said]:
    """The touch by name, so that the provider can count it."""
    return {
        one.id: Said(f"+86{one.owner_id.int % 10**11:011}", "zh", str(one.id)) for one in touches
    }


class Doomed(Database):
    """Dies where it hurts: with the work done and not committed, or committed and not told."""

    doom: Doom
    dice: random.Random

    async def run(self, work: Callable[[Any], Awaitable[Any]], **how: Any) -> Any:
        before = self.dice.random() < self.doom.dies / 2
        behind = self.dice.random() < self.doom.dies / 2

        async def watched(tx: Any) -> Any:
            found = await work(tx)
            if before:
                die()
            return found

        answer = await super().run(watched, **how)
        if behind:
            die()
        return answer


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def run(dsn: str, url: str, doom: Doom) -> None:
    """The process."""
    asyncio.run(_work(dsn, url, doom))


async def _work(dsn: str, url: str, doom: Doom) -> None:
    database = await Doomed.open(dsn, min_size=1, max_size=6)
    database.doom, database.dice = doom, random.Random(doom.seed)
    follower = without(doom.without)
    http = GatewaySettings(url=url, secret=SECRET, timeout_s=doom.waits_s)
    settings = SenderSettings(text="http", http=http)
    async with carriers_of(settings, database, follower) as carriers:
        work = sending.work(carriers, 3600.0, follower)
        worker = Worker(database, work, heartbeat_timeout_s=3 * doom.waits_s, poll_s=0.1)
        await asyncio.gather(worker.run(), _claims(database, doom))


async def _claims(database: Database, doom: Doom) -> None:
    while True:
        await send_due(database, words, f"worker {os.getpid()} {doom.seed}")
        await take_back_lapsed(database)
        # Sixteen of them, if they hurried, would leave each other no processor.
        await asyncio.sleep(doom.waits_s / 4)
