"""What the database says was done for callers."""

from callcenter.db.database import Database


async def counts(database: Database) -> dict[str, int]:
    """What was written for callers so far."""
    async with database.reading() as tx:
        row = await tx.connection.fetchrow(
            "select (select count(*) from calls) as calls,"
            " (select count(*) from events where kind like 'call.%') as events,"
            " (select count(*) from location_links) as links,"
            " (select count(*) from left_messages) as messages"
        )
        return dict(row)
