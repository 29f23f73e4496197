"""The worker process: reactions, timers and errands, until it is told to stop."""

import asyncio
import signal

import structlog

from callcenter.composition import all_subscriptions, all_work
from callcenter.db.database import Database
from callcenter.db.jobs import Worker, purge_jobs
from callcenter.db.retry import RETRYABLE
from callcenter.routing.watchdog import keep_watch
from callcenter.settings import Settings
from callcenter.staff import service as staff
from callcenter.staff.parked_jobs import tell_of_parked_jobs
from callcenter.web import idempotency, installation
from callcenter.web.links import SignedLinks

log = structlog.get_logger()
WORKER_CONNECTIONS = 12
PURGE_EVERY_S = 3600.0


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; what is under way is finished."""
    database = await Database.open(
        settings.database_dsn, subscriptions=all_subscriptions(), max_size=WORKER_CONNECTIONS
    )
    try:
        installed = await database.run(installation.ensure)
        worker = Worker(
            database,
            all_work(settings, SignedLinks(installed.link_key)),
            heartbeat_timeout_s=settings.jobs.heartbeat_timeout_s,
            poll_s=settings.jobs.poll_s,
        )
        loop = asyncio.get_running_loop()
        for stop in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(stop, worker.stop)
        beside = [
            asyncio.create_task(_watch(database, settings)),
            asyncio.create_task(_purge(database)),
        ]
        log.info("worker_ready")
        await worker.run()
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
    finally:
        await database.close()


async def _watch(database: Database, settings: Settings) -> None:
    """A rescue without a next step is mended; a job that was given up is told to a person."""
    while True:
        await asyncio.sleep(settings.jobs.watchdog_s)
        try:
            await keep_watch(database, settings.routing)
            await database.run(tell_of_parked_jobs)
        except RETRYABLE as failure:
            log.warning("watchdog_missed", error=str(failure))


async def _purge(database: Database) -> None:
    """Every hour, forget what nobody will ask for again."""
    while True:
        for purge in (idempotency.purge, staff.purge, purge_jobs):
            try:
                await database.run(purge)
            except RETRYABLE as failure:
                log.warning("purge_missed", error=str(failure))
        await asyncio.sleep(PURGE_EVERY_S)
