"""Forward-only migrations: alembic runs `schemas/sql/NNNN_*.sql` under an advisory lock.

It is imported by who migrates: the processes that serve start half a second sooner without it.
"""

import asyncio
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg

from callcenter.db.restored import put_restored_log_in_order

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent


def schema_folder() -> Path:
    """Where the SQL files lie: in the package when installed, beside it in a checkout."""
    packed = Path(str(resources.files("callcenter"))) / "schemas"
    return (packed if packed.is_dir() else HERE.parent.parent / "schemas") / "sql"


def config(dsn: str) -> "Config":
    """What alembic is called with."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["dsn"] = dsn
    return config


@cache
def head() -> str:
    """The newest revision this program knows: each file in `versions` is named by its own."""
    return max(file.name.partition("_")[0] for file in (HERE / "versions").glob("[0-9]*.py"))


async def upgrade(dsn: str, app_role: str | None) -> None:
    """Bring the database to the newest revision; `app_role` gets rights on rows, not on tables.

    A log that was restored from another cluster is put in order for this one.
    """
    from alembic import command

    await asyncio.to_thread(command.upgrade, config(dsn), "head")
    await put_restored_log_in_order(dsn)
    if app_role is not None:
        await _grant(dsn, app_role)


async def current(connection: asyncpg.Connection) -> str | None:
    """The revision the database is at, None when it is empty."""
    if await connection.fetchval("select to_regclass('alembic_version')") is None:
        return None
    return str(await connection.fetchval("select version_num from alembic_version"))


async def _grant(dsn: str, role: str) -> None:
    connection = await asyncpg.connect(dsn, timeout=5)
    try:
        name = await connection.fetchval("select quote_ident($1)", role)
        for statement in (
            "grant usage on schema public to {}",
            "grant select, insert, update, delete on all tables in schema public to {}",
            "grant usage, select on all sequences in schema public to {}",
            "revoke update, delete on events from {}",
            "revoke update, delete on consents from {}",
            "revoke insert, update, delete on alembic_version from {}",
        ):
            await connection.execute(statement.format(name))
    finally:
        await connection.close()
