"""What was taken for a refusal before people read such texts waits for them after the upgrade."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest
from alembic import command

from callcenter.db import migrations
from tests.conftest import Server
from tests.customers.refusals import WORDS_ALONE, of

PLEAS = ["我的车停止发动了", "我分别打了两次电话都没人接", "please do not call the shop"]


@pytest.fixture
async def older(server: Server) -> AsyncIterator[str]:
    """The address of a database as it was before, with refusals."""
    await server.execute("create database older")
    dsn = server.owner_dsn("older")
    await asyncio.to_thread(command.upgrade, migrations.config(dsn), "0056")
    connection = await asyncpg.connect(dsn)
    await connection.executemany(
        "insert into inbound_texts (id, carrier, sender, body, meant)"
        " values (gen_random_uuid(), 'x', '+8613800138000', $1, 'refusal')",
        [(body,) for body in [*PLEAS, *of(WORDS_ALONE)]],
    )
    await connection.close()
    yield dsn
    await server.drop("older")


async def test_sentences_wait_and_words_alone_do_not(server: Server, older: str) -> None:
    await migrations.upgrade(older, server.postgres.app_role)
    connection = await asyncpg.connect(older)
    try:
        rows = await connection.fetch(
            "select body from inbound_texts where meant = 'likely_refusal'"
        )
    finally:
        await connection.close()
    assert sorted(row["body"] for row in rows) == sorted(PLEAS)
