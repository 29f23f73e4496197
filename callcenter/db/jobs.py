"""What the worker runs: reactions to events, timers, and errands that speak to the network.

Reactions and timers act in one transaction, once per key. An errand opens its own
transactions, claims before it calls out, and must bear being run again.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import structlog
from pgqueuer import PgQueuer, RetryRequested
from pgqueuer.domain.models import Job as QueuedJob

from callcenter.db.database import Database
from callcenter.db.events import SQL, Fact, StoredEvent, event_of
from callcenter.db.recurring import recurring
from callcenter.db.retry import RETRYABLE
from callcenter.db.transaction import Subscriptions, Tx
from callcenter.ids import new_id

log = structlog.get_logger()

Reaction = Callable[[Tx, StoredEvent], Awaitable[None]]
Timer = Callable[[Tx, dict[str, Any]], Awaitable[None]]
Errand = Callable[[Database, dict[str, Any]], Awaitable[None]]

TRIES = 8
NO_LIMIT = 0
BEAT_EVERY_S = 2.0


@dataclass(frozen=True)
class Work:
    """All a worker can do. Names are "room.verb" and, once landed, never change.

    `at_once`: of jobs of that name no more than so many run at a time, over all workers; the others
    wait in the queue, not in a worker's memory, and hold up nobody.
    """

    reactions: Mapping[str, Reaction] = field(default_factory=dict)
    timers: Mapping[str, Timer] = field(default_factory=dict)
    errands: Mapping[str, Errand] = field(default_factory=dict)
    at_once: Mapping[str, int] = field(default_factory=dict)

    def names(self) -> list[str]:
        """Every job name, sorted: the crash tests walk this list."""
        return sorted([*self.reactions, *self.timers, *self.errands])


def subscriptions(table: Mapping[type[Fact], Sequence[str]]) -> Subscriptions:
    """Fact class -> reaction names, as the event log wants it: by kind."""
    return {fact.kind: tuple(names) for fact, names in table.items()}


async def run_job(database: Database, work: Work, name: str, payload: dict[str, Any]) -> None:
    """One job, as the queue hands it over: {"key", "payload"}."""
    key, body = payload["key"], payload["payload"]
    if errand := work.errands.get(name):
        await errand(database, body)
        return

    async def once(tx: Tx) -> None:
        if await SQL.claim_done(tx.connection, key=key) is None:
            return
        if reaction := work.reactions.get(name):
            await reaction(tx, event_of(body))
        else:
            await work.timers[name](tx, body)

    await database.run(once)


async def purge_jobs(tx: Tx) -> None:
    """Forget jobs done a week ago, and yesterday's log of the queue."""
    await SQL.purge_done(tx.connection)
    await SQL.purge_queue_log(tx.connection)


class Worker:
    """Takes due jobs, and comes back whenever its connection dies."""

    def __init__(
        self, database: Database, work: Work, *, heartbeat_timeout_s: float, poll_s: float
    ) -> None:
        self.database = database
        self.work = work
        self.heartbeat_timeout = timedelta(seconds=heartbeat_timeout_s)
        self.poll = timedelta(seconds=poll_s)
        self.id: UUID = new_id()
        self._queue: PgQueuer | None = None
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Finish what is under way, take nothing new."""
        self._stopping.set()
        if self._queue:
            self._queue.shutdown.set()

    async def run(self) -> None:
        """Until `stop`; a dead connection costs a pause of half a second."""
        beating = asyncio.create_task(recurring("heartbeat", self._beat, pause_s=BEAT_EVERY_S))
        try:
            while not self._stopping.is_set():
                try:
                    await self._take_jobs()
                # Whatever ended the queue's loop, jobs must go on.
                except Exception as failure:
                    log.warning("worker_connection_lost", error=str(failure))
                    await asyncio.sleep(0.5)
        finally:
            beating.cancel()

    async def _take_jobs(self) -> None:
        connection = await asyncpg.connect(self.database.dsn, timeout=2, command_timeout=10)
        try:
            queue = PgQueuer.from_asyncpg_connection(connection)
            for name in self.work.names():
                most = self.work.at_once.get(name, NO_LIMIT)
                queue.entrypoint(name, concurrency_limit=most)(self._runner(name))
            self._queue = queue
            if self._stopping.is_set():
                return
            await queue.run(
                dequeue_timeout=self.poll,
                batch_size=50,
                heartbeat_timeout=self.heartbeat_timeout,
                shutdown_on_listener_failure=True,
            )
        finally:
            self._queue = None
            connection.terminate()

    def _runner(self, name: str) -> Callable[[QueuedJob], Awaitable[None]]:
        async def runner(job: QueuedJob) -> None:
            payload = json.loads(job.payload or b"{}")
            try:
                await run_job(self.database, self.work, name, payload)
            # Every failure is either tried again or parked where a person sees it.
            except Exception as failure:
                await self._retry_or_park(name, payload, job.attempts, failure)
            # The queue forgets what is cancelled under way, and we may be going down with it.
            except asyncio.CancelledError as cut:
                raise RetryRequested(delay=timedelta(0), reason="cancelled") from cut

        return runner

    async def _retry_or_park(
        self, name: str, payload: dict[str, Any], attempts: int, failure: Exception
    ) -> None:
        log.warning("job_failed", job=name, attempts=attempts, error=repr(failure))
        delay = timedelta(seconds=min(0.25 * 2 ** min(attempts, 8), 30))
        # What may pass by itself is tried for ever; db.parked tells when it goes on for long.
        if attempts < TRIES or isinstance(failure, RETRYABLE):
            raise RetryRequested(delay=delay, reason=repr(failure)) from failure
        try:
            async with self.database.transaction() as tx:
                await SQL.park_job(
                    tx.connection,
                    id=new_id(),
                    name=name,
                    key=payload["key"],
                    payload=json.dumps(payload["payload"]),
                    error=repr(failure),
                )
        # The queue drops a job whose runner fails: one that cannot be parked stays in it.
        except Exception as parking:
            raise RetryRequested(delay=delay, reason=repr(parking)) from parking

    async def _beat(self) -> None:
        async with self.database.transaction() as tx:
            await SQL.beat(tx.connection, worker_id=self.id)
            await SQL.forget_old_workers(tx.connection)
