"""Every named query prepares on the migrated schema, and the serving role may run it."""

from typing import Any

import asyncpg
import pytest

from callcenter.customers.by_file.sorts import SORTS
from callcenter.db.database import Database
from tests.conftest import Server
from tests.db.rooms import QUERIES, Query

TEMPLATE = "template_callcenter"


@pytest.fixture
async def migrated(server: Server) -> Any:
    """The template itself: nothing here writes, and a copy for each of them takes long."""
    database = await Database.open(server.app_dsn(TEMPLATE), min_size=1, max_size=1)
    async with database.reading() as tx:
        for sort in SORTS.values():
            await sort.piece.hold(tx.connection)
    yield database
    await database.close()


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
async def test_it_prepares_and_may_be_run(migrated: Database, query: Query) -> None:
    async with migrated.reading() as tx:
        await tx.connection.prepare(query.sql)
        # To explain is to be allowed to run: the plan checks the rights on each table.
        await tx.connection.execute(f"explain (generic_plan) {query.sql}")


async def test_to_explain_what_is_not_allowed_is_refused(migrated: Database) -> None:
    async with migrated.reading() as tx:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.connection.execute("explain (generic_plan) delete from events")
