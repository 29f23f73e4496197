"""Is it alive, is it ready, how is it doing: for the machine that watches, without a sign-in."""

from typing import Literal

from aiohttp import web
from pydantic import BaseModel

from callcenter.db import migrations
from callcenter.db.database import Database
from callcenter.db.events import SQL as DB_SQL
from callcenter.db.retry import RETRYABLE
from callcenter.web.call import Call
from callcenter.web.feed_hub import FeedHub
from callcenter.web.metrics import METRICS
from callcenter.web.permission import Permission
from callcenter.web.repository import SQL
from callcenter.web.routes import Routes

routes = Routes(tags=["health"])

WORKER_SEEN_WITHIN_S = 10.0
PUBLIC = Permission.PUBLIC


class Readiness(BaseModel):
    """Ready when the database answers and is migrated and this process's feed reads on; a silent
    worker is told, not hidden."""

    ready: bool
    database: Literal["reachable", "away"]
    migrations: Literal["current", "behind", "unknown"]
    feed: Literal["alive", "silent"]
    worker: Literal["alive", "silent", "unknown"]
    queue_age_s: float | None = None
    jobs_parked: int | None = None


@routes.get("/healthz", permission=PUBLIC, transaction=False)
async def healthz(call: Call) -> web.StreamResponse:
    """The process answers."""
    return web.Response(text="ok\n")


@routes.get("/readyz", permission=PUBLIC, transaction=False)
async def readyz(call: Call) -> web.StreamResponse:
    """The database is there and current, the feed reads on; whether a worker beats and how long
    jobs wait."""
    found = await _measured(call)
    return web.Response(
        body=found.model_dump_json().encode(),
        status=200 if found.ready else 503,
        content_type="application/json",
    )


@routes.get("/metrics", permission=PUBLIC, transaction=False)
async def metrics(call: Call) -> web.StreamResponse:
    """For Prometheus."""
    await _measured(call)
    text = call.request.config_dict[METRICS].text()
    headers = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
    return web.Response(body=text, headers=headers)


async def _measured(call: Call) -> Readiness:
    found = await readiness(call.database, call.part(FeedHub))
    counters = call.request.config_dict[METRICS]
    counters.queue_age.set(found.queue_age_s or 0)
    counters.jobs_parked.set(found.jobs_parked or 0)
    counters.worker_alive.set(found.worker == "alive")
    counters.feed_alive.set(found.feed == "alive")
    return found


async def readiness(database: Database, hub: FeedHub) -> Readiness:
    """One look at the database and the feed; never raises for the database's absence."""
    feed: Literal["alive", "silent"] = "alive" if hub.is_alive() else "silent"
    not_ready = Readiness(
        ready=False, database="away", migrations="unknown", feed=feed, worker="unknown"
    )
    try:
        async with database.reading() as tx:
            revision = await migrations.current(tx.connection)
            if revision != migrations.head():
                return not_ready.model_copy(
                    update={"database": "reachable", "migrations": "behind"}
                )
            seen = await DB_SQL.worker_seen(tx.connection, within_s=WORKER_SEEN_WITHIN_S)
            age = await SQL.queue_age_s(tx.connection)
            parked = await DB_SQL.count_parked_jobs(tx.connection)
    except RETRYABLE:
        return not_ready
    return Readiness(
        ready=feed == "alive",
        database="reachable",
        migrations="current",
        feed=feed,
        worker="alive" if seen else "silent",
        queue_age_s=age,
        jobs_parked=parked,
    )
