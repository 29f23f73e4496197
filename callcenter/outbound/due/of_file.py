"""Cars whose visits came in a file are scored anew behind it, not only at night."""

from typing import Any
from uuid import UUID

from callcenter.customers.by_file.visits.cars import visited_cars
from callcenter.db.database import Database
from callcenter.db.events import event_of
from callcenter.db.transaction import Tx
from callcenter.outbound.due.repository import FIRST
from callcenter.outbound.due.service import rescore, rescore_all

AT_ONCE = 100
ONE_BY_ONE = 5_000
"""Rows of a file; of more, all cars together are scored sooner."""


async def rescore_file(database: Database, payload: dict[str, Any]) -> None:
    """All cars of a file of visits, a slice in each transaction. Begun again it begins anew: a car
    scored twice is scored as once."""
    facts = event_of(payload).facts
    if facts["added"] + facts["changed"] > ONE_BY_ONE:
        await rescore_all(database)
        return
    import_id, after = UUID(facts["import_id"]), FIRST

    async def some(tx: Tx) -> UUID | None:
        cars = await visited_cars(tx, import_id, after=after, limit=AT_ONCE)
        for car in cars:
            await rescore(tx, car)
        return cars[-1] if cars else None

    while (last := await database.run(some)) is not None:
        after = last
