"""For the machine that watches."""

import asyncio
from typing import Any

import asyncpg
import pytest

from callcenter.db.database import Database
from callcenter.web.call import Call
from callcenter.web.feed_hub import HUB
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import WireModel

routes = Routes()


class Told(WireModel):
    number: int


@routes.get("/api/v1/number", permission=Permission.PUBLIC)
async def number(call: Call) -> Told:
    """Ask the database."""
    return Told(number=await call.tx.connection.fetchval("select 1"))


async def test_alive_ready_measured(serve: Any, owner: asyncpg.Connection) -> None:
    client = await serve(routes)
    assert (await client.get("/healthz")).status == 200
    answer = await client.get("/readyz")
    ready = await answer.json()
    assert (answer.status, ready["ready"], ready["worker"]) == (200, True, "silent")
    await owner.execute("insert into worker_heartbeats (worker_id) values (gen_random_uuid())")
    assert (await (await client.get("/readyz")).json())["worker"] == "alive"
    await client.get("/api/v1/number")
    text = await (await client.get("/metrics")).text()
    assert 'callcenter_request_seconds_count{method="GET",route="/api/v1/number"' in text
    assert "callcenter_worker_alive 1.0" in text


async def test_an_old_schema_is_not_ready(serve: Any, owner: asyncpg.Connection) -> None:
    client = await serve()
    await owner.execute("update alembic_version set version_num = '0001'")
    answer = await client.get("/readyz")
    assert (answer.status, (await answer.json())["migrations"]) == (503, "behind")


async def test_a_database_that_is_away(
    serve: Any, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("callcenter.db.database.RETRY_BUDGET_S", 0.3)
    monkeypatch.setattr("callcenter.db.database.ACQUIRE_TIMEOUT_S", 0.1)
    client = await serve(routes)
    pool = database.pool
    async with asyncio.timeout(60):
        await client.app[HUB].ready.wait()
        held = [await pool.acquire() for _ in range(pool.get_max_size() - 1)]
        try:
            answer = await client.get("/api/v1/number")
            problem = await answer.json(content_type="application/problem+json")
            assert (answer.status, problem["code"]) == (503, "database_away")
            assert int(answer.headers["Retry-After"]) > 0
            assert (await client.get("/readyz")).status == 503
            assert (await client.get("/healthz")).status == 200
        finally:
            for connection in held:
                await pool.release(connection)
    monkeypatch.undo()
    assert (await client.get("/api/v1/number")).status == 200
