"""PostgreSQL killed with -9 under load: nothing acknowledged is lost, and all goes on by itself."""

import asyncio
import os
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import aiohttp
import asyncpg
import pytest

from callcenter.composition import all_subscriptions
from callcenter.db import migrations
from callcenter.db.database import Database
from callcenter.db.embedded import EmbeddedPostgres
from callcenter.places.intake import Intake
from tests.races.invariants import violations
from tests.races.sabotage import CONTROL
from tests.service import (
    Client,
    Refused,
    Service,
    confirm_place,
    eventually,
    offer_for,
    open_rescue,
    running,
)

CALLERS = 6
ENQUIRY = {"kind": "enquiry", "caller_phone": "13800138000"}

# The control: a commit is answered before it is on disk.
FORGETFUL = (
    "checkpoint",
    "alter role callcenter set synchronous_commit = off",
    "alter system set wal_writer_delay = '10s'",
    "alter system set wal_writer_flush_after = '1GB'",
    "select pg_reload_conf()",
)


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cc-kill-") as name:
        yield Path(name)


@asynccontextmanager
async def durable_service(
    folder: Path, intake: Intake
) -> AsyncIterator[tuple[Service, EmbeddedPostgres]]:
    postgres = EmbeddedPostgres(folder)
    await postgres.start()
    try:
        await migrations.upgrade(postgres.owner_dsn(), postgres.app_role)
        database = await Database.open(postgres.app_dsn(), subscriptions=all_subscriptions())
        try:
            async with running(database, intake) as service:
                yield service, postgres
        finally:
            await database.close()
    finally:
        await postgres.stop()


async def make_forgetful(service: Service, postgres: EmbeddedPostgres) -> None:
    owner = await asyncpg.connect(postgres.owner_dsn())
    for statement in FORGETFUL:
        await owner.execute(statement)
    await owner.close()
    await service.database.pool.expire_connections()


async def acknowledged(client: Client, body: object) -> tuple[str, str]:
    """Sends until it is answered, always with the same key, as a good client does."""
    key = str(uuid4())
    async with asyncio.timeout(40):
        while True:
            try:
                ticket = await client.post("/api/v1/tickets", body, key=key)
                return ticket["id"], ticket["number"]
            except Refused as refusal:
                if refusal.status not in (409, 503):
                    raise
            except (aiohttp.ClientError, TimeoutError):
                pass
            await asyncio.sleep(0.1)


async def crash(postgres: EmbeddedPostgres) -> None:
    """-9, and until the server that takes its place answers."""
    before = postgres.restarts
    os.kill(postgres.pid, signal.SIGKILL)
    while postgres.restarts == before:
        await asyncio.sleep(0.02)


async def call_and_kill(
    service: Service, postgres: EmbeddedPostgres, tickets: int, kills: int
) -> dict[str, str]:
    """So many tickets, the server killed so often among them: the numbers that were answered."""
    agent = await service.agent()
    known: dict[str, str] = {}
    to_come = iter(range(tickets))

    async def caller() -> None:
        for _ in to_come:
            ticket_id, number = await acknowledged(agent, ENQUIRY)
            known[ticket_id] = number

    async with asyncio.TaskGroup() as calling:
        for _ in range(CALLERS):
            calling.create_task(caller())
        for kill in range(1, kills + 1):
            while len(known) < tickets * kill // (kills + 1):
                await asyncio.sleep(0.005)
            await crash(postgres)
    return known


async def all_there(service: Service, known: dict[str, str], tickets: int) -> None:
    """Each number that was answered, and nothing twice."""
    async with service.database.transaction() as tx:
        rows = await tx.connection.fetch("select id::text, number from tickets")
        facts = await tx.connection.fetchval(
            "select count(distinct ticket_id) from events where kind = 'ticket.opened'"
        )
    there = {row["id"]: row["number"] for row in rows}
    lost = {ticket_id for ticket_id in known if there.get(ticket_id) != known[ticket_id]}
    assert lost == set()
    assert len(set(known.values())) == tickets, "no number is given twice"
    assert len(there) == tickets, "a retry with the same key opens no second ticket"
    assert facts == tickets


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "forgetful",
    [
        pytest.param(False, id="durable"),
        # Commits are answered before they are on disk.
        pytest.param(True, id="control", marks=CONTROL),
    ],
)
async def test_every_acknowledged_ticket_is_there(folder: Path, intake: Intake, forgetful: bool):
    async with durable_service(folder, intake) as (service, postgres):
        if forgetful:
            await make_forgetful(service, postgres)
        await all_there(service, await call_and_kill(service, postgres, 150, kills=2), 150)


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_every_acknowledged_ticket_is_there_after_ten_crashes(folder: Path, intake: Intake):
    async with durable_service(folder, intake) as (service, postgres):
        await all_there(service, await call_and_kill(service, postgres, 5_000, kills=10), 5_000)


async def bring_the_deadline_near(service: Service) -> None:
    """The clock of the one open offer runs out in a moment, not in 45 s."""
    async with service.database.transaction() as tx:
        await tx.connection.execute(
            "update offers set expires_at = now() + interval '2 s' where state = 'offered'"
        )
        await tx.connection.execute(
            "update pgqueuer set execute_after = now() + interval '2 s' "
            "where entrypoint = 'routing.expire_offer'"
        )


async def test_the_rescue_under_way_goes_on(folder: Path, intake: Intake):
    async with durable_service(folder, intake) as (service, postgres):
        agent = await service.agent()
        near, next_ = await service.station("NEAR", 1), await service.station("NEXT", 5)
        ticket = await open_rescue(agent)
        await confirm_place(agent, ticket["id"])
        await offer_for(near, ticket["id"])
        await bring_the_deadline_near(service)
        await crash(postgres)
        # Nobody answers: the clock of the first offer runs out during the crash or after it.

        async def asked_next() -> object:
            try:
                page = await next_.get("/api/v1/offers", open="true")
            except (Refused, aiohttp.ClientError):
                return None
            return page["items"]

        (offer,) = await eventually(asked_next, within_s=40)
        await next_.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 20})
        async with service.database.reading() as tx:
            assert await violations(tx.connection) == []
