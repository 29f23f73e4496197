"""The cars that a file of visits tells of, for who reckons with their visits."""

from uuid import UUID

from callcenter.customers.by_file.visits.sort import SQL
from callcenter.db.transaction import Tx


async def visited_cars(tx: Tx, import_id: UUID, *, after: UUID, limit: int) -> list[UUID]:
    """Cars of the rows that were written, in the order of their ids, behind `after`."""
    rows = await SQL.visited_cars(tx.connection, id=import_id, after=after, limit=limit)
    return [row["vehicle_id"] for row in rows]
