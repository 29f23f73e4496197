"""Owners and callers who were there before the search are found after the upgrade."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest
from alembic import command

from callcenter.db import migrations
from tests.conftest import Server

BEFORE = """
insert into owners (id, name) select gen_random_uuid(), '单小明' from generate_series(1, 5003);
insert into tickets (id, number, kind, stage, priority, opened_by, caller_name)
values (gen_random_uuid(), '1', 'enquiry', 'opened', 2, 'x', '王伟'),
       (gen_random_uuid(), '2', 'enquiry', 'opened', 2, 'x', null);
"""


@pytest.fixture
async def older(server: Server) -> AsyncIterator[str]:
    """The address of a database as it was before the search, with more owners than one batch."""
    await server.execute("create database older")
    dsn = server.owner_dsn("older")
    await asyncio.to_thread(command.upgrade, migrations.config(dsn), "0016")
    connection = await asyncpg.connect(dsn)
    await connection.execute(BEFORE)
    await connection.close()
    yield dsn
    await server.drop("older")


async def test_names_of_before_get_their_keys(server: Server, older: str) -> None:
    await migrations.upgrade(older, server.postgres.app_role)
    connection = await asyncpg.connect(older)
    try:
        owners = "select count(*) from owner_name_keys where key = $1"
        assert [await connection.fetchval(owners, key) for key in ("单小明", "sxm")] == [5003] * 2
        callers = (
            "select number from tickets join ticket_name_keys on ticket_id = id where key = $1"
        )
        assert await connection.fetchval(callers, "wangwei") == "1"
    finally:
        await connection.close()
