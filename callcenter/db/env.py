"""alembic's environment: one transaction, one migrator at a time."""

import asyncio
from urllib.parse import urlsplit

import asyncpg
from alembic import context
from sqlalchemy import Connection, pool, text
from sqlalchemy.ext.asyncio import create_async_engine

ADVISORY_LOCK = 741


def migrate(connection: Connection) -> None:
    connection.execute(text(f"select pg_advisory_xact_lock({ADVISORY_LOCK})"))
    context.configure(connection=connection, transaction_per_migration=False)
    with context.begin_transaction():
        context.run_migrations()


async def main() -> None:
    dsn = context.config.attributes["dsn"]
    assert urlsplit(dsn).scheme.startswith("postgres")
    # The driver reads the address itself: SQLAlchemy's own parser knows fewer forms of it.
    engine = create_async_engine(
        "postgresql+asyncpg://",
        async_creator=lambda **_: asyncpg.connect(dsn, timeout=5),
        poolclass=pool.NullPool,
    )
    async with engine.begin() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


asyncio.run(main())
