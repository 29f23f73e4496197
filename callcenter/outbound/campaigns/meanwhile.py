"""What owners do while we wait to speak to them: who has booked or come is not asked to, and of a
car that is gone, or another's, nothing is said."""

from functools import partial
from typing import Any
from uuid import UUID

from callcenter.customers.by_file.visits.cars import visited_cars
from callcenter.db.database import Database
from callcenter.db.events import StoredEvent, event_of
from callcenter.db.transaction import Tx
from callcenter.outbound.touches.about_cars import withdraw_for_cars

AT_ONCE = 1000
FIRST = UUID(int=0)


async def withdraw_needless(tx: Tx, event: StoredEvent) -> None:
    """A booking, a visit, a change of a car or of whose it is, whoever wrote it down."""
    await withdraw_for_cars(tx, [UUID(event.facts["vehicle_id"])])


async def withdraw_of_file(database: Database, payload: dict[str, Any]) -> None:
    """The same of all cars of a file of visits, a slice in each transaction."""
    some = partial(_slice, import_id=UUID(event_of(payload).facts["import_id"]))
    last = FIRST
    while (ends := await database.run(partial(some, after=last))) is not None:
        last = ends


async def _slice(tx: Tx, import_id: UUID, after: UUID) -> UUID | None:
    cars = await visited_cars(tx, import_id, after=after, limit=AT_ONCE)
    if not cars:
        return None
    await withdraw_for_cars(tx, cars)
    return cars[-1]
