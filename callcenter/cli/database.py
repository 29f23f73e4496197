"""Which database a command works on: the one named, else the embedded one of the data folder."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from callcenter.cli.remembered import refuse_forgotten
from callcenter.db.database import Database
from callcenter.db.embedded import EmbeddedPostgres
from callcenter.db.reachable import check_reachable
from callcenter.db.retry import DatabaseAway
from callcenter.db.transaction import Subscriptions, Tx
from callcenter.db.up_to_date import bring_up_to_date
from callcenter.db.wheel import PostgresUnusable
from callcenter.errors import CallCenterError
from callcenter.supervision import CannotStart, only_one

T = TypeVar("T")

Url = Annotated[str | None, typer.Option(envvar="CALLCENTER_DATABASE_URL")]
Data = Annotated[Path, typer.Option(help="数据目录 / data directory")]


def in_transaction(
    work: Callable[[Tx], Awaitable[T]], database_url: str | None, data_dir: Path
) -> T:
    """Do the work in one transaction; a refusal is told in words, with exit status 1."""

    async def everything(database: Database) -> T:
        async with database.transaction() as tx:
            return await work(tx)

    return on_database(everything, database_url, data_dir)


def on_database(
    work: Callable[[Database], Awaitable[T]],
    database_url: str | None,
    data_dir: Path,
    *,
    subscriptions: Subscriptions | None = None,
) -> T:
    """Do work that takes its own transactions; a refusal is told as `in_transaction` does.
    Facts that are recorded wake the reactions of `subscriptions`."""

    async def everything() -> T:
        async with _migrated_or_running(database_url, data_dir) as dsn:
            database = await Database.open(dsn, subscriptions=subscriptions, min_size=1, max_size=2)
            try:
                return await work(database)
            finally:
                await database.close()

    try:
        return asyncio.run(everything())
    except CallCenterError as refusal:
        typer.echo(f"{refusal.message('zh')} {refusal.message('en')}", err=True)
    except CannotStart as reason:
        typer.echo(str(reason), err=True)
    raise typer.Exit(1)


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
        await bring_up_to_date(addresses.owner, addresses.role)
        yield addresses


@contextlib.asynccontextmanager
async def _migrated_or_running(database_url: str | None, data_dir: Path) -> AsyncIterator[str]:
    """The server's address: of the service that runs on this folder, else as `migrated`."""
    if not database_url:
        refuse_forgotten(data_dir)
    postgres = EmbeddedPostgres(data_dir)
    if not database_url and postgres.is_served():
        with _in_words(data_dir):
            address = postgres.app_dsn()
        yield address
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
    with _in_words(data_dir):
        await postgres.start()
    try:
        yield Addresses(postgres.owner_dsn(), postgres.app_dsn(), postgres.app_role)
    finally:
        await postgres.stop()


@contextlib.contextmanager
def _in_words(data_dir: Path) -> Iterator[None]:
    try:
        yield
    except PostgresUnusable as failure:
        raise CannotStart(
            f"内置 PostgreSQL 不能启动(--data-dir {data_dir}):{failure}。",
            f"The embedded PostgreSQL cannot start (--data-dir {data_dir}): {failure}.",
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
