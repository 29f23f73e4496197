"""Loads the named SQL texts that lie beside the module that uses them."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol, cast

import aiosql
from aiosql.adapters.asyncpg import AsyncPGAdapter


class _Plain(AsyncPGAdapter):
    """The driver's own calls on the connection given, which is never a pool.

    Rows come as a list: the library's generator would hold the connection open. The library
    also asks each time whether it was given a pool, and that question costs more than binding.
    """

    # The library then hands our coroutines through as they are.
    is_aio_driver = False

    async def select(
        self, conn: Any, query_name: str, sql: str, parameters: Any, record_class: Any = None
    ) -> list[Any]:
        return list(await conn.fetch(sql, *self._values(query_name, parameters)))

    async def select_one(
        self, conn: Any, query_name: str, sql: str, parameters: Any, record_class: Any = None
    ) -> Any:
        return await conn.fetchrow(sql, *self._values(query_name, parameters))

    async def select_value(self, conn: Any, query_name: str, sql: str, parameters: Any) -> Any:
        return await conn.fetchval(sql, *self._values(query_name, parameters))

    async def insert_update_delete(
        self, conn: Any, query_name: str, sql: str, parameters: Any
    ) -> Any:
        return await conn.execute(sql, *self._values(query_name, parameters))

    def _values(self, query_name: str, parameters: Any) -> list[Any]:
        return cast(list[Any], self.maybe_order_params(query_name, parameters))  # type: ignore[no-untyped-call]


class NamedQueries(Protocol):
    """Each named text is a coroutine function: the connection first, then the values by name."""

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]: ...


def load_queries(module_file: str, name: str = "queries.sql") -> NamedQueries:
    """The named queries of the file `name` beside `module_file` (pass `__file__`).

    In the file: `-- name: get_ticket^`. A mark behind the name says what is awaited: `^` one
    row or None, `$` one value, `!` a status text, none a list of rows.
    """
    path = Path(module_file).parent / name
    adapter = cast(Any, _Plain)
    return cast(NamedQueries, aiosql.from_path(path, adapter, mandatory_parameters=False))


def contains(search: str | None) -> str | None:
    """What is typed into a search box for `ilike ... escape '!'`; its own signs stand for
    themselves. None for nothing typed."""
    words = re.sub("([!%_])", r"!\1", (search or "").strip())
    return f"%{words}%" if words else None
