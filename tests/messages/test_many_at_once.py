"""A campaign's texts, thousands of them, let a rescue's next step pass."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from callcenter.db.database import Database
from callcenter.db.enqueue import Job, enqueue
from callcenter.db.jobs import Worker
from callcenter.messages import sending
from callcenter.messages.many import AT_ONCE, SEND_MANY, ToSay, queue_many
from callcenter.messages.model import Channel, Message

TEXTS = 10 * AT_ONCE
CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
RESCUE = "test.rescue"


@dataclass
class SlowProvider:
    """Answers nobody until it is told to."""

    name: str = "slow"
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    asked: int = 0

    def parts(self, message: Message) -> int:
        return 1

    async def send(self, message: Message) -> Sequence[str]:
        self.asked += 1
        await self.answers.wait()
        return [str(message.id)]


@pytest.mark.parametrize("limit", [AT_ONCE, pytest.param(0, marks=CONTROL)])
async def test_a_rescue_goes_before_them_and_each_leaves(database: Database, limit: int) -> None:
    provider = SlowProvider()
    texts = [
        ToSay(f"text {n}", Channel.TEXT, f"+861380013{n:04}", "zh", "reminder", "该保养了")
        for n in range(TEXTS)
    ]
    asked_before_it = []

    async def rescue(_: Database, __: dict[str, Any]) -> None:
        asked_before_it.append(provider.asked)

    all_work = sending.work({channel: provider for channel in Channel})
    all_work = replace(
        all_work, errands={**all_work.errands, RESCUE: rescue}, at_once={SEND_MANY: limit}
    )
    worker = Worker(database, all_work, heartbeat_timeout_s=60, poll_s=0.1)
    await database.run(lambda tx: queue_many(tx, texts))
    working = asyncio.create_task(worker.run())
    try:
        async with asyncio.timeout(60):
            while provider.asked < AT_ONCE:
                await asyncio.sleep(0.05)
            # Without a limit all of them are the worker's own by now.
            await asyncio.sleep(1.0)
            await database.run(lambda tx: enqueue(tx, [Job(RESCUE, {}, "one")]))
            while not asked_before_it:
                await asyncio.sleep(0.05)
            assert asked_before_it[0] <= AT_ONCE
            provider.answers.set()
            while await database.pool.fetchval(
                "select count(*) from messages where state = 'queued'"
            ):
                await asyncio.sleep(0.05)
    finally:
        provider.answers.set()
        worker.stop()
        with suppress(asyncio.CancelledError):
            await asyncio.wait_for(working, 60)
    assert (
        await database.pool.fetchval("select count(*) from messages where state = 'sent'") == TEXTS
    )


async def test_a_clock_that_goes_back_by_an_hour_does_not_hold_them(database: Database) -> None:
    await database.run(
        lambda tx: queue_many(
            tx, [ToSay("one", Channel.TEXT, "+8613800130000", "zh", "reminder", "该保养了")]
        )
    )
    due = "select execute_after < now() - interval '1 hour' from pgqueuer where entrypoint = $1"
    assert await database.pool.fetchval(due, SEND_MANY)
