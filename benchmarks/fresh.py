"""A PostgreSQL of a benchmark's own, with fsync on, and one migrated database in it."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from callcenter.db import migrations
from callcenter.db.embedded import EmbeddedPostgres


@asynccontextmanager
async def fresh_database(name: str) -> AsyncIterator[tuple[EmbeddedPostgres, asyncpg.Connection]]:
    """The server, and its owner's connection to the empty database `name`; then they are gone."""
    with tempfile.TemporaryDirectory(prefix=f"cc-{name}-") as folder:
        postgres = EmbeddedPostgres(Path(folder))
        await postgres.start()
        try:
            admin = await asyncpg.connect(postgres.owner_dsn("postgres"))
            await admin.execute(f"create database {name}")
            await admin.close()
            await migrations.upgrade(postgres.owner_dsn(name), postgres.app_role)
            connection = await asyncpg.connect(postgres.owner_dsn(name))
            try:
                yield postgres, connection
            finally:
                await connection.close()
        finally:
            await postgres.stop()
