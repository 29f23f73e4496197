"""Loads the named SQL texts that lie beside the module that uses them."""

from pathlib import Path
from typing import Any

import aiosql
from aiosql.adapters.asyncpg import AsyncPGAdapter
from aiosql.queries import Queries


class _Lists(AsyncPGAdapter):  # type: ignore[misc]
    """Rows come as a list: the library's own generator would hold the connection open."""

    # The library then hands our coroutines through as they are.
    is_aio_driver = False

    async def select(
        self, conn: Any, query_name: str, sql: str, parameters: Any, record_class: Any = None
    ) -> list[Any]:
        rows = await conn.fetch(sql, *self.maybe_order_params(query_name, parameters))
        return list(rows)


def load_queries(module_file: str, name: str = "queries.sql") -> Queries:
    """The named queries of the file `name` beside `module_file` (pass `__file__`).

    In the file: `-- name: get_ticket^`. A mark behind the name says what is awaited: `^` one
    row or None, `$` one value, `!` a status text, none a list of rows.
    """
    path = Path(module_file).parent / name
    return aiosql.from_path(path, _Lists, mandatory_parameters=False)
