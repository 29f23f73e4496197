"""The worker process: reactions, timers and errands, until it is told to stop."""

import asyncio
import signal
from functools import partial

import structlog

from callcenter.calls.reactions import lose_silent
from callcenter.composition import (
    all_subscriptions,
    all_work,
    message_follower,
    renderer,
    text_reader,
    unsubscribe_links,
)
from callcenter.customers.by_file.keeping import forget_imported
from callcenter.customers.tiers import service as tiers
from callcenter.db.database import Database
from callcenter.db.jobs import Work, Worker, purge_jobs
from callcenter.db.recurring import recurring
from callcenter.messages import receipts
from callcenter.messages.carriers import carriers_of
from callcenter.outbound.due.service import rescore_tonight
from callcenter.outbound.keeping import keep_outbound
from callcenter.outbound.surveys.silence import end_the_late, give_back_silent
from callcenter.routing.keep_network import kept_network
from callcenter.routing.watchdog import keep_watch
from callcenter.settings import Settings
from callcenter.staff import service as staff
from callcenter.staff.parked_jobs import tell_of_parked_jobs
from callcenter.stations.bookings import service as bookings
from callcenter.telephony.agent_phones.door import spool_of
from callcenter.telephony.recordings.leftovers import take_in_leftovers
from callcenter.telephony.recordings.retention import forget_plays, keep_by_rule
from callcenter.web import idempotency, installation
from callcenter.web.links import SignedLinks

log = structlog.get_logger()
WORKER_CONNECTIONS = 12
BOOKINGS_EVERY_S = 600.0
PURGE_EVERY_S = 3600.0
TAKE_IN_EVERY_S = 60.0
DUE_EVERY_S = 600.0
TIERS_EVERY_S = 900.0
SURVEYS_EVERY_S = 30.0


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; what is under way is finished."""
    database = await Database.open(
        settings.database_dsn, subscriptions=all_subscriptions(), max_size=WORKER_CONNECTIONS
    )
    try:
        installed = await database.run(installation.ensure)
        links = SignedLinks(installed.link_key)
        reader = text_reader(settings, links)
        ended = unsubscribe_links(settings, links)
        lines = carriers_of(settings.senders, database, message_follower(), reader, ended)
        async with lines as carriers:
            await _work(database, settings, links, all_work(settings, links, carriers))
    finally:
        await database.close()


async def _work(database: Database, settings: Settings, links: SignedLinks, work: Work) -> None:
    worker = Worker(
        database,
        work,
        heartbeat_timeout_s=settings.jobs.heartbeat_timeout_s,
        poll_s=settings.jobs.poll_s,
    )
    loop = asyncio.get_running_loop()
    for stop in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(stop, worker.stop)
    beside = [
        asyncio.create_task(keep_seats(database, settings)),
        asyncio.create_task(watch(database, settings)),
        asyncio.create_task(purge(database)),
        asyncio.create_task(keep_recordings(database, settings)),
        asyncio.create_task(keep_tiers(database)),
        asyncio.create_task(keep_surveys(database)),
        asyncio.create_task(keep_outbound(database, settings.outbound, renderer(settings, links))),
        asyncio.create_task(keep_due_dates(database)),
        asyncio.create_task(keep_bookings(database)),
    ]
    log.info("worker_ready")
    async with kept_network(database):
        await worker.run()
    for task in beside:
        task.cancel()
    await asyncio.gather(*beside, return_exceptions=True)


async def watch(database: Database, settings: Settings) -> None:
    """Until cancelled: a rescue without a next step is mended; a job that was given up, or fails
    without an end, is told to a person."""
    look_for_rescues = partial(keep_watch, database, settings.routing)
    look_for_jobs = partial(database.run, tell_of_parked_jobs)
    every_s = settings.jobs.watchdog_s
    # After a start the timers that came due meanwhile go first.
    await asyncio.sleep(every_s)
    await asyncio.gather(
        recurring("rescue_watch", look_for_rescues, pause_s=every_s),
        recurring("job_watch", look_for_jobs, pause_s=every_s),
    )


async def keep_seats(database: Database, settings: Settings) -> None:
    """Until cancelled: an agent whose browser is gone is out of the queue."""
    lose = partial(lose_silent, database, settings.queue)
    await recurring("seats", lose, pause_s=settings.queue.look_every_s)


async def keep_recordings(database: Database, settings: Settings) -> None:
    """Until cancelled: what a killed process left is taken in, what is past its time goes."""
    data_dir = settings.data_dir
    take_in = partial(take_in_leftovers, database, spool_of(data_dir), data_dir)
    by_rule = partial(keep_by_rule, database, data_dir)
    await asyncio.gather(
        recurring("recordings_left_over", take_in, pause_s=TAKE_IN_EVERY_S),
        recurring("recordings_by_rule", by_rule, pause_s=PURGE_EVERY_S),
    )


async def keep_tiers(database: Database) -> None:
    """Until cancelled: once in a night every owner's tier is looked at by the rules."""
    look = partial(database.run, tiers.apply_by_night)
    await recurring("tiers", look, pause_s=TIERS_EVERY_S)


async def keep_surveys(database: Database) -> None:
    """Until cancelled: the places of those who fell silent are others' again."""
    await asyncio.gather(
        recurring("survey_places", partial(give_back_silent, database), pause_s=SURVEYS_EVERY_S),
        recurring("survey_ends", partial(end_the_late, database), pause_s=SURVEYS_EVERY_S),
    )


async def keep_due_dates(database: Database) -> None:
    """Until cancelled: once in a night all cars are scored anew."""
    await recurring("due_dates", partial(rescore_tonight, database), pause_s=DUE_EVERY_S)


async def keep_bookings(database: Database) -> None:
    """Until cancelled: what no workshop has closed until the end of the day after is missed."""
    close = partial(database.run, bookings.close_left_open)
    await recurring("bookings", close, pause_s=BOOKINGS_EVERY_S)


async def purge(database: Database) -> None:
    """Until cancelled: every hour, forget what nobody will ask for again."""
    loops = {
        "answers": idempotency.purge,
        "sessions": staff.purge,
        "jobs": purge_jobs,
        "receipts": receipts.purge,
        "plays": forget_plays,
    }
    await asyncio.gather(
        *(
            recurring(f"purge_{name}", partial(database.run, forget), pause_s=PURGE_EVERY_S)
            for name, forget in loops.items()
        ),
        recurring("purge_imports", partial(forget_imported, database), pause_s=PURGE_EVERY_S),
    )
