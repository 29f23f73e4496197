"""Very many rows at once, all of them or none: by COPY, in one transaction of the schema's owner.

Indexes and foreign keys of the tables are set aside first and made again, just as they were, when
the rows are in: much quicker than keeping them row by row, and every key is checked all the same.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from callcenter.db.transaction import Tx

Step = Callable[[int, int], None]

# Unique indexes stay: what must be unique is refused at once, and foreign keys point to them.
INDEXES = """
select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
from pg_index where indrelid = any($1::text[]::regclass[]) and not indisunique
order by indexrelid
"""
FOREIGN_KEYS = """
select format('alter table %s drop constraint %I', conrelid::regclass, conname),
       format('alter table %s add constraint %I %s', conrelid::regclass, conname,
              pg_get_constraintdef(oid))
from pg_constraint where conrelid = any($1::text[]::regclass[]) and contype = 'f'
order by oid
"""
SETTINGS = """
set local idle_in_transaction_session_timeout = 0;
set local lock_timeout = '5s';
set local maintenance_work_mem = '256MB';
"""


class BulkLoad:
    """An open load. `tx` is for verbs that are wanted in the same transaction."""

    def __init__(self, connection: asyncpg.Connection, tables: Sequence[str]) -> None:
        self.tx = Tx(connection, {})
        self._connection = connection
        self._tables = list(tables)
        self._to_make: list[str] = []

    async def set_aside(self) -> None:
        """From here on the tables only take rows in."""
        for ask in (INDEXES, FOREIGN_KEYS):
            for drop, make in await self._connection.fetch(ask, self._tables):
                await self._connection.execute(drop)
                self._to_make.append(make)

    async def copy(self, table: str, columns: Sequence[str], rows: Sequence[Any]) -> None:
        """Rows as tuples in the order of the columns."""
        await self._connection.copy_records_to_table(table, columns=list(columns), records=rows)

    async def make_again(self, step: Step) -> None:
        """Indexes, then foreign keys; raises the driver's error where a key leads nowhere."""
        for done, make in enumerate(self._to_make, start=1):
            await self._connection.execute(make)
            step(done, len(self._to_make))


@asynccontextmanager
async def bulk_load(owner_dsn: str, tables: Sequence[str]) -> AsyncIterator[BulkLoad]:
    """Commits when the block ends, leaves nothing when it raises. Nobody else may be at work."""
    connection = await asyncpg.connect(owner_dsn)
    try:
        async with connection.transaction():
            await connection.execute(SETTINGS)
            yield BulkLoad(connection, tables)
    finally:
        await connection.close(timeout=5)


async def tidy(owner_dsn: str, tables: Sequence[str], step: Step) -> None:
    """What the database would do by itself in the hours after a load: so that plans fit at once."""
    connection = await asyncpg.connect(owner_dsn)
    try:
        for done, table in enumerate(tables, start=1):
            await connection.execute(f"vacuum (analyze) {table}")
            step(done, len(tables))
    finally:
        await connection.close(timeout=5)
