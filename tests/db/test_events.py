"""The log's order: whoever reads on from where he was misses nothing and hears nothing twice."""

import asyncio
import random
from contextlib import suppress
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from callcenter.db.database import Database
from callcenter.db.events import newest, read_after, record
from callcenter.db.transaction import Tx
from tests.db.cast import Ticked, with_control
from tests.service import eventually

WITHOUT_THE_HORIZON = "create or replace view settled_events as select * from events"
BY_NUMBER_ALONE = """
create or replace view settled_events as
select seq, '3'::xid8 as xid, id, kind, at, actor, ticket_id, station_id, roles, facts from events
"""
WRITERS = 4


class Reader:
    """Reads on from its cursor and keeps the numbers it was told."""

    def __init__(self, database: Database, cursor: str, patience_s: float) -> None:
        self.database = database
        self.cursor = cursor
        self.patience_s = patience_s
        self.heard: list[int] = []

    async def read(self, limit: int) -> int:
        async with self.database.reading() as tx:
            page = await read_after(tx.connection, self.cursor, limit)
        if page:
            self.cursor = page[-1].cursor
        self.heard += [event.facts["number"] for event in page]
        return len(page)

    async def read_all(self, count: int) -> list[int]:
        """Until as many were heard as there are; what is missing by then is lost."""

        async def enough() -> bool:
            await self.read(100)
            return len(self.heard) >= count

        with suppress(AssertionError):
            await eventually(enough, within_s=self.patience_s)
        return sorted(self.heard)


async def reader_at_the_end(database: Database, sabotage: str | None = None) -> Reader:
    """Only a control has to wait in vain for what is lost."""
    async with database.reading() as tx:
        return Reader(database, await newest(tx.connection), 1 if sabotage else 20)


class Writers:
    """Transactions that stay open as long as the interleaving wants."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.open: dict[int, tuple[asyncpg.pool.PoolConnectionProxy, Any, list[int]]] = {}
        self.committed: list[int] = []
        self.next_number = 0

    async def write(self, who: int) -> None:
        if who not in self.open:
            connection = await self.database.pool.acquire()
            transaction = connection.transaction()
            await transaction.start()
            self.open[who] = (connection, transaction, [])
        connection, _, numbers = self.open[who]
        self.next_number += 1
        await record(Tx(connection, {}), Ticked(number=self.next_number), actor="test")
        numbers.append(self.next_number)

    async def end(self, who: int, *, commit: bool) -> None:
        if who not in self.open:
            return
        connection, transaction, numbers = self.open.pop(who)
        await (transaction.commit() if commit else transaction.rollback())
        self.committed += numbers if commit else []
        await self.database.pool.release(connection)

    async def end_all(self) -> None:
        for who in list(self.open):
            await self.end(who, commit=True)


writer = st.integers(0, WRITERS - 1)
step = st.one_of(
    st.tuples(st.just("write"), writer),
    st.tuples(st.just("commit"), writer),
    st.tuples(st.just("rollback"), writer),
    st.tuples(st.just("read"), st.integers(1, 5)),
)


@with_control(sabotage={"no_horizon": WITHOUT_THE_HORIZON, "by_number_alone": BY_NUMBER_ALONE})
@settings(
    max_examples=120,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(step, min_size=5, max_size=25))
async def test_whatever_the_interleaving_each_committed_fact_is_heard_once(
    database: Database, owner: Any, sabotage: str | None, steps: list[tuple[str, int]]
) -> None:
    if sabotage:
        await owner.execute(sabotage)
    reader, writers = await reader_at_the_end(database, sabotage), Writers(database)
    try:
        for verb, number in steps:
            if verb == "write":
                await writers.write(number)
            elif verb == "read":
                await reader.read(number)
            else:
                await writers.end(number, commit=verb == "commit")
    finally:
        await writers.end_all()
    assert await reader.read_all(len(writers.committed)) == sorted(writers.committed)


@with_control(sabotage=WITHOUT_THE_HORIZON)
async def test_readers_beside_busy_writers_hear_all_in_one_order(
    database: Database, owner: Any, sabotage: str | None
) -> None:
    if sabotage:
        await owner.execute(sabotage)
    readers = [await reader_at_the_end(database, sabotage) for _ in range(3)]
    done = asyncio.Event()

    async def write(who: int) -> None:
        chance = random.Random(who)
        for n in range(25):
            async with database.transaction() as tx:
                await record(tx, Ticked(number=who * 100 + n), actor="test")
                await asyncio.sleep(chance.choice([0, 0, 0.001, 0.01]))

    async def follow(reader: Reader) -> None:
        while not done.is_set():
            await reader.read(7)
            await asyncio.sleep(0)

    following = [asyncio.create_task(follow(reader)) for reader in readers]
    await asyncio.gather(*(write(who) for who in range(8)))
    done.set()
    await asyncio.gather(*following)
    expected = sorted(who * 100 + n for who in range(8) for n in range(25))
    for reader in readers:
        assert await reader.read_all(len(expected)) == expected
        assert reader.heard == readers[0].heard


async def test_an_open_transaction_holds_back_what_came_after_and_no_more(
    database: Database,
) -> None:
    reader = await reader_at_the_end(database)
    async with database.transaction() as before:
        await record(before, Ticked(number=1), actor="test")
    async with database.transaction() as late:
        await record(late, Ticked(number=2), actor="test")
        async with database.transaction() as quick:
            await record(quick, Ticked(number=3), actor="test")
        assert await reader.read_all(1) == [1]
        assert await reader.read(10) == 0
    assert await reader.read_all(3) == [1, 2, 3]


async def test_who_only_reads_holds_nobody_back(database: Database) -> None:
    """A report's long look at the past has no number of its own."""
    reader = await reader_at_the_end(database)
    async with (
        database.pool.acquire() as report,
        report.transaction(isolation="repeatable_read", readonly=True),
    ):
        await report.fetchval("select count(*) from events")
        async with database.transaction() as tx:
            await record(tx, Ticked(number=1), actor="test")
        assert await reader.read_all(1) == [1]


async def test_a_writer_that_is_cut_off_holds_nobody_back(database: Database, owner: Any) -> None:
    reader = await reader_at_the_end(database)
    doomed = await asyncpg.connect(database.dsn)
    await doomed.execute("begin")
    await record(Tx(doomed, {}), Ticked(number=1), actor="test")
    async with database.transaction() as tx:
        await record(tx, Ticked(number=2), actor="test")
    assert await reader.read(10) == 0
    await owner.execute("select pg_terminate_backend($1)", doomed.get_server_pid())
    assert await reader.read_all(1) == [2]
    doomed.terminate()


async def test_a_fact_inside_a_savepoint_belongs_to_its_transaction(database: Database) -> None:
    reader = await reader_at_the_end(database)
    async with database.transaction() as tx:
        await record(tx, Ticked(number=1), actor="test")
        async with tx.connection.transaction():
            await record(tx, Ticked(number=2), actor="test")
        undone = tx.connection.transaction()
        await undone.start()
        await record(tx, Ticked(number=3), actor="test")
        await undone.rollback()
        await record(tx, Ticked(number=4), actor="test")
    await reader.read_all(3)
    assert reader.heard == [1, 2, 4]


@pytest.mark.parametrize("cursor", ["", "5", "a-b", "1-x", "1-"])
async def test_a_cursor_that_is_none_of_ours_is_refused(database: Database, cursor: str) -> None:
    async with database.reading() as tx:
        with pytest.raises(ValueError, match="invalid literal"):
            await read_after(tx.connection, cursor, 10)
