"""Loads the named SQL texts that lie beside the module that uses them."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol, cast

import aiosql
from aiosql.adapters.asyncpg import AsyncPGAdapter


class _Lists(AsyncPGAdapter):
    """Rows come as a list: the library's own generator would hold the connection open."""

    # The library then hands our coroutines through as they are.
    is_aio_driver = False

    async def select(
        self, conn: Any, query_name: str, sql: str, parameters: Any, record_class: Any = None
    ) -> list[Any]:
        values: list[Any] = self.maybe_order_params(query_name, parameters)  # type: ignore[no-untyped-call]
        return list(await conn.fetch(sql, *values))


class NamedQueries(Protocol):
    """Each named text is a coroutine function: the connection first, then the values by name."""

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]: ...


def load_queries(module_file: str, name: str = "queries.sql") -> NamedQueries:
    """The named queries of the file `name` beside `module_file` (pass `__file__`).

    In the file: `-- name: get_ticket^`. A mark behind the name says what is awaited: `^` one
    row or None, `$` one value, `!` a status text, none a list of rows.
    """
    path = Path(module_file).parent / name
    adapter = cast(Any, _Lists)
    return cast(NamedQueries, aiosql.from_path(path, adapter, mandatory_parameters=False))
