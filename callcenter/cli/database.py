"""Which database a command works on: the one named, else the embedded one of the data folder."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from callcenter.db import migrations
from callcenter.db.embedded import EmbeddedPostgres
from callcenter.db.reachable import check_reachable
from callcenter.db.retry import DatabaseAway
from callcenter.db.wheel import PostgresUnusable
from callcenter.supervision import CannotStart, only_one


@dataclass(frozen=True)
class Addresses:
    """The owner's address (migrations), the server's, and the role that gets rights on rows."""

    owner: str
    app: str
    role: str | None


@contextlib.asynccontextmanager
async def migrated(database_url: str | None, data_dir: Path) -> AsyncIterator[Addresses]:
    """A database at the newest revision; raises CannotStart.

    The embedded one is started, so the caller must hold the data directory.
    """
    async with _addresses(database_url, data_dir) as addresses:
        await migrations.upgrade(addresses.owner, addresses.role)
        yield addresses


@contextlib.asynccontextmanager
async def migrated_or_running(database_url: str | None, data_dir: Path) -> AsyncIterator[str]:
    """The server's address: of the service that runs on this folder, else as `migrated`."""
    postgres = EmbeddedPostgres(data_dir)
    if not database_url and postgres.is_served():
        yield postgres.app_dsn()
        return
    with contextlib.nullcontext() if database_url else only_one(data_dir):
        async with migrated(database_url, data_dir) as addresses:
            yield addresses.app


@contextlib.asynccontextmanager
async def _addresses(database_url: str | None, data_dir: Path) -> AsyncIterator[Addresses]:
    if database_url:
        await _check(database_url)
        yield Addresses(database_url, database_url, None)
        return
    postgres = EmbeddedPostgres(data_dir)
    await _start(postgres)
    try:
        yield Addresses(postgres.owner_dsn(), postgres.app_dsn(), postgres.app_role)
    finally:
        await postgres.stop()


async def _start(postgres: EmbeddedPostgres) -> None:
    try:
        await postgres.start()
    except PostgresUnusable as failure:
        raise CannotStart(
            f"内置 PostgreSQL 不能启动:{failure}",
            f"The embedded PostgreSQL cannot start: {failure}",
        ) from failure


async def _check(database_url: str) -> None:
    try:
        await check_reachable(database_url)
    except DatabaseAway as failure:
        raise CannotStart(
            f"数据库不能使用:{failure}。请检查 --database-url(需要 PostgreSQL 15 或更新)。",
            f"The database cannot be used: {failure}. Check --database-url "
            "(PostgreSQL 15 or newer is needed).",
        ) from failure
