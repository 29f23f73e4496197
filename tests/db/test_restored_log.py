"""A log restored from a dump into another cluster: nothing of it vanishes or comes back as new."""

from uuid import uuid4

import asyncpg
import pytest

from callcenter.db.database import Database
from callcenter.db.events import newest, read_after, record
from callcenter.db.restored import put_restored_log_in_order
from tests.conftest import Server
from tests.db.cast import Ticked, with_control

# As pg_restore writes them: with the ids that another cluster gave, the last far ahead of ours.
RESTORED = """
insert into events (xid, id, kind, actor, roles, facts)
values ($1, $2, 'test.ticked', 'x', '{agent}', jsonb_build_object('number', $3::int))
"""
OLD_XIDS = [500, 4_000_000_001, 4_000_000_000]


async def restore(owner: asyncpg.Connection) -> None:
    for number, xid in enumerate(OLD_XIDS):
        await owner.execute(RESTORED, xid, uuid4(), number)


async def numbers(database: Database, cursor: str) -> list[int]:
    async with database.reading() as tx:
        return [event.facts["number"] for event in await read_after(tx.connection, cursor, 100)]


@with_control(never_looked={"control": True})
async def test_a_restored_log_is_whole_and_what_is_new_comes_after_it(
    database: Database, owner: asyncpg.Connection, server: Server, dbname: str, never_looked: bool
) -> None:
    await restore(owner)
    if not never_looked:
        assert await put_restored_log_in_order(server.owner_dsn(dbname))
    assert await numbers(database, "0-0") == [0, 1, 2]
    async with database.reading() as tx:
        end = await newest(tx.connection)
    async with database.transaction() as tx:
        await record(tx, Ticked(number=3), actor="x")
    assert await numbers(database, end) == [3]


async def test_it_stays_append_only_and_is_put_in_order_once(
    owner: asyncpg.Connection, server: Server, dbname: str
) -> None:
    await restore(owner)
    assert await put_restored_log_in_order(server.owner_dsn(dbname))
    assert not await put_restored_log_in_order(server.owner_dsn(dbname))
    with pytest.raises(asyncpg.RaiseError, match="append-only"):
        await owner.execute("update events set actor = 'y'")


async def test_our_own_log_is_left_as_it_is(
    database: Database, owner: asyncpg.Connection, server: Server, dbname: str
) -> None:
    async with database.transaction() as tx:
        await record(tx, Ticked(number=1), actor="x")
    before = await owner.fetch("select xid::text, seq from events")
    async with database.transaction() as late:
        await record(late, Ticked(number=2), actor="x")
        assert not await put_restored_log_in_order(server.owner_dsn(dbname))
    assert (await owner.fetch("select xid::text, seq from events"))[: len(before)] == before
