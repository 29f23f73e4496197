"""A worker process that is killed with -9 at one step of one job. The saboteur lives here only."""

import asyncio
import os
import signal
from typing import Any

from callcenter.composition import all_subscriptions, all_work
from callcenter.db import jobs
from callcenter.db.database import Database
from callcenter.db.jobs import Work, Worker
from callcenter.messages import service as messages
from callcenter.messages.model import Channel, Inbox, Message
from callcenter.settings import RoutingSettings, Settings
from callcenter.web import installation
from callcenter.web.links import SignedLinks

SETTINGS = Settings(routing=RoutingSettings(offer_lifetime_s=600, acceptance_deadline_s=600))
POINTS = ("before", "inside", "after")
"""Before the job's transaction, in it with the work done, behind its commit."""


def die() -> None:
    """As a power cut does it."""
    os.kill(os.getpid(), signal.SIGKILL)


class DeadlyCarrier(Inbox):
    """Takes the message; the process dies before it can say so."""

    async def send(self, message: Message) -> None:
        await super().send(message)
        die()


def doomed(work: Work, name: str, point: str) -> Work:
    """The same work, but this step kills."""
    act: Any = work.reactions.get(name) or work.timers.get(name) or work.errands[name]

    async def dies(given: Any, told: Any) -> None:
        if point == "before":
            die()
        await act(given, told)
        if point == "inside":
            die()

    errands = dict(work.errands)
    if name in errands:
        act = messages.sender({channel: DeadlyCarrier() for channel in Channel})
        if point == "after":
            act = errands[name]
        errands[name] = dies
    return Work(
        reactions={n: dies if n == name else one for n, one in work.reactions.items()},
        timers={n: dies if n == name else one for n, one in work.timers.items()},
        errands=errands,
    )


def run(dsn: str, name: str, point: str) -> None:
    """The process: works like any worker until it reaches its step."""
    if point == "after":
        run_job = jobs.run_job

        async def dies_afterwards(database: Database, work: Work, job: str, told: Any) -> None:
            await run_job(database, work, job, told)
            if job == name:
                die()

        jobs.run_job = dies_afterwards  # type: ignore[assignment]
    asyncio.run(_work(dsn, name, point))


async def _work(dsn: str, name: str, point: str) -> None:
    database = await Database.open(dsn, subscriptions=all_subscriptions(), min_size=1, max_size=6)
    installed = await database.run(installation.ensure)
    work = all_work(SETTINGS, SignedLinks(installed.link_key))
    await Worker(database, doomed(work, name, point), heartbeat_timeout_s=1, poll_s=0.1).run()
