"""Whether a database can be served from, in words for the person who named it."""

import asyncpg

from callcenter.db.retry import DatabaseAway

OLDEST_MAJOR = 15


async def check_reachable(dsn: str) -> None:
    """Connect once; raises DatabaseAway with the driver's words, or when it is too old."""
    try:
        connection = await asyncpg.connect(dsn, timeout=5)
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError) as failure:
        raise DatabaseAway(str(failure) or type(failure).__name__) from failure
    try:
        version = int(connection.get_server_version().major)
    finally:
        await connection.close()
    if version < OLDEST_MAJOR:
        raise DatabaseAway(f"PostgreSQL {version} < {OLDEST_MAJOR}")
