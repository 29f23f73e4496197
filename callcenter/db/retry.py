"""Which database failures a whole transaction may be tried again after."""

import asyncpg

RETRYABLE: tuple[type[BaseException], ...] = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.TooManyConnectionsError,
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
)
"""A lost connection leaves the outcome unknown: the retry must carry the same key."""

CANCELLED_SYNC_WAIT = "canceling wait for synchronous replication"


class CommitUnknown(OSError):
    """The commit was answered while its wait for the standby was cancelled: try again."""


class DatabaseAway(OSError):
    """The database could not be reached within the retry budget."""
