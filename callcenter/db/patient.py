"""A statement over a whole table may take longer than the driver waits for the others."""

from typing import Any

LONG_STATEMENT_S = 60.0


class Patient:
    """Stands in for a connection at named queries: waits for each a minute instead of seconds."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def fetch(self, sql: str, *values: Any) -> Any:
        return await self._connection.fetch(sql, *values, timeout=LONG_STATEMENT_S)

    async def fetchrow(self, sql: str, *values: Any) -> Any:
        return await self._connection.fetchrow(sql, *values, timeout=LONG_STATEMENT_S)

    async def fetchval(self, sql: str, *values: Any) -> Any:
        return await self._connection.fetchval(sql, *values, timeout=LONG_STATEMENT_S)

    async def execute(self, sql: str, *values: Any) -> Any:
        return await self._connection.execute(sql, *values, timeout=LONG_STATEMENT_S)
