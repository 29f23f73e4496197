"""A worker process that is killed with -9 at one step of its work. The saboteur lives here only."""

import asyncio
import os
import signal
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import FunctionType
from typing import Any
from urllib.parse import urlsplit

from callcenter import worker
from callcenter.composition import all_subscriptions, all_work
from callcenter.db import database as database_module
from callcenter.db import jobs
from callcenter.db.database import Database
from callcenter.db.jobs import Work, Worker
from callcenter.db.transaction import Tx
from callcenter.messages.many import SEND_MANY
from callcenter.messages.model import Channel, Inbox, Message
from callcenter.messages.sending import sender
from callcenter.outbound import keeping
from callcenter.outbound.campaigns import first_touches
from callcenter.outbound.due import service as due_dates
from callcenter.routing import push_offer, travel
from callcenter.settings import (
    GeocodingSettings,
    JobSettings,
    PushSettings,
    RoutingSettings,
    Settings,
    TravelSettings,
)
from callcenter.stations.push.key import ensure_key
from callcenter.stations.push.sending import Outcome, PushSender
from callcenter.web import installation
from callcenter.web.links import SignedLinks

# On a machine that is busy with other tests what is slow is not dead.
database_module.ACQUIRE_TIMEOUT_S = database_module.COMMAND_TIMEOUT_S = 30.0

# The night begins at midnight: a test may run at one.
due_dates.FROM_HOUR = 0

SETTINGS = Settings(
    routing=RoutingSettings(
        offer_lifetime_s=600,
        acceptance_deadline_s=600,
        # Nobody listens there: the distance decides.
        travel=TravelSettings(url="http://127.0.0.1:9"),
    ),
    # Nobody listens there: what is kept of its answers is found.
    geocoding=GeocodingSettings(provider="photon", domain="127.0.0.1:9", scheme="http"),
    jobs=JobSettings(watchdog_s=0.1),
    push=PushSettings(allow_loopback=True),
)
WITHOUT_ROUTER = SETTINGS.model_copy(
    update={"routing": SETTINGS.routing.model_copy(update={"travel": TravelSettings()})}
)
"""For the way to a step: there the ladder asks at once."""
SENDING = ("messages.send", SEND_MANY)


def with_tables(settings: Settings, tables: Path) -> Settings:
    """The tables of known places are made already; to make them would take a worker seconds."""
    ensure_key(tables)
    return settings.model_copy(update={"data_dir": tables})


CAMPAIGN_RUNS = "campaign_runs"
TO_THE_SECOND_SLICE = 5
"""What is due, what was left half-begun, the run, what it leaves, the touch of one owner."""
POINTS = ("before", "inside", "after")
"""Before the step's transaction, in it with the work done, behind its commit."""

Turn = Callable[[], Awaitable[object]]


def die() -> None:
    """As a power cut does it."""
    os.kill(os.getpid(), signal.SIGKILL)


class DeadlyCarrier(Inbox):
    """Takes the message; the process dies before it can say so."""

    async def send(self, message: Message) -> Sequence[str]:
        await super().send(message)
        die()
        return ()


class DeadlyCommit(Database):
    """The process dies with the work done and not yet committed: the first, or behind so many."""

    behind = 0

    async def run(self, work: Callable[[Tx], Awaitable[Any]], **how: Any) -> Any:
        if self.behind > 0:
            self.behind -= 1
            return await super().run(work, **how)

        async def dies(tx: Tx) -> None:
            await work(tx)
            die()

        return await super().run(dies, **how)


def doomed(work: Work, name: str, point: str) -> Work:
    """The same work, but this job kills."""
    act: Any = work.reactions.get(name) or work.timers.get(name) or work.errands[name]

    async def dies(given: Any, told: Any) -> None:
        if point == "before":
            die()
        await act(given, told)
        if point == "inside":
            die()

    errands = dict(work.errands)
    if name in errands:
        act = errands[name]
        if point == "inside" and name in SENDING:
            act = sender({channel: DeadlyCarrier() for channel in Channel})
        if point == "inside" and name == travel.MEASURE_AND_ASK:
            travel.travel_seconds = dies_while_measuring  # type: ignore[assignment]
        if point == "inside" and name == push_offer.PUSH_OFFER:
            PushSender.send = dies_while_pushing  # type: ignore[method-assign]
        errands[name] = dies
    return replace(
        work,
        reactions={n: dies if n == name else one for n, one in work.reactions.items()},
        timers={n: dies if n == name else one for n, one in work.timers.items()},
        errands=errands,
    )


