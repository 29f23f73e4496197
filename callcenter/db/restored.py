"""After a dump was restored into another cluster, the log's transaction ids are not its own.

Those that this cluster has yet to give would be hidden as not settled, and later come back in the
midst of what is new (decision 1). The schema's owner looks for them at each start.
"""

import asyncpg
import structlog

log = structlog.get_logger()

# No row that a snapshot shows can be of a transaction behind the snapshot's end.
FOREIGN = """
select exists (select from events where xid >= pg_snapshot_xmax(pg_current_snapshot()))
"""
# 0 is before every transaction; among themselves the old events keep the order of writing.
REWRITE = """
alter table events disable trigger events_append_only;
update events set xid = '0';
alter table events enable trigger events_append_only;
"""


async def put_restored_log_in_order(dsn: str) -> bool:
    """Put a restored log before all that is to come; answers whether there was one.

    `dsn` is the owner's. Nobody can write the log meanwhile. It takes as long as writing the
    table anew, and a look at an index when there is nothing to do.
    """
    connection = await asyncpg.connect(dsn, timeout=5)
    try:
        if not await connection.fetchval(FOREIGN):
            return False
        async with connection.transaction():
            await connection.execute("lock table events in access exclusive mode")
            if not await connection.fetchval(FOREIGN):
                return False
            await connection.execute(REWRITE)
        log.warning("restored_log_put_in_order")
        return True
    finally:
        await connection.close()