async def dies_while_measuring(*_: Any, **__: Any) -> list[float | None]:
    """The router is being asked."""
    die()
    return []


async def dies_while_pushing(*_: Any, **__: Any) -> Outcome:
    """The push service has it; the process dies before it can say so."""
    die()
    return Outcome.SENT


def data_dir_of(database: Database) -> Path:
    """A data directory of this database alone: what lies in it has its row here or nowhere."""
    name = urlsplit(database.dsn).path.strip("/")
    return Path(tempfile.gettempdir()) / f"doomed-{os.getuid()}-{name}"


async def turns(database: Database) -> dict[str, Turn]:
    """What the worker does beside its jobs, again and again: one turn of each loop by its name."""
    found: dict[str, Turn] = {}

    async def keep(name: str, turn: Turn, *, pause_s: float) -> None:
        found[name] = turn

    # Copies of the functions, whose loops are kept instead of begun.
    instead = {**vars(worker), "recurring": keep}
    await FunctionType(worker.watch.__code__, instead)(database, SETTINGS)
    await FunctionType(worker.keep_seats.__code__, instead)(database, SETTINGS)
    await FunctionType(worker.purge.__code__, instead)(database)
    await FunctionType(worker.keep_tiers.__code__, instead)(database)
    await FunctionType(worker.keep_surveys.__code__, instead)(database)
    await FunctionType(worker.keep_bookings.__code__, instead)(database)
    await FunctionType(worker.keep_due_dates.__code__, instead)(database)
    await _audiences(database, keep)
    own = SETTINGS.model_copy(update={"data_dir": data_dir_of(database)})
    await FunctionType(worker.keep_recordings.__code__, instead)(database, own)
    return found


async def _audiences(database: Database, keep: Callable[..., Awaitable[None]]) -> None:
    """Of outbound's loops the audiences' and the runs': the others are killed in storms of their
    own."""

    async def keep_some(name: str, turn: Turn, *, pause_s: float) -> None:
        if name in ("audience_cars", CAMPAIGN_RUNS):
            await keep(name, turn, pause_s=pause_s)

    instead = {**vars(keeping), "recurring": keep_some}
    loops = FunctionType(keeping.keep_outbound.__code__, instead)
    await loops(database, SETTINGS.outbound, None)


def run(dsn: str, tables: Path, name: str, point: str) -> None:
    """The process: works like any worker until it reaches its step."""
    asyncio.run(_work(dsn, tables, name, point))


async def _work(dsn: str, tables: Path, name: str, point: str) -> None:
    database = await Database.open(dsn, subscriptions=all_subscriptions(), min_size=1, max_size=6)
    if name in await turns(database):
        await _turn(database, name, point)
        return
    if point == "after":
        _die_behind(name)
    installed = await database.run(installation.ensure)
    work = all_work(with_tables(SETTINGS, tables), SignedLinks(installed.link_key))
    await Worker(database, doomed(work, name, point), heartbeat_timeout_s=1, poll_s=0.1).run()


async def _turn(database: Database, name: str, point: str) -> None:
    if point == "before":
        die()
    if point == "inside":
        database = DeadlyCommit(database.pool, database.dsn, database.subscriptions)
        if name == CAMPAIGN_RUNS:
            # An owner has his touch, the next has not.
            first_touches.AT_ONCE, database.behind = 1, TO_THE_SECOND_SLICE
    await (await turns(database))[name]()
    if point == "after":
        die()


def _die_behind(name: str) -> None:
    run_job = jobs.run_job

    async def dies_afterwards(database: Database, work: Work, job: str, told: Any) -> None:
        await run_job(database, work, job, told)
        if job == name:
            die()

    jobs.run_job = dies_afterwards  # type: ignore[assignment]
